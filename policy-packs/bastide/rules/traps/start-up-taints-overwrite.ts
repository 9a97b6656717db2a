import { trapRule } from "./trap.ts";

export const startUpTaintsOverwrite = trapRule("lost-taints", {
  id: "TRP-09",
  title: "a pool has start-up taints or taints, not both",
  severity: "medium",
  enforcement: "mandatory",
  waivable: true,
  controls: ["ISO:A.8.9"],
  rationale:
    "At creation the provider sends start-up taints in the place of the others (fixed after 2.81): nodes that were to be reserved take any pod, those with health data too.",
  remedy: "Leave `startupTaints` away, or give the taints to the nodes from inside the cluster.",
});
