import type { DeclaredStatement } from "../kernel/declaration.ts";
import type { Tier } from "../stacks/vocabulary.ts";
import type { PlanContext } from "./context.ts";
import type { Key, ProjectKey } from "./model/common.ts";
import type { BucketSpec, BucketUse, LockSpec } from "./model/storage.ts";
import { keyOf, type TagWish } from "./naming.ts";

export interface BucketWish extends Omit<TagWish, "tier"> {
  readonly key: Key;
  readonly use: BucketUse;
  readonly region: string;
  readonly project: ProjectKey;
  readonly encryptionKey: Key;
  readonly statements: readonly DeclaredStatement[];
}

/** Tier of what a bucket is used for. */
const TIER_OF: Readonly<Record<BucketUse, Tier>> = {
  landing: "data",
  tables: "data",
  artifacts: "data",
  workspaces: "data",
  export: "export",
  backup: "backup",
  "audit-log": "log",
  sessions: "log",
  state: "admin",
};

/** The open format that each use keeps, and what hands it out: whoever leaves one day finds the door by it. */
const EXIT_OF: Readonly<Record<BucketUse, string>> = {
  landing: "as-delivered/copy-job",
  tables: "iceberg/copy-job",
  artifacts: "mlflow/copy-job",
  workspaces: "files/copy-job",
  export: "files/airlock",
  backup: "as-copied/restore",
  "audit-log": "json/export-job",
  sessions: "text/session-writer",
  state: "json/stack-export",
};

/** A bucket: always versioned, always encrypted under its purpose's key, always with a policy; locked by use. */
export function planBucket(context: PlanContext, wish: BucketWish): BucketSpec {
  const lock = lockOf(context, wish.key, wish.use);
  return {
    ...context.planned(wish.key, {
      ...wish,
      tier: TIER_OF[wish.use],
      extra: { ...wish.extra, exit: EXIT_OF[wish.use] },
    }),
    region: wish.region,
    project: wish.project,
    use: wish.use,
    versioning: true,
    ...(lock === undefined ? {} : { lock }),
    encryption: { key: wish.encryptionKey, configKey: keyOf(wish.key, "encryption") },
    policy: { key: keyOf(wish.key, "policy"), statements: wish.statements },
  };
}

/**
 * COMPLIANCE for logs, by the settings' consent; the settings' mode for what lands and for backups; none where formats
 * rewrite files (tables), where people work, or where the engine keeps its state.
 */
function lockOf(context: PlanContext, bucket: Key, use: BucketUse): LockSpec | undefined {
  const { locks, logs } = context.settings;
  const key = keyOf(bucket, "lock");
  switch (use) {
    case "landing":
      return { key, mode: locks.mode, days: locks.landingDays };
    case "backup":
      return { key, mode: locks.mode, days: locks.backupDays };
    case "audit-log":
    case "sessions":
      return { key, mode: "COMPLIANCE", days: logs.lockDays };
    case "tables":
    case "artifacts":
    case "workspaces":
    case "export":
    case "state":
      return undefined;
  }
}
