import type { RegionFact } from "../stacks/catalogue.ts";
import { type GrantedBucket, grantsOn, statementsFor } from "./access.ts";
import { planBucket } from "./bucket.ts";
import type { PlanContext } from "./context.ts";
import { keyKey } from "./keys.ts";
import type { ObservabilitySpec } from "./model/observability.ts";
import { keyOf } from "./naming.ts";

const bucketKey = (region: string, use: "audit-log" | "sessions"): string => keyOf("observability", region, use);

export const sessionsBucketName = (context: PlanContext, region: string): string =>
  context.name(bucketKey(region, "sessions"));

/** Logs and metrics of one region, alerts, and the two locked buckets in the log project: audit trail and sessions. */
export function planObservability(
  context: PlanContext,
  region: RegionFact,
): { readonly spec: ObservabilitySpec; readonly granted: readonly GrantedBucket[] } {
  const { name } = region;
  const { settings } = context;
  const owner = keyOf("observability", name);
  const bucket = (use: "audit-log" | "sessions"): GrantedBucket => {
    const grants = grantsOn({ use, raw: false, copied: false });
    return {
      grants,
      bucket: planBucket(context, {
        key: bucketKey(name, use),
        use,
        region: name,
        project: "log",
        encryptionKey: keyKey(name, use),
        statements: statementsFor(grants),
        extra: { "retention-days": String(settings.logs.retentionDays) },
      }),
    };
  };
  const [auditLog, sessions] = [bucket("audit-log"), bucket("sessions")];
  const hasTrail = region.products["audit-trail"] === "yes";
  return {
    granted: [auditLog, sessions],
    spec: {
      region: name,
      project: "log",
      sources: (["logs", "metrics"] as const).map((type) => ({
        ...context.planned(keyOf(owner, type), { tier: "log" }),
        type,
        retentionDays: settings.logs.retentionDays,
      })),
      alerts: { key: keyOf(owner, "alerts"), contacts: settings.admin.alertContacts },
      auditLog: auditLog.bucket,
      sessions: sessions.bucket,
      ...(hasTrail
        ? { exportJob: { ...context.planned(keyOf(owner, "export"), { tier: "log" }), prefix: "audit-trail" } }
        : {}),
    },
  };
}
