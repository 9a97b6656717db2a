import type { GrantRule, GrantsFact } from "../../../../judge/facts/fact.ts";
import { type Attestations, attestationsOf } from "../../../../judge/kit/attestations.ts";
import type { Law } from "../../../../judge/kit/law.ts";
import { decide, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { judgeAttested } from "../evidence/attested.ts";

/** Permission sets by which somebody gives rights to others, or rules a whole project or Organization. */
const ADMINISTERS = /^(IAM\w*Manager|AllProductsFullAccess|OrganizationManager|ProjectManager)$/;

/** A condition that looks at where a request comes from (IAM documentation, conditions on requests). */
const LOOKS_AT_SOURCE = /\brequest\.ip\b/;

const administers = ({ permissionSets }: GrantRule): boolean | undefined =>
  permissionSets.value.known ? permissionSets.value.value.some((set) => ADMINISTERS.test(set)) : undefined;

function judgeGrants({ urn, rules }: GrantsFact, law: Law, attestations: Attestations): readonly Result[] {
  const want = "a condition on `request.ip`";
  if (!rules.known) return [undecided({ subject: urn, property: "rules", want }, rules.from)];
  const mine = rules.value.filter((r) => administers(r) !== false);
  const results = mine.map((r) => {
    const about = { subject: urn, property: r.condition.property, want };
    const { value: sets } = r.permissionSets;
    return sets.known
      ? decide(about, r.condition.value, (text) => LOOKS_AT_SOURCE.test(text ?? ""))
      : undecided(about, sets.from);
  });
  const about = { subject: urn, property: "attestations.organization-mfa" };
  return results.length === 0 ? [] : [...results, judgeAttested(law, attestations, "organization-mfa", about)];
}

export const administratorsComeFromKnownPlaces = rule({
  id: "IAM-07",
  title: "grants of administrators look at the source address, and a second factor is attested",
  severity: "medium",
  enforcement: "advisory",
  waivable: true,
  controls: ["ADM:R36", "ADM:R67", "IR:11.3.2.a", "IR:11.7.1", "NIS2:21.2.j", "RCF:8.3", "SNC:9.6.f", "SNDS24:5.3?"],
  rationale:
    "A stolen key of an administrator is worth less when it works from the administration network only; a second factor is a setting " +
    "of the Organization, which no resource shows.",
  remedy:
    "Give each rule with such a set a condition on `request.ip`, and have the second factor attested under `organization-mfa`.",
  judge: (estate, law, now) => {
    const attestations = attestationsOf(law.attestations, now);
    return estate.facts("grants").flatMap((grants) => judgeGrants(grants, law, attestations));
  },
});
