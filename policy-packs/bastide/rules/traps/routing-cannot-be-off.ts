import { trapRule } from "./trap.ts";

export const routingCannotBeOff = trapRule("routing-off", {
  id: "TRP-19",
  title: "no isolation rests on a VPC whose routing is switched off",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:13.2.a", "ISO:A.8.22"],
  rationale:
    "The API takes `enableRouting: false` and answers that routing is on: the private networks that the program holds apart reach each other, and only ACLs would stop them.",
  remedy: "Remove `enableRouting: false`; separate networks by ACLs (NET-04) or by VPCs.",
});
