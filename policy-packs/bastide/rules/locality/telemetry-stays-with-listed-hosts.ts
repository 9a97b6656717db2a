import type { OutletFact } from "../../../../judge/facts/fact-space.ts";
import { hostOf, isListedHost } from "../../../../judge/kit/hosts.ts";
import type { Law } from "../../../../judge/kit/law.ts";
import { decide, pass, type Result } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";

/** Purposes by which what systems say about themselves, and so about persons, leaves. */
const TELEMETRY: readonly OutletFact["purpose"][] = ["telemetry", "alerts", "webhook", "mail"];

/** Alerts go to addresses that the settings name, everything else to hosts of the allow-list. */
function judgeOutlet({ urn, purpose, target }: OutletFact, law: Law): Result {
  const mail = purpose === "alerts";
  const want = mail ? [...law.alertContacts] : law.hosts.map((h) => h.host);
  const about = { subject: urn, property: target.property, want };
  if (target.value.known && target.value.value === undefined) return pass(about, "nobody");
  return decide(about, target.value, (text) =>
    mail ? law.alertContacts.includes(text ?? "") : isListedHost(hostOf(text ?? ""), law),
  );
}

export const telemetryStaysWithListedHosts = resourceRule({
  id: "LOC-04",
  title: "logs, metrics, traces and alerts go only to hosts and addresses that the settings list",
  severity: "critical",
  enforcement: "mandatory",
  waivable: false,
  controls: ["SNC:19.2.d", "GDPR:44", "HDS:29", "CSF:SOV-3", "ISO:A.5.14"],
  rationale:
    "Telemetry tells who asked for what and when, and an exporter copies it out continuously. A Datadog destination that names no " +
    "endpoint goes to datadoghq.com; alerts carry host names and queries to whoever reads the mailbox.",
  remedy:
    "Remove the exporter, or send to a host of `egress.hosts` that is run inside the perimeter; alert to an address of " +
    "`admin.alertContacts`.",
  judgeOne: (resource, _estate, law) =>
    resource.facts.flatMap((fact) =>
      fact.kind === "outlet" && TELEMETRY.includes(fact.purpose) ? [judgeOutlet(fact, law)] : [],
    ),
});
