import { type Service, servicesOf } from "../../../../judge/facts/zones.ts";
import { fail, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";

function judgeService({ name, urn, zones, unclear, exempt }: Service): Result {
  const about = { subject: urn, property: "zone", want: "two zones of its region" };
  if (exempt !== undefined) return notApplicable(urn, about.property, exempt);
  if (zones.length >= 2) return pass(about, zones);
  return unclear === undefined ? fail(about, { service: name, zones }) : undecided(about, unclear);
}

export const servicesSpanTwoZones = rule({
  id: "DR-01",
  title: "each service that the research spaces rely on stands in two zones",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:17.2.a", "SNC:17.4.a", "IR:4.2.4.a", "ISO:A.8.14", "GDPR:32.1.b"],
  rationale:
    "A zone is a building with its own power and its own fire. A pool, a server or a Redis cluster stands in one, `fr-par-1` when " +
    "nothing says which; zones of one region share its jurisdiction, so a second one costs no transfer.",
  remedy:
    "Give the cluster pools in two zones of its region, each with nodes; put a second server or Redis of the tier in another zone.",
  judge: (estate) => servicesOf(estate).map(judgeService),
});
