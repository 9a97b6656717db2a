import { trapRule } from "./trap.ts";

export const noFalseIsDropped = trapRule("dropped-false", {
  id: "TRP-07",
  title: "a `false` that the provider never sends is not relied upon",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:13.2.a", "ISO:A.8.9"],
  rationale:
    "Provider 2.80.0 sends these booleans only when they are true. A load balancer written as private gets a public IPv4 address; a key that is enabled again, or a backend whose checks are turned back on, stays as it was while the plan shows the change.",
  remedy:
    "Have private load balancers made by the cluster; make the resource anew instead of setting the value back to false.",
});
