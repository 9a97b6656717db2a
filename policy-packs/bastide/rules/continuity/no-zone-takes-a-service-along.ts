import type { Estate } from "../../../../judge/facts/estate.ts";
import { type Service, servicesOf } from "../../../../judge/facts/zones.ts";
import type { Law } from "../../../../judge/kit/law.ts";
import { fail, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";

/** What is left of each service once a zone is gone. */
function withoutZone(zone: string, services: readonly Service[], perimeter: ReadonlySet<string>): Result {
  const about = { subject: "stack", property: zone, want: "every service goes on, in zones of the profile" };
  const touched = services.filter((service) => service.zones.includes(zone));
  const left = touched.map((service) => ({
    service,
    zones: service.zones.filter((other) => other !== zone && perimeter.has(other)),
  }));
  const lost = left.filter(({ zones }) => zones.length === 0);
  const [certain] = lost.filter(({ service }) => service.unclear === undefined);
  if (certain !== undefined) {
    return fail(
      { ...about, path: lost.map(({ service }) => service.urn) },
      { lost: lost.map(({ service }) => service.name) },
    );
  }
  const open = lost[0]?.service.unclear;
  if (open !== undefined) return undecided(about, open);
  return pass(about, Object.fromEntries(left.map(({ service, zones }) => [service.name, zones])));
}

function judgeZones(estate: Estate, law: Law): readonly Result[] {
  const services = servicesOf(estate).filter((service) => service.exempt === undefined);
  const zones = [...new Set(services.flatMap((service) => service.zones))].sort();
  const perimeter = new Set(law.regions.flatMap((region) => region.zones));
  if (services.length === 0) return [notApplicable("stack", "zones", "no service that stands in a zone")];
  const placeless = services.filter((service) => service.zones.length === 0);
  return [
    ...placeless.map(({ name, urn, unclear }) => {
      const about = { subject: "stack", property: "zones", want: "a zone for every service", path: [urn] };
      return unclear === undefined ? fail(about, { lost: [name] }) : undecided(about, unclear);
    }),
    ...zones.map((zone) => withoutZone(zone, services, perimeter)),
  ];
}

export const noZoneTakesAServiceAlong = rule({
  id: "G10",
  title: "after the loss of any one zone every service goes on, inside the perimeter",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:17.2.a", "SNC:17.4.a", "SNC:19.2.b", "IR:4.2.4.a", "ISO:A.8.14", "GDPR:32.1.b", "HDS:28"],
  rationale:
    "Two zones on paper are one if the second stands outside the profile or holds no node. This takes away each zone in turn and " +
    "looks at what is left. Gateways stand in one zone each and are not counted: nodes run on without them, but reach neither " +
    "their control plane nor anything outside until the gateway is made again in another zone.",
  remedy:
    "Give what is lost a second place: a pool with nodes, a server or a Redis of the same tier in another zone of the profile.",
  judge: judgeZones,
});
