import { mayHoldHealthData, tagAt } from "../../../../judge/facts/classification.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import type { NetworkAclFact } from "../../../../judge/facts/fact-network.ts";
import type { AclRule } from "../../../../judge/facts/fact-topology.ts";
import { tierOf, vpcKey } from "../../../../judge/facts/networks.ts";
import type { Law } from "../../../../judge/kit/law.ts";
import { isAnySource } from "../../../../judge/kit/ranges.ts";
import { decide, fail, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import type { Origin } from "../../../../kernel/known.ts";
import { push } from "../../../../kernel/multimap.ts";
import { fitsMatrix, plain } from "./acl-matrix.ts";

/** Tiers whose networks need no wall of their own while they carry no health data. */
const OUTER: ReadonlySet<string | undefined> = new Set(["dmz", "admin"]);

/** Whether a network is one that an ACL must stand around; what can't be told is. */
function isSensitive(urn: string, estate: Estate): boolean {
  const dataClass = tagAt(urn, estate, "data-class");
  const tier = tierOf(urn, estate);
  return !(tier.known && OUTER.has(tier.value) && dataClass.known && !mayHoldHealthData(dataClass.value));
}

interface Acls {
  /** VPC and family → URNs of its ACLs. */
  readonly of: ReadonlyMap<string, readonly string[]>;
  readonly unclear: Origin | undefined;
}

function aclsOf(estate: Estate): Acls {
  const of = new Map<string, string[]>();
  let unclear: Origin | undefined;
  for (const acl of estate.facts("network-acl")) {
    const link = estate.link(acl.vpc, "vpc");
    const key = vpcKey(link);
    if (key === undefined || !acl.isIpv6.value.known) {
      unclear ??= link.kind === "unknown" ? link.from : { property: acl.isIpv6.property, suppliers: [acl.urn] };
      continue;
    }
    push(of, `${key} ${acl.isIpv6.value.value === true ? 6 : 4}`, acl.urn);
  }
  return { of, unclear };
}

/** Each VPC that holds a sensitive network has an ACL of both families; a network of a default VPC stands for it. */
function judgeVpcs(estate: Estate): readonly Result[] {
  const acls = aclsOf(estate);
  const sensitive = new Map<string, string>();
  for (const network of estate.facts("private-network")) {
    const key = vpcKey(estate.link(network.vpc, "vpc"));
    if (key !== undefined && isSensitive(network.urn, estate) && !sensitive.has(key)) sensitive.set(key, network.urn);
  }
  const bare = estate.facts("vpc").filter((vpc) => !sensitive.has(vpc.urn));
  return [
    ...bare.map((vpc) => notApplicable(vpc.urn, "acl", "no sensitive network in it")),
    ...[...sensitive].flatMap(([key, network]) => {
      const subject = estate.resource(key) === undefined ? network : key;
      return ([4, 6] as const).map((family) => {
        const about = { subject, property: `acl.ipv${family}`, want: "an ACL that drops by default", path: [network] };
        const [own] = acls.of.get(`${key} ${family}`) ?? [];
        if (own !== undefined) return pass({ ...about, path: [network, own] }, own);
        return acls.unclear === undefined ? fail(about, "none: everything passes") : undecided(about, acls.unclear);
      });
    }),
  ];
}

function judgeRule(acl: NetworkAclFact, written: AclRule, law: Law, estate: Estate): Result {
  const about = { subject: acl.urn, property: written.property, want: "no more than a declared flow or its answers" };
  if (written.action.known && written.action.value === "drop") return pass(about, "drop");
  for (const end of [written.source, written.destination]) {
    if (end.known && isAnySource(end.value ?? "")) return fail(about, end.value ?? "every address");
  }
  const found = plain(written);
  if (!found.known) return undecided(about, found.from);
  // Nobody declared a matrix for a program that is not ours: there, narrow is all that can be asked.
  if (law.environment === null) return pass(about, found.value);
  return decide(about, fitsMatrix(found.value, law, estate), (fits) => fits, found);
}

function judgeAcl(acl: NetworkAclFact, law: Law, estate: Estate): readonly Result[] {
  const { property, value } = acl.defaultPolicy;
  const drops = decide({ subject: acl.urn, property, want: "drop" }, value, (policy) => policy === "drop");
  const fact = estate.factOf("acl-rules", acl.urn);
  if (fact === undefined) return [drops];
  const about = { subject: acl.urn, property: "rules", want: "rules that are known" };
  const rules = fact.rules.value;
  if (!rules.known) return [drops, undecided(about, rules.from)];
  return [drops, ...rules.value.map((written) => judgeRule(acl, written, law, estate))];
}

export const vpcsDropByDefault = rule({
  id: "NET-04",
  title: "each VPC with sensitive networks drops by default in IPv4 and IPv6, but for declared flows",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["RCF:7.A.4", "RCF:7.B.1", "RCF:7.B.3", "IR:6.8.2.e", "SNC:13.1.a", "SNC:13.2.a", "ISO:A.8.22"],
  rationale:
    "All private networks of a VPC route to each other and routing can't be switched off; only its two ACLs, one an IP family, " +
    "separate them, and both accept by default. They are stateless: a rule wider than its flow opens the way back as well.",
  remedy:
    "Give the VPC an `network.Acl` for each family with `defaultPolicy: drop`, and rules for the declared flows and their answers " +
    "only, between named ranges and ports.",
  judge: (estate, law) => [
    ...judgeVpcs(estate),
    ...estate.facts("network-acl").flatMap((acl) => judgeAcl(acl, law, estate)),
  ],
});
