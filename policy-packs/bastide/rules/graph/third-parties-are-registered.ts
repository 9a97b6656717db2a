import type { OutletFact } from "../../../../judge/facts/fact-space.ts";
import { hostOf, isPlatformHost } from "../../../../judge/kit/hosts.ts";
import type { Law } from "../../../../judge/kit/law.ts";
import { decide, pass, type Result } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";
import { sortedUnique } from "../../../../kernel/order.ts";

/** Whose law a third party may be under: that of a region of the profile. */
const allowedJurisdictions = (law: Law): readonly string[] => sortedUnique(law.regions.flatMap((r) => r.jurisdictions));

/** A host that the register lists under an allowed jurisdiction, or the platform's own in an allowed region. */
function isRegistered(host: string, law: Law): boolean {
  if (isPlatformHost(host, law)) return true;
  const allowed = allowedJurisdictions(law);
  return law.hosts.some(
    (row) => row.host.toLowerCase() === host && row.jurisdiction !== undefined && allowed.includes(row.jurisdiction),
  );
}

function judgeOutlet({ urn, purpose, target }: OutletFact, law: Law): Result {
  const want = { registered: true, jurisdictions: allowedJurisdictions(law) };
  const about = { subject: urn, property: target.property, want };
  if (target.value.known && target.value.value === undefined) return pass(about, "nobody");
  return decide(
    about,
    target.value,
    (text) => isRegistered(hostOf(text ?? ""), law),
    target.value.known ? { known: true, value: { [purpose]: target.value.value } } : target.value,
  );
}

export const thirdPartiesAreRegistered = resourceRule({
  id: "G7",
  title: "every third party that a resource relies on is registered, with a jurisdiction of the profile",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:15.1.a", "HDS:29", "GDPR:28.2", "NIS2:21.2.d", "ISO:A.5.19", "ISO:A.5.21", "CSF:SOV-5"],
  rationale:
    "Who hands over images, models and certificates, says who may sign in, takes telemetry or sends jobs can stop or read the estate, " +
    "wherever its machines stand. Each is named with whose law its operator is under, or it is not relied on.",
  remedy:
    "Use a registry of the estate or a chart in the program's folder, or list the host in `egress.hosts` with its reason and " +
    "`jurisdiction`; a federation that names no host needs a waiver.",
  judgeOne: (resource, _estate, law) =>
    resource.facts.flatMap((fact) =>
      // Mailboxes of alerts are LOC-04's: addresses, not hosts.
      fact.kind === "outlet" && fact.purpose !== "alerts" ? [judgeOutlet(fact, law)] : [],
    ),
});
