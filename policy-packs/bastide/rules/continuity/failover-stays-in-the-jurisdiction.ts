import ipaddr from "ipaddr.js";
import type { Estate } from "../../../../judge/facts/estate.ts";
import type { FailoverTargetFact } from "../../../../judge/facts/fact.ts";
import { regionOf } from "../../../../judge/facts/location.ts";
import { perEstate } from "../../../../judge/facts/per-estate.ts";
import { placesOf } from "../../../../judge/graph/places.ts";
import type { Law } from "../../../../judge/kit/law.ts";
import { leadsOutside } from "../../../../judge/kit/ranges.ts";
import { type About, fail, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";

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

/** Names of this estate's own zones: each is judged by what it answers with. */
const ownNames = perEstate(
  (estate) => new Set(estate.facts("name").flatMap(({ name }) => (name.known ? [name.value.toLowerCase()] : []))),
);

const wanted = (law: Law) => ({ regions: law.regions.map((r) => r.name), hosts: law.hosts.map((h) => h.host) });

/** A name that leads to another name of the estate is judged by what comes at the end, however many names lie between. */
function judgeAnswers({ urn, target }: FailoverTargetFact, estate: Estate, law: Law): readonly Result[] {
  const about = { subject: urn, property: target.property, want: wanted(law) };
  return placesOf(urn, estate, law).flatMap((place): readonly Result[] => {
    // What a name answers with itself is judged where it is written.
    if (place.as !== "answer" || place.path.length < 2) return [];
    const path = place.path.flatMap((grip) => [grip.from, grip.to]).filter((item, i, all) => all.indexOf(item) === i);
    const way = place.path.map(({ from, to, by, property }) => ({ from, to, by, property }));
    const here = { ...about, path };
    if (place.ground === "unresolved") {
      const lost = place.path.find((grip) => grip.ground === "unresolved");
      return [undecided(here, { property: lost?.property ?? about.property, suppliers: [lost?.by ?? place.at] })];
    }
    if (place.host === undefined) {
      const inside = law.regions.some(({ name }) => name === place.region);
      return inside ? [] : [fail(here, { region: place.region ?? null, way })];
    }
    const end = ipaddr.isValid(place.host)
      ? judgeAddress(here, place.host, estate, law)
      : judgeHost(here, place.host, law);
    return end.outcome === "pass" ? [] : [end.outcome === "fail" ? fail(here, { host: place.host, way }) : end];
  });
}

function judgeTarget({ urn, target }: FailoverTargetFact, estate: Estate, law: Law): Result {
  const { property, value } = target;
  const about = { subject: urn, property, want: wanted(law) };
  if (!value.known) return undecided(about, value.from);
  if (value.value === undefined || value.value === "") return notApplicable(urn, property, "no target");
  const host = nameOf(value.value);
  if (ownNames(estate).has(host)) return pass(about, host);
  return ipaddr.isValid(host) ? judgeAddress(about, host, estate, law) : judgeHost(about, host, law);
}

export const failoverStaysInTheJurisdiction = rule({
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
  judge: (estate, law) =>
    estate
      .facts("failover-target")
      .flatMap((fact) => [judgeTarget(fact, estate, law), ...judgeAnswers(fact, estate, law)]),
});
