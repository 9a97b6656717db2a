import type { RawObject, RawResource, RawValue } from "../../judge/facts/raw.ts";
import { type Family, isPublic, type Range, rangeOf } from "./universe.ts";

/**
 * An estate as its documents say it, read naively from raw inputs with every value known: who stands where, which list filters
 * what, who leads to whom. For the packet walker alone; the judge's decoders have no part in it.
 */
export const text = (value: RawValue | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;
const number = (value: RawValue | undefined): number | undefined => (typeof value === "number" ? value : undefined);
export const list = (value: RawValue | undefined): readonly RawValue[] => (Array.isArray(value) ? value : []);
export const record = (value: RawValue | undefined): RawObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as RawObject) : {};
export const tail = (id: string | undefined): string | undefined => id?.split("/").at(-1);

export interface Net {
  readonly urn: string;
  readonly id: string;
  readonly vpc: string;
  readonly ranges: Readonly<Record<Family, readonly Range[]>>;
  readonly learnsDefaults: boolean;
}

export interface Rule {
  readonly drops: boolean;
  readonly protocol: string;
  readonly source: string;
  readonly destination: string;
  readonly fromPorts: Range;
  readonly toPorts: Range;
}

export interface Acl {
  readonly vpc: string;
  readonly family: Family;
  readonly drops: boolean;
  readonly rules: readonly Rule[];
}

export interface Route {
  readonly urn: string;
  readonly vpc: string;
  readonly destination: string;
  readonly resource: string | undefined;
  readonly network: string | undefined;
  readonly connector: string | undefined;
}

/** Something with addresses in networks that opens connections by itself: a server, the nodes of a pool. */
export interface Machine {
  readonly urn: string;
  /** By network id: its own addresses there, "any" of the network for a card that books none. */
  readonly cards: ReadonlyMap<string, readonly string[]>;
  readonly isPublic: boolean;
  readonly inbound: (protocol: string, port: number, source: bigint, family: Family) => boolean;
  readonly letsOut: boolean;
}

export interface Attachment {
  readonly urn: string;
  readonly gateway: string;
  readonly network: string;
  readonly leadsOut: boolean;
}

export interface Balancer {
  readonly urn: string;
  readonly networks: readonly string[];
  readonly doors: readonly { readonly port: number; readonly servers: readonly string[]; readonly to: number }[];
}

const portsOf = (low: RawValue | undefined, high: RawValue | undefined): Range => {
  const [a, b] = [number(low) ?? 0, number(high) ?? 0];
  return a === 0 && b === 0 ? [0n, 65_535n] : [BigInt(a), BigInt(b === 0 ? a : b)];
};

export class PlainNetworks {
  readonly nets = new Map<string, Net>();
  readonly machines = new Map<string, Machine>();
  readonly acls: readonly Acl[];
  readonly routes: readonly Route[];
  readonly attachments: readonly Attachment[];
  readonly balancers: readonly Balancer[];
  readonly #all: readonly RawResource[];
  readonly #byId = new Map<string, RawResource>();

