import { trapRule } from "./trap.ts";

export const attachmentsSayWhatTheyAnnounce = trapRule("silent-attachment", {
  id: "TRP-20",
  title: "a gateway attachment says whether it announces the default route",
  severity: "medium",
  enforcement: "mandatory",
  waivable: true,
  controls: ["ISO:A.8.9", "ISO:A.8.22"],
  rationale:
    "Without `ipamConfigs` the provider sends that no default route is announced, while masquerading is on: private nodes never reach their control plane, and the hurried repair is a public address.",
  remedy: "Write `ipamConfigs: [{ pushDefaultRoute: true }]`, or false where hosts are not to leave.",
});
