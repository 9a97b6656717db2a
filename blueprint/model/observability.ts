import type { Planned, Regional } from "./common.ts";
import type { BucketSpec } from "./storage.ts";

/** Cockpit sources and alerts, the locked audit-log bucket in the log project and the export job that fills it. */
export interface ObservabilitySpec extends Regional {
  readonly sources: readonly SourceSpec[];
  readonly alerts: { readonly key: string; readonly contacts: readonly string[] };
  readonly auditLog: BucketSpec;
  /** Session records of the admin host. */
  readonly sessions: BucketSpec;
  /** Absent where the region has no Audit Trail (the plan then carries an advisory). */
  readonly exportJob?: Planned & { readonly prefix: string };
}

export interface SourceSpec extends Planned {
  readonly type: "logs" | "metrics" | "traces";
  /** At least 365 for logs. */
  readonly retentionDays: number;
}