  constructor(all: readonly RawResource[]) {
    this.#all = all;
    for (const r of all) if (typeof r.id === "string") this.#byId.set(tail(r.id) ?? "", r);
    for (const r of this.of("network/privateNetwork")) {
      const id = tail(text(r.id as RawValue)) ?? "";
      const given = tail(text(r.inputs["vpcId"]));
      const home = `default of ${text(r.inputs["projectId"]) ?? ""} ${text(r.inputs["region"]) ?? ""}`;
      const subnets = [
        text(record(r.inputs["ipv4Subnet"])["subnet"]),
        ...list(r.inputs["ipv6Subnets"]).map((s) => text(record(s)["subnet"])),
      ].flatMap((s) => rangeOf(s ?? "") ?? []);
      const ranges = (family: Family) => subnets.filter((s) => s.family === family).map((s) => s.range);
      this.nets.set(id, {
        urn: r.urn,
        id,
        vpc: given ?? home,
        ranges: { 4: ranges(4), 6: ranges(6) },
        learnsDefaults: r.inputs["enableDefaultRoutePropagation"] === true,
      });
    }
    this.acls = this.of("network/acl").map((r) => ({
      vpc: this.ref(r, "vpcId") ?? "",
      family: r.inputs["isIpv6"] === true ? 6 : 4,
      drops: r.inputs["defaultPolicy"] === "drop",
      rules: list(r.inputs["rules"]).map((given) => {
        const rule = record(given);
        return {
          drops: rule["action"] === "drop",
          protocol: text(rule["protocol"]) ?? "ANY",
          source: text(rule["source"]) ?? "",
          destination: text(rule["destination"]) ?? "",
          fromPorts: portsOf(rule["srcPortLow"], rule["srcPortHigh"]),
          toPorts: portsOf(rule["dstPortLow"], rule["dstPortHigh"]),
        };
      }),
    }));
    this.routes = this.of("network/route").map((r) => ({
      urn: r.urn,
      vpc: this.ref(r, "vpcId") ?? "",
      destination: text(r.inputs["destination"]) ?? "",
      resource: this.ref(r, "nexthopResourceId"),
      network: this.ref(r, "nexthopPrivateNetworkId"),
      connector: this.ref(r, "nexthopVpcConnectorId"),
    }));
    this.attachments = this.of("network/gatewayNetwork").map((r) => ({
      urn: r.urn,
      gateway: this.ref(r, "gatewayId") ?? "",
      network: this.ref(r, "privateNetworkId") ?? "",
      leadsOut:
        r.inputs["enableMasquerade"] !== false &&
        list(r.inputs["ipamConfigs"]).some((c) => record(c)["pushDefaultRoute"] === true),
    }));
    this.balancers = this.of("loadbalancers/loadBalancer").map((r) => this.#balancer(r));
    for (const r of this.of("instance/server")) this.machines.set(tail(String(r.id)) ?? "", this.#server(r));
    for (const r of this.of("kubernetes/pool")) this.machines.set(tail(String(r.id)) ?? "", this.#pool(r));
  }

  of(kind: string): readonly RawResource[] {
    return this.#all.filter((r) => r.type.startsWith(`scaleway:${kind}:`));
  }

  ref(r: RawResource, property: string): string | undefined {
    return tail(text(r.inputs[property]));
  }

  find(id: string | undefined): RawResource | undefined {
    return this.#byId.get(id ?? "");
  }

  netsOf(vpc: string): readonly Net[] {
    return [...this.nets.values()].filter((n) => n.vpc === vpc);
  }

  /** Whether both sides of a peering say so. */
  peersOf(vpc: string): readonly string[] {
    const ends = this.of("network/connector").map((c) => [this.ref(c, "vpcId"), this.ref(c, "targetVpcId")] as const);
    return ends
      .filter(([from, to]) => from === vpc && ends.some(([f, t]) => f === to && t === vpc))
      .map(([, to]) => to ?? "");
  }

  /** Asked of the VPC itself: its ACL has the same id. */
  letsTransit(vpc: string): boolean {
    return !this.of("network/vpc").some((r) => tail(String(r.id)) === vpc && r.inputs["enableTransitivity"] === false);
  }

  #balancer(r: RawResource): Balancer {
    const id = tail(String(r.id));
    const backs = this.of("loadbalancers/backend");
    return {
      urn: r.urn,
      networks: list(r.inputs["privateNetworks"]).flatMap((n) => tail(text(record(n)["privateNetworkId"])) ?? []),
      doors: this.of("loadbalancers/frontend")
        .filter((f) => this.ref(f, "lbId") === id)
        .flatMap((f) =>
          backs
            .filter((b) => tail(String(b.id)) === this.ref(f, "backendId"))
            .map((b) => ({
              port: number(f.inputs["inboundPort"]) ?? 0,
              servers: list(b.inputs["serverIps"]).flatMap((s) => text(s) ?? []),
              to: number(b.inputs["forwardPort"]) ?? 0,
            })),
        ),
    };
  }

  #server(r: RawResource): Machine {
    const cards = new Map<string, readonly string[]>();
    for (const n of list(r.inputs["privateNetworks"])) cards.set(tail(text(record(n)["pnId"])) ?? "", ["any"]);
    for (const nic of this.of("instance/privateNic").filter((c) => this.ref(c, "serverId") === tail(String(r.id)))) {
      const booked = list(nic.inputs["ipamIpIds"]).flatMap(
        (i) => text(this.find(tail(text(i)))?.inputs["address"]) ?? [],
      );
      const network = this.ref(nic, "privateNetworkId") ?? "";
      cards.set(network, [...(cards.get(network) ?? []), ...(booked.length === 0 ? ["any"] : booked)]);
    }
    const open = r.inputs["enableDynamicIp"] === true || this.ref(r, "ipId") !== undefined;
    return { urn: r.urn, cards, isPublic: open, ...this.#group(this.ref(r, "securityGroupId")) };
  }

  #pool(r: RawResource): Machine {
    const network = this.ref(this.find(this.ref(r, "clusterId")) ?? r, "privateNetworkId") ?? "";
    return {
      urn: r.urn,
      cards: new Map([[network, ["any"]]]),
      isPublic: r.inputs["publicIpDisabled"] !== true,
      ...this.#group(this.ref(r, "securityGroupId")),
    };
  }

  /** Only accepting rules beside a dropping default narrow; without a group of the estate everything passes. */
  #group(id: string | undefined): Pick<Machine, "inbound" | "letsOut"> {
    const group = this.find(id);
    if (group === undefined) return { inbound: () => true, letsOut: true };
    const rules = (property: string) =>
      list(group.inputs[property])
        .map(record)
        .filter((rule) => rule["action"] === "accept");
    const accepts = (property: string): boolean => group.inputs[property] !== "drop";
    return {
      letsOut: accepts("outboundDefaultPolicy") || rules("outboundRules").length > 0,
      inbound: (protocol, port, source, family) =>
        accepts("inboundDefaultPolicy") ||
        rules("inboundRules").some((rule) => {
          const wanted = text(rule["protocol"]) ?? "TCP";
          if (wanted !== "ANY" && wanted !== protocol) return false;
          const ports = text(rule["portRange"]) ?? (number(rule["port"]) ?? 0).toString();
          const [low = 0, high = low] = ports.split("-").map(Number);
          if (low !== 0 && (port < low || port > high)) return false;
          const from = rangeOf(text(rule["ipRange"]) ?? "0.0.0.0/0");
          return (
            from === undefined ||
            (from.family === family && source >= from.range[0] && source <= from.range[1] && isPublic(family, source))
          );
        }),
    };
  }
}
