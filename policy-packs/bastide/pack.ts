import { PolicyPack } from "@pulumi/policy";
import { judgePolicy, listedPolicies } from "./adapter/judge-policy.ts";
import { committedRules } from "./rules/index.ts";

// Constructing a pack serves it: this module is for the engine alone, nothing imports it.
const rules = committedRules();

new PolicyPack("bastide", {
  description: "Rules of a sovereign health data platform on Scaleway",
  enforcementLevel: "mandatory",
  policies: [judgePolicy(rules, () => new Date().toISOString()), ...listedPolicies(rules)],
});
