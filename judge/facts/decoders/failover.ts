import type { RecordArgs } from "@pulumiverse/scaleway/domain/index.js";
import type { BackendArgs } from "@pulumiverse/scaleway/loadbalancers/index.js";
import type { CustomerGatewayArgs } from "@pulumiverse/scaleway/s2svpn/index.js";
import { type Known, known } from "../../../kernel/known.ts";
import type { FailoverTargetFact } from "../fact.ts";
import type { Reader } from "../reader.ts";
import { type Decoder, decoder } from "./decoder.ts";

/** Where clients and traffic go next: load balancer failover, DNS answers, the far end of a tunnel. */
const target = (urn: string, property: string, value: Known<string | undefined>): FailoverTargetFact => ({
  kind: "failover-target",
  urn,
  target: { property, value },
});

/** Record types whose data is a place to connect to. */
const PLACES: ReadonlySet<string> = new Set(["A", "AAAA", "ALIAS", "CNAME", "DNAME", "SRV", "NS", "HTTPS", "SVCB"]);

function recordTargets(read: Reader<RecordArgs>, urn: string): readonly FailoverTargetFact[] {
  const type = read.text("type");
  const isPlace = !type.known || PLACES.has((type.value ?? "").toUpperCase());
  const main = isPlace ? [target(urn, "data", type.known ? read.text("data") : type)] : [];
  const weighted = each(read.list("weighteds"), urn, "weighteds", (w) => target(urn, w.path("ip"), w.text("ip")));
  const views = each(read.list("views"), urn, "views", (v) => target(urn, v.path("data"), v.text("data")));
  return [...main, ...weighted, ...views, ...geoTargets(read, urn), ...httpTargets(read, urn)];
}

function each<T>(
  list: Known<readonly T[]>,
  urn: string,
  property: string,
  one: (item: T) => FailoverTargetFact,
): readonly FailoverTargetFact[] {
  return list.known ? list.value.map(one) : [target(urn, property, list)];
}

function geoTargets(read: Reader<RecordArgs>, urn: string): readonly FailoverTargetFact[] {
  const geo = read.object("geoIp");
  if (!geo.known) return [target(urn, "geoIp", geo)];
  if (geo.value === undefined) return [];
  return each(geo.value.list("matches"), urn, "geoIp.matches", (m) => target(urn, m.path("data"), m.text("data")));
}

function httpTargets(read: Reader<RecordArgs>, urn: string): readonly FailoverTargetFact[] {
  const service = read.object("httpService");
  if (!service.known) return [target(urn, "httpService", service)];
  if (service.value === undefined) return [];
  const ips = service.value.texts("ips");
  return ips.known
    ? ips.value.map((ip, i) => target(urn, `httpService.ips[${i}]`, known(ip)))
    : [target(urn, "httpService.ips", ips)];
}

export const failoverDecoders: readonly Decoder[] = [
  decoder<BackendArgs>("scaleway:loadbalancers/backend:Backend", (read, { urn }) => [
    target(urn, "failoverHost", read.text("failoverHost")),
  ]),

  decoder<RecordArgs>("scaleway:domain/record:Record", (read, { urn }) => recordTargets(read, urn)),

  decoder<CustomerGatewayArgs>("scaleway:s2svpn/customerGateway:CustomerGateway", (read, { urn }) => [
    target(urn, "ipv4Public", read.text("ipv4Public")),
    target(urn, "ipv6Public", read.text("ipv6Public")),
  ]),
];
