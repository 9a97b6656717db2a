import { byKey, byText, sortedUnique } from "../../../kernel/order.ts";
import { TIERS } from "../../../stacks/vocabulary.ts";
import { estateOf } from "../../facts/estate.ts";
import type { Resource } from "../../facts/observed.ts";
import type { RawEstate } from "../../facts/raw.ts";
import type { Verdict } from "../../kit/verdict.ts";
import { count, safe } from "../wording.ts";
import { bucketItems } from "./buckets.ts";
import { gatewayItems } from "./gateways.ts";
import { identitiesOf } from "./identities.ts";
import type { Band, ClusterItem, Item, MapModel, RegionModel, Tunnel, VpcModel } from "./model.ts";
import {
  flagOf,
  innerOf,
  itemOf,
  listOf,
  type MapReader,
  mapReader,
  placeOf,
  refOf,
  regionNameOf,
  tagOf,
  textOf,
} from "./reading.ts";
import { serviceItems } from "./services.ts";

/** The map of an estate, with what a verdict says of it. Total: what can't be placed is left to the findings and the lists. */
export function mapOf(raw: RawEstate, verdict: Verdict | undefined): MapModel {
  const estate = estateOf(raw.door, raw.resources);
  const reader = mapReader(estate, verdict?.findings ?? []);
  const names = sortedUnique(estate.resources.map(regionNameOf).filter((name) => name !== ""));
  const regions = names.map((name) => regionModel(reader, name));
  return { title: safe(raw.subject), regions, tunnels: tunnelsOf(regions), identities: identitiesOf(reader) };
}

function regionModel(reader: MapReader, name: string): RegionModel {
  const here = reader.estate.resources.filter((r) => regionNameOf(r) === name).sort(byKey((r) => r.urn));
  const having = (kind: string): readonly Resource[] => here.filter((r) => r.facts.some((f) => f.kind === kind));
  const placed = new Set<string>();
  const vpcs = having("vpc").map((vpc) => vpcModel(reader, here, vpc, placed));
  const loose = {
    hosts: servers(here)
      .filter((r) => !placed.has(r.urn))
      .map((r) => hostItem(reader, here, r)),
    clusters: having("cluster")
      .filter((r) => !placed.has(r.urn))
      .map((r) => clusterItem(reader, here, r)),
  };
  return {
    name,
    resources: here.length,
    gateways: gatewayItems(reader, here),
    vpcs,
    loose,
    buckets: bucketItems(reader, here),
    services: serviceItems(reader, here),
  };
}

function vpcModel(reader: MapReader, here: readonly Resource[], vpc: Resource, placed: Set<string>): VpcModel {
  const { estate } = reader;
  const networks = here.filter((r) => {
    const fact = estate.factOf("private-network", r.urn);
    const link = fact === undefined ? undefined : estate.link(fact.vpc, "vpc");
    return link?.kind === "found" && link.fact.urn === vpc.urn;
  });
  const acls = here.filter((r) => {
    const fact = estate.factOf("network-acl", r.urn);
    const link = fact === undefined ? undefined : estate.link(fact.vpc, "vpc");
    return link?.kind === "found" && link.fact.urn === vpc.urn;
  });
  const families = acls.map(
    (r) => `ACL ${flagOf(r, "isIpv6") ? "v6" : "v4"}: default ${textOf(r, "defaultPolicy") || "accept"}`,
  );
  const lines = [families.length === 0 ? "no ACL: everything between its networks is accepted" : families.join(" · ")];
  const bands = networks.map((network) => bandOf(reader, here, network, placed));
  const rank = ({ tier, network }: Band): string => {
    const index = TIERS.map(String).indexOf(tier);
    return `${String(index < 0 ? 99 : index).padStart(2, "0")} ${network.title}`;
  };
  return { vpc: itemOf(reader, vpc, { lines }, acls), bands: bands.sort(byKey(rank)) };
}

