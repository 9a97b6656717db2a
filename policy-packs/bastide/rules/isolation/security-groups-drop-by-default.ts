import { tagAt } from "../../../../judge/facts/classification.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import type { FilteredHostFact, SecurityGroupFact } from "../../../../judge/facts/fact.ts";
import type { GroupRule, InboundRulesFact, OutboundRulesFact } from "../../../../judge/facts/fact-edge.ts";
import { isAnySource } from "../../../../judge/kit/ranges.ts";
import { type About, decide, fail, groundOf, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";
import { allKnown, type Known, known, unknown } from "../../../../kernel/known.ts";

type Rules = InboundRulesFact | OutboundRulesFact;

const judgeDefaults = ({ urn, inbound, outbound }: SecurityGroupFact): readonly Result[] =>
  [inbound, outbound].map(({ property, value }) =>
    decide({ subject: urn, property, want: "drop" }, value, (policy) => policy === "drop"),
  );

/** The tier of the group that rules belong to. */
function tierOf(fact: Rules, estate: Estate): Known<string | undefined> {
  const link = fact.group === "self" ? undefined : estate.link(fact.group, "security-group");
  if (link !== undefined && link.kind === "unknown") return { known: false, from: link.from };
  if (link !== undefined && link.kind !== "found") return unknown(link.property);
  return tagAt(link === undefined ? fact.urn : link.fact.urn, estate, "tier");
}

const isHttps = (protocol: string | undefined, ports: string | undefined): boolean =>
  protocol === "TCP" && (ports === "443" || ports === "443-443");

function judgeRule(rule: GroupRule, urn: string, tier: Known<string | undefined>): Result {
  const about: About = {
    subject: urn,
    property: rule.property,
    want: "named addresses; any address on TCP 443 in dmz only",
  };
  if (rule.action.known && rule.action.value === "drop") return pass(about, "drop");
  if (rule.range.known && rule.range.value !== undefined && !isAnySource(rule.range.value)) {
    return pass(about, rule.range.value);
  }
  const all = allKnown([rule.action, rule.range, rule.protocol, rule.ports]);
  if (!all.known) return undecided(about, all.from);
  const [, source, protocol, ports] = all.value;
  const got = { source, protocol, ports: ports ?? "every port" };
  if (!isHttps(protocol, ports)) return fail(about, got);
  return decide({ ...about, property: rule.property }, tier, (t) => t === "dmz", known(got));
}

function judgeRules(fact: Rules, estate: Estate): readonly Result[] {
  const about = { subject: fact.urn, property: fact.property, want: "rules that are known" };
  if (!fact.rules.known) return [undecided(about, fact.rules.from)];
  const tier = tierOf(fact, estate);
  return fact.rules.value.map((r) => judgeRule(r, fact.urn, tier));
}

/** Without a group of its own a machine joins one that everything shares and that accepts. */
function judgeHost({ urn, securityGroup }: FilteredHostFact, estate: Estate): Result {
  const about = { subject: urn, property: securityGroup.property, want: "a security group of this estate" };
  const link = estate.link(securityGroup, "security-group");
  switch (link.kind) {
    case "found":
      return pass({ ...about, path: [link.fact.urn], proof: groundOf(link) }, link.fact.urn);
    case "absent":
      return fail(about, null);
    case "outside":
      return undecided({ ...about, path: [link.id] }, { property: link.property, suppliers: [] });
    case "unknown":
      return undecided(about, link.from);
  }
}

export const securityGroupsDropByDefault = resourceRule({
  id: "NET-03",
  title: "security groups drop by default both ways, and every server and pool names one",
  severity: "critical",
  enforcement: "mandatory",
  waivable: true,
  controls: ["RCF:7.B.3", "INT:R2", "INT:R3", "SNC:13.2.a", "IR:6.7.2.c", "IR:6.7.2.f", "ISO:A.8.20", "CNILG:8.1"],
  rationale:
    "Both default policies accept when absent, a rule without range is for any source, and a pool without group shares one that " +
    "the whole project shares. Groups filter public traffic only: they are the last wall if an address ever appears.",
  remedy:
    "Set both default policies to `drop`, give each server and pool its `securityGroupId`, and name the addresses of every accepted " +
    "rule, inbound and outbound.",
  judgeOne: (resource, estate) =>
    resource.facts.flatMap((fact) => {
      if (fact.kind === "security-group") return judgeDefaults(fact);
      if (fact.kind === "inbound-rules" || fact.kind === "outbound-rules") return judgeRules(fact, estate);
      return fact.kind === "filtered-host" ? [judgeHost(fact, estate)] : [];
    }),
});
