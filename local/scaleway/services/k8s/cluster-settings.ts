import { z } from "zod";

/** Kapsule v1: settings of a cluster's parts, each with what holds when nothing is said (recordings of 2026). */
export const AUTOSCALER = {
  scale_down_disabled: false,
  scale_down_delay_after_add: "10m",
  estimator: "binpacking",
  expander: "random",
  ignore_daemonsets_utilization: false,
  balance_similar_node_groups: false,
  expendable_pods_priority_cutoff: 0,
  scale_down_unneeded_time: "10m",
  scale_down_utilization_threshold: 0.5,
  max_graceful_termination_sec: 0,
  skip_nodes_with_local_storage: false,
  log_level: 2,
};
export const OIDC = {
  issuer_url: "",
  client_id: "",
  username_claim: "",
  username_prefix: "",
  groups_claim: [],
  groups_prefix: "",
  required_claim: [],
};
export const AUTO_UPGRADE = { enabled: false, maintenance_window: { start_hour: 0, day: "any" } };
const fields = z.record(z.string(), z.unknown());
export const autoUpgradeInput = z.object({
  enable: z.boolean().nullish(),
  maintenance_window: z.record(z.string(), z.unknown()).nullish(),
});

/** Known values over the defaults; `unknown_…` and null mean "not said". */
export const over = (
  base: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>> | null | undefined,
): Record<string, unknown> => ({
  ...base,
  ...Object.fromEntries(
    Object.entries(given ?? {}).filter(([, v]) => v !== null && !(typeof v === "string" && v.startsWith("unknown_"))),
  ),
});

/** A change that says nothing of the window keeps the one that is there. */
export const autoUpgrade = (
  current: Readonly<Record<string, unknown>>,
  given: z.infer<typeof autoUpgradeInput> | null | undefined,
): Record<string, unknown> =>
  given === null || given === undefined
    ? { ...current }
    : {
        enabled: given.enable ?? current.enabled,
        maintenance_window: over(
          fields.catch({ ...AUTO_UPGRADE.maintenance_window }).parse(current.maintenance_window),
          given.maintenance_window,
        ),
      };