function bandOf(reader: MapReader, here: readonly Resource[], network: Resource, placed: Set<string>): Band {
  const { estate } = reader;
  const onNetwork = (r: Resource, property: string): boolean => {
    const link = estate.link(refOf(r, property), "private-network");
    return link.kind === "found" && link.fact.urn === network.urn;
  };
  const cards = here.filter((r) => r.facts.some((f) => f.kind === "network-card") && onNetwork(r, "privateNetworkId"));
  const hosts = servers(here).filter((server) => cards.some((card) => leadsTo(reader, card, "serverId", server)));
  const clusters = here.filter((r) => r.facts.some((f) => f.kind === "cluster") && onNetwork(r, "privateNetworkId"));
  for (const r of [...hosts, ...clusters]) placed.add(r.urn);
  const v6 = listOf(network, "ipv6Subnets").length > 0 ? innerOf(network, "ipv6Subnets", "subnet") : "";
  const ranges = [innerOf(network, "ipv4Subnet", "subnet"), v6].filter((range) => range !== "");
  return {
    network: itemOf(reader, network, { lines: ranges }),
    tier: tagOf(network, "tier") || "no tier",
    hosts: hosts.map((r) => hostItem(reader, here, r)),
    clusters: clusters.map((r) => clusterItem(reader, here, r)),
  };
}

const servers = (here: readonly Resource[]): readonly Resource[] =>
  here.filter((r) => r.canonicalType.endsWith(":Server"));

function leadsTo(reader: MapReader, r: Resource, property: string, target: Resource): boolean {
  const link = reader.estate.linkAny(refOf(r, property));
  return link.kind === "found" && link.fact.urn === target.urn;
}

function hostItem(reader: MapReader, here: readonly Resource[], server: Resource): Item {
  const cards = here.filter((r) => leadsTo(reader, r, "serverId", server));
  const group = reader.estate.linkAny(refOf(server, "securityGroupId"));
  const beside = group.kind === "found" ? [...cards, group.fact] : cards;
  const lines = [[textOf(server, "type"), placeOf(server)].filter((text) => text !== "").join(" · ")];
  return itemOf(reader, server, { lines }, beside);
}

function clusterItem(reader: MapReader, here: readonly Resource[], cluster: Resource): ClusterItem {
  const belongs = here.filter((r) => {
    const link = reader.estate.link(refOf(r, "clusterId"), "cluster");
    return link.kind === "found" && link.fact.urn === cluster.urn;
  });
  const pools = belongs.filter((r) => r.canonicalType.endsWith(":Pool"));
  const acls = belongs.filter((r) => r.facts.some((f) => f.kind === "control-plane-acl"));
  const sources = acls.reduce((n, acl) => n + listOf(acl, "aclRules").length, 0);
  const admitted = acls.length === 0 ? "control plane: no ACL" : `control plane: ${count(sources, "admitted source")}`;
  const zoneOf = (r: Resource): string => textOf(r, "zone") || placeOf(r);
  const zones = sortedUnique(pools.map(zoneOf)).map((zone) => ({
    zone,
    pools: pools.filter((r) => zoneOf(r) === zone).map((r) => poolItem(reader, r)),
  }));
  const about = [textOf(cluster, "type"), textOf(cluster, "version"), textOf(cluster, "cni")].filter((t) => t !== "");
  return { ...itemOf(reader, cluster, { lines: [about.join(" · "), admitted] }, acls), zones };
}

const poolItem = (reader: MapReader, pool: Resource): Item =>
  itemOf(reader, pool, {
    title: textOf(pool, "name") || safe(pool.name),
    lines: [
      textOf(pool, "nodeType"),
      `${textOf(pool, "minSize") || textOf(pool, "size")}–${textOf(pool, "maxSize") || textOf(pool, "size")} nodes`,
      flagOf(pool, "publicIpDisabled") ? "no public address" : "public addresses",
    ],
  });

/** Tunnels end at gateways that pass one UDP port inside: each pair of regions that has them is joined. */
function tunnelsOf(regions: readonly RegionModel[]): readonly Tunnel[] {
  const ends = regions.flatMap((region) =>
    region.gateways.filter((g) => g.role === "tunnel").map((g) => ({ region: region.name, anchor: g.anchor })),
  );
  return ends
    .flatMap((a, i) =>
      ends
        .slice(i + 1)
        .filter((b) => b.region !== a.region)
        .map((b) => ({ from: a.anchor, to: b.anchor })),
    )
    .sort((a, b) => byText(a.from, b.from) || byText(a.to, b.to));
}
