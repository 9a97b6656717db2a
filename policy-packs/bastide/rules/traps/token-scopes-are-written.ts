import { trapRule } from "./trap.ts";

export const tokenScopesAreWritten = trapRule("unwritten-scopes", {
  id: "TRP-18",
  title: "a Cockpit token says whether it may write logs and metrics",
  severity: "medium",
  enforcement: "mandatory",
  waivable: true,
  controls: ["IR:11.2.2.a", "ISO:A.8.2"],
  rationale:
    "A token for which nobody says so may write logs and metrics: what was made to read can flood or forge what auditors rely on.",
  remedy: "Write `scopes.writeLogs` and `scopes.writeMetrics`, false where it only reads.",
});
