import ipaddr from "ipaddr.js";
import type { Estate } from "../../../../judge/facts/estate.ts";
import type { FailoverTargetFact } from "../../../../judge/facts/fact.ts";
import { regionOf } from "../../../../judge/facts/location.ts";
import type { Law } from "../../../../judge/kit/law.ts";
import { leadsOutside } from "../../../../judge/kit/ranges.ts";
import { type About, fail, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";

/** A label of a Scaleway host name that names a region or a zone. */
const PLACE = /^[a-z]{2}-[a-z]{3,7}(-[0-9]{1,2})?$/;

/** Host of a URL, of `host:port` or of a name with the final dot of DNS. */
const hostOf = (text: string): string =>
  text
    .replace(/^[a-z]+:\/\//, "")
    .replace(/[/?#].*$/, "")
    .replace(/:\d+$/, "")
    .replace(/\.$/, "")
    .toLowerCase();

/** SRV, HTTPS and SVCB records carry numbers before the name. */
const nameOf = (text: string): string =>
  hostOf(
    text
      .trim()
      .split(/\s+/)
      .find((part) => !/^\d+$/.test(part)) ?? text,
  );

function judgeAddress(about: About, address: string, estate: Estate, law: Law): Result {
  if (!leadsOutside(address)) return pass(about, address);
  const own = estate.facts("gateway-address").some((g) => g.address.known && g.address.value === address);
  if (own || law.hosts.some((h) => h.host === address)) return pass(about, address);
  // An address says nothing of where it is.
  return undecided({ ...about, path: [address] }, { property: about.property, suppliers: [] });
}

function judgeHost(about: About, host: string, law: Law): Result {
  // A name without dot stands in the same DNS zone, where its own record is judged.
  if (!host.includes(".") || law.hosts.some((h) => h.host === host)) return pass(about, host);
  if (!host.endsWith(".scw.cloud")) return fail(about, host);
  const place = host.split(".").find((label) => PLACE.test(label));
  const allowed = new Set(law.regions.map((r) => r.name));
  return place !== undefined && allowed.has(regionOf(place)) ? pass(about, host) : fail(about, host);
}

function judgeTarget({ urn, target }: FailoverTargetFact, estate: Estate, law: Law): Result {
  const { property, value } = target;
  const want = { regions: law.regions.map((r) => r.name), hosts: law.hosts.map((h) => h.host) };
  const about = { subject: urn, property, want };
  if (!value.known) return undecided(about, value.from);
  if (value.value === undefined || value.value === "") return notApplicable(urn, property, "no target");
  const host = nameOf(value.value);
  return ipaddr.isValid(host) ? judgeAddress(about, host, estate, law) : judgeHost(about, host, law);
}

export const failoverStaysInTheJurisdiction = resourceRule({
  id: "DR-03",
  title: "failover targets stay in regions of the profile or among listed hosts",
  severity: "critical",
  enforcement: "mandatory",
  waivable: false,
  controls: ["SNC:19.2.b", "HDS:28", "GDPR:44", "ISO:A.5.30"],
  rationale:
    "A failover that nobody tried until the outage is the moment when data leaves the jurisdiction: load balancer, DNS answer and " +
    "tunnel must already point to places that the profile allows.",
  remedy: "Point the target to a host of an allowed region, or have its host listed in the law with a reason.",
  judgeOne: (resource, estate, law) =>
    resource.facts.flatMap((fact) => (fact.kind === "failover-target" ? [judgeTarget(fact, estate, law)] : [])),
});
