import type { RawResource } from "../../judge/facts/raw.ts";
import { type Machine, type Net, PlainNetworks, list, text } from "./plain-networks.ts";
import { type Family, isPublic, PROTOCOLS, type Range, rangeOf, type Universe, universeOf } from "./universe.ts";

/**
 * Walks single packets, hop by hop, through a small estate: from Scaleway's documents and the declared semantics alone, with no
 * part of the graph. Everything is a loop over one packet at a time; slow is fine, clever is not.
 */
export interface Packet {
  readonly protocol: number;
  readonly from: bigint;
  readonly to: bigint;
  readonly fromPort: number;
  readonly toPort: number;
}

/** Where a packet is: standing inside a network that it was sent into, come into a VPC from beside it, or arrived. */
type Where =
  | { readonly at: "sent"; readonly net: string }
  | { readonly at: "entered"; readonly vpc: string }
  | { readonly at: "arrived"; readonly net: string }
  | { readonly at: "router"; readonly machine: string; readonly destination: string }
  | { readonly at: "end"; readonly node: string };

export interface Arrivals {
  /** By node: the packets that arrive there, as they are on arrival. */
  readonly at: ReadonlyMap<string, readonly Packet[]>;
}

const inside = (ranges: readonly Range[], address: bigint): boolean =>
  ranges.some(([first, last]) => address >= first && address <= last);

const within = (cidr: string, family: Family, address: bigint): boolean => {
  const range = rangeOf(cidr);
  return range !== undefined && range.family === family && inside([range.range], address);
};

const isEverything = (cidr: string): boolean => cidr === "0.0.0.0/0" || cidr === "::/0";

export class PacketWalker {
  readonly #estate: PlainNetworks;
  readonly #world: Universe;
  readonly #family: Family;
  #seen = new Map<string, Set<string>>();
  #queue: { where: Where; packet: Packet }[] = [];
  #captured = new Set<string>();

  constructor(resources: readonly RawResource[], family: Family) {
    this.#estate = new PlainNetworks(resources);
    this.#family = family;
    this.#world = worldOf(resources, family);
  }

  /** Everything that a source (a private network by URN, `internet`, `elsewhere`) can make arrive anywhere. */
  walk(source: string): Arrivals {
    this.#seen = new Map();
    this.#queue = [];
    this.#captured = new Set();
    if (source === "internet") this.#fromInternet();
    else if (source === "elsewhere") this.#fromElsewhere();
    else {
      const net = [...this.#estate.nets.values()].find((n) => n.urn === source);
      if (net !== undefined) this.#opens(net, this.#own(net), "any");
    }
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) this.#step(next.where, next.packet);
    const at = new Map<string, Packet[]>();
    for (const [key, packets] of this.#seen) {
      const node = key.startsWith("arrived ")
        ? (this.#estate.nets.get(key.slice(8))?.urn ?? "")
        : key.startsWith("end ")
          ? key.slice(4)
          : undefined;
      if (node !== undefined && node !== source) at.set(node, [...(at.get(node) ?? []), ...[...packets].map(parse)]);
    }
    return { at };
  }

  /** Every header of the small world. */
  all(): readonly Packet[] {
    return [...this.#packets(this.#world.addresses, this.#world.addresses, "any")];
  }

  #put(where: Where, packet: Packet): void {
    const key =
      where.at === "sent" || where.at === "arrived"
        ? `${where.at} ${where.net}`
        : where.at === "entered"
          ? `entered ${where.vpc}`
          : where.at === "router"
            ? `router ${where.machine} ${where.destination}`
            : `end ${where.node}`;
    const seen = this.#seen.get(key) ?? new Set();
    this.#seen.set(key, seen);
    const name = print(packet);
    if (seen.has(name)) return;
    seen.add(name);
    this.#queue.push({ where, packet });
  }

  #own(net: Net): readonly bigint[] {
    return this.#world.addresses.filter((a) => inside(net.ranges[this.#family], a));
  }

  /** Every packet that somebody in a network may send from these addresses. */
  #opens(net: Net, from: readonly bigint[], protocol: "any" | "TCP"): void {
    for (const packet of this.#packets(from, this.#world.addresses, protocol)) this.#put({ at: "sent", net: net.id }, packet);
  }

  *#packets(from: readonly bigint[], to: readonly bigint[], protocol: "any" | "TCP" | "UDP"): Generator<Packet> {
    for (const [index, name] of PROTOCOLS.entries()) {
      if (protocol !== "any" && name !== protocol) continue;
      for (const source of from)
        for (const target of to)
          for (const fromPort of this.#world.fromPorts)
            for (const toPort of this.#world.toPorts) yield { protocol: index, from: source, to: target, fromPort, toPort };
    }
  }

  #step(where: Where, packet: Packet): void {
    if (where.at === "sent") this.#fromNetwork(where.net, packet);
    else if (where.at === "entered") this.#fromPeer(where.vpc, packet);
    else if (where.at === "arrived") this.#taken(where.net, packet);
    else if (where.at === "router") this.#forwarded(where.machine, where.destination, packet);
  }

  #fromNetwork(id: string, packet: Packet): void {
    const net = this.#estate.nets.get(id);
    if (net === undefined) return;
    const open = isPublic(this.#family, packet.to);
    const passes = this.#passes(net.vpc, packet);
    for (const other of this.#estate.netsOf(net.vpc)) {
      if (!inside(other.ranges[this.#family], packet.to)) continue;
      if (other.id === id || passes) this.#put({ at: "arrived", net: other.id }, packet);
    }
    for (const route of this.#estate.routes.filter((r) => r.vpc === net.vpc)) {
      if (!within(route.destination, this.#family, packet.to)) continue;
      if (isEverything(route.destination) && !net.learnsDefaults) continue;
      const beside =
        route.network === id ||
        this.#machineOf(route.resource)?.cards.has(id) === true ||
        this.#estate.attachments.some((a) => a.gateway === route.resource && a.network === id);
      if (beside || open || passes) this.#nextHop(route, packet);
    }
    if (!open) for (const peer of this.#estate.peersOf(net.vpc)) this.#put({ at: "entered", vpc: peer }, packet);
    if (open && this.#family === 4 && this.#leadsOut(net)) this.#put({ at: "end", node: "internet" }, packet);
    for (const link of this.#estate.of("s2svpn/gateway"))
      if (this.#estate.ref(link, "privateNetworkId") === id) this.#put({ at: "end", node: "elsewhere" }, packet);
    for (const link of this.#estate.of("interlink/link"))
      if (this.#estate.ref(link, "vpcId") === net.vpc) this.#put({ at: "end", node: "elsewhere" }, packet);
  }

  #leadsOut(net: Net): boolean {
    return this.#estate.attachments.some(
      (a) =>
        a.leadsOut &&
        (a.network === net.id || (net.learnsDefaults && this.#estate.nets.get(a.network)?.vpc === net.vpc)),
    );
  }

  /** The ordered list of the family: the first rule that fits, then the default; no list lets everything pass. */
  #passes(vpc: string, packet: Packet): boolean {
    const lists = this.#estate.acls.filter((a) => a.vpc === vpc && a.family === this.#family);
    if (lists.length === 0) return true;
    return lists.some((acl) => {
      for (const rule of acl.rules) {
        const protocol = rule.protocol === "ANY" || rule.protocol === PROTOCOLS[packet.protocol];
        const fits = (written: string, address: bigint): boolean =>
          written === "" || within(written, this.#family, address) || (rangeOf(written) === undefined && !rule.drops);
        const port = ([low, high]: Range, p: number): boolean => BigInt(p) >= low && BigInt(p) <= high;
        if (
          protocol &&
          fits(rule.source, packet.from) &&
          fits(rule.destination, packet.to) &&
          port(rule.fromPorts, packet.fromPort) &&
          port(rule.toPorts, packet.toPort)
        )
          return !rule.drops;
      }
      return !acl.drops;
    });
  }

  #machineOf(id: string | undefined): Machine | undefined {
    const card = this.#estate.find(id);
    const of = card?.type.startsWith("scaleway:instance/privateNic:") === true ? this.#estate.ref(card, "serverId") : id;
    return this.#estate.machines.get(of ?? "");
  }

  #nextHop(route: PlainNetworks["routes"][number], packet: Packet): void {
    if (route.network !== undefined) {
      if (this.#estate.nets.has(route.network)) this.#put({ at: "arrived", net: route.network }, packet);
      else this.#put({ at: "end", node: "elsewhere" }, packet);
      return;
    }
    if (route.connector !== undefined) {
      const connector = this.#estate.find(route.connector);
      const [vpc, target] = [connector, connector].map((c, i) =>
        c === undefined ? undefined : this.#estate.ref(c, i === 0 ? "vpcId" : "targetVpcId"),
      );
      if (vpc === route.vpc && this.#estate.peersOf(vpc).includes(target ?? "")) {
        this.#put({ at: "entered", vpc: target ?? "" }, packet);
      }
      return;
    }
    const machine = this.#machineOf(route.resource);
    if (machine !== undefined) {
      this.#put({ at: "router", machine: machine.urn, destination: route.vpc }, packet);
      return;
    }
    if (this.#estate.find(route.resource)?.type.startsWith("scaleway:network/publicGateway:") === true) {
      if (this.#family === 4 && isPublic(4, packet.to)) this.#put({ at: "end", node: "internet" }, packet);
      return;
    }
    this.#put({ at: "end", node: "elsewhere" }, packet);
  }

  /** A machine that was made a next hop sends on what is not its own, by each of its cards. */
  #forwarded(urn: string, vpc: string, packet: Packet): void {
    const machine = [...this.#estate.machines.values()].find((m) => m.urn === urn);
    if (machine === undefined) return;
    for (const net of machine.cards.keys()) this.#put({ at: "sent", net }, packet);
    if (machine.isPublic && machine.letsOut && isPublic(this.#family, packet.to)) {
      this.#put({ at: "end", node: "internet" }, packet);
    }
    let explained = this.#estate.netsOf(vpc).some((n) => inside(n.ranges[this.#family], packet.to));
    for (const far of this.#tunnelsOf(machine, vpc)) {
      if (!far.targets.some((n) => inside(n.ranges[this.#family], packet.to))) continue;
      explained = true;
      for (const net of far.machine.cards.keys()) this.#put({ at: "sent", net }, packet);
    }
    if (!explained && !isPublic(this.#family, packet.to)) this.#put({ at: "end", node: "elsewhere" }, packet);
  }

  /** Two routers of different VPCs, each the next hop to networks of the other's, one of them callable by UDP from outside. */
  #tunnelsOf(near: Machine, vpc: string): readonly { readonly machine: Machine; readonly targets: readonly Net[] }[] {
    const leads = (machine: Machine, from: string, to: string): readonly Net[] =>
      this.#estate.netsOf(to).filter((net) =>
        this.#estate.routes.some(
          (r) =>
            r.vpc === from &&
            this.#machineOf(r.resource) === machine &&
            [...net.ranges[4].map((range) => [4, range] as const), ...net.ranges[6].map((range) => [6, range] as const)].some(
              ([family, range]) => {
                const cut = rangeOf(r.destination);
                return cut !== undefined && cut.family === family && cut.range[0] <= range[1] && range[0] <= cut.range[1];
              },
            ),
        ),
      );
    const callable = (m: Machine): boolean => m.isPublic || this.#isMappedByUdp(m);
    return [...this.#estate.machines.values()].flatMap((far) => {
      if (far === near || (!callable(far) && !callable(near))) return [];
      const homes = [...new Set([...far.cards.keys()].flatMap((n) => this.#estate.nets.get(n)?.vpc ?? []))];
      return homes
        .filter((home) => home !== vpc && leads(far, home, vpc).length > 0)
        .map((home) => ({ machine: far, targets: leads(near, vpc, home) }));
    });
  }

  #isMappedByUdp(machine: Machine): boolean {
    return this.#estate.of("network/publicGatewayPatRule").some((rule) => {
      if (rule.inputs["protocol"] === "tcp") return false;
      const to = rangeOf(text(rule.inputs["privateIp"]) ?? "");
      return (
        to !== undefined &&
        this.#estate.attachments
          .filter((a) => a.gateway === this.#estate.ref(rule, "gatewayId"))
          .some((a) => [...machine.cards.keys()].some((n) => n === a.network && this.#answers(machine, n, to.range[0])))
      );
    });
  }

  #answers(machine: Machine, net: string, address: bigint): boolean {
    const card = machine.cards.get(net);
    if (card === undefined) return false;
    if (card === "any") return inside(this.#estate.nets.get(net)?.ranges[this.#family] ?? [], address);
    return card.some((own) => within(own, this.#family, address));
  }

  #fromPeer(vpc: string, packet: Packet): void {
    for (const net of this.#estate.netsOf(vpc))
      if (inside(net.ranges[this.#family], packet.to)) this.#put({ at: "arrived", net: net.id }, packet);
    for (const route of this.#estate.routes.filter((r) => r.vpc === vpc))
      if (within(route.destination, this.#family, packet.to)) this.#nextHop(route, packet);
    if (this.#estate.letsTransit(vpc) && !isPublic(this.#family, packet.to))
      for (const peer of this.#estate.peersOf(vpc)) this.#put({ at: "entered", vpc: peer }, packet);
    this.#ingress(vpc, packet);
  }

  #ingress(vpc: string, packet: Packet): void {
    for (const rule of this.#estate.of("network/ingressRule")) {
      if (this.#estate.ref(rule, "vpcId") !== vpc) continue;
      const to = rangeOf(text(rule.inputs["nexthopResourceIp"]) ?? "");
      const net = this.#estate.ref(rule, "nexthopPrivateNetworkId") ?? "";
      if (to === undefined || to.family !== this.#family || !this.#estate.nets.has(net)) continue;
      if (!within(text(rule.inputs["source"]) ?? "", this.#family, packet.from)) continue;
      this.#put({ at: "arrived", net }, { ...packet, to: to.range[0] });
    }
  }

  /** What hosts do with a packet that arrived in their network. */
  #taken(id: string, packet: Packet): void {
    for (const machine of this.#estate.machines.values())
      if (this.#answers(machine, id, packet.to)) this.#capture(machine);
    for (const balancer of this.#estate.balancers)
      if (balancer.networks.includes(id) && inside(this.#estate.nets.get(id)?.ranges[this.#family] ?? [], packet.to))
        this.#balance(balancer, packet.protocol, packet.toPort);
  }

  #capture(machine: Machine): void {
    if (this.#captured.has(machine.urn) || machine.cards.size + (machine.isPublic ? 1 : 0) < 2) return;
    this.#captured.add(machine.urn);
    for (const id of machine.cards.keys()) {
      const net = this.#estate.nets.get(id);
      if (net !== undefined) this.#opens(net, this.#world.addresses.filter((a) => this.#answers(machine, id, a)), "any");
    }
    if (machine.isPublic && machine.letsOut)
      for (const packet of this.#packets(this.#outside(), this.#outside(), "any")) this.#put({ at: "end", node: "internet" }, packet);
  }

  #outside(): readonly bigint[] {
    return this.#world.addresses.filter((a) => isPublic(this.#family, a));
  }

  #balance(balancer: PlainNetworks["balancers"][number], protocol: number, port: number): void {
    if (PROTOCOLS[protocol] !== "TCP") return;
    for (const door of balancer.doors.filter((d) => d.port === port)) {
      const key = `${balancer.urn} ${door.port} ${door.to} ${door.servers.join()}`;
      if (this.#captured.has(key)) continue;
      this.#captured.add(key);
      for (const server of door.servers.flatMap((s) => rangeOf(s) ?? [])) {
        if (server.family !== this.#family) continue;
        const to = server.range[0];
        const sent = (from: readonly bigint[]) => [...this.#packets(from, [to], "TCP")].filter((p) => p.toPort === door.to);
        for (const id of balancer.networks) {
          const net = this.#estate.nets.get(id);
          if (net !== undefined) for (const p of sent(this.#own(net))) this.#put({ at: "sent", net: id }, p);
        }
        if (isPublic(this.#family, to)) for (const p of sent(this.#outside())) this.#put({ at: "end", node: "internet" }, p);
      }
    }
  }

  #fromInternet(): void {
    for (const rule of this.#estate.of("network/publicGatewayPatRule")) {
      const to = rangeOf(text(rule.inputs["privateIp"]) ?? "");
      if (to === undefined || to.family !== this.#family) continue;
      const wanted = (text(rule.inputs["protocol"]) ?? "both").toUpperCase();
      for (const { network } of this.#estate.attachments.filter((a) => a.gateway === this.#estate.ref(rule, "gatewayId")))
        for (const packet of this.#packets(this.#outside(), [to.range[0]], "any")) {
          const name = PROTOCOLS[packet.protocol];
          if (name !== "TCP" && name !== "UDP") continue;
          if (wanted !== "BOTH" && wanted !== name) continue;
          if (packet.toPort === rule.inputs["privatePort"]) this.#put({ at: "sent", net: network }, packet);
        }
    }
    for (const gateway of this.#estate.of("network/publicGateway").filter((g) => g.inputs["bastionEnabled"] === true))
      for (const { network } of this.#estate.attachments.filter((a) => a.gateway === String(gateway.id).split("/").at(-1))) {
        const net = this.#estate.nets.get(network);
        if (net !== undefined) this.#opens(net, this.#own(net), "TCP");
      }
    for (const machine of this.#estate.machines.values()) {
      if (!machine.isPublic) continue;
      for (const packet of this.#packets(this.#outside(), this.#outside(), "any"))
        if (machine.inbound(PROTOCOLS[packet.protocol] ?? "", packet.toPort, packet.from, this.#family)) {
          this.#put({ at: "end", node: machine.urn }, packet);
          this.#capture(machine);
        }
    }
    for (const service of this.#estate.of("databases/instance"))
      if (list(service.inputs["loadBalancer"]).length > 0 || service.inputs["privateNetwork"] === undefined)
        for (const packet of this.#packets(this.#outside(), this.#outside(), "any")) this.#put({ at: "end", node: service.urn }, packet);
    for (const balancer of this.#estate.balancers) for (const door of balancer.doors) this.#balance(balancer, 0, door.port);
    this.#ingressFromOutside();
  }

  #ingressFromOutside(): void {
    for (const rule of this.#estate.of("network/ingressRule"))
      for (const packet of this.#packets(this.#world.addresses, this.#world.addresses, "any"))
        this.#ingress(this.#estate.ref(rule, "vpcId") ?? "", packet);
  }

  #fromElsewhere(): void {
    const all = () => this.#packets(this.#world.addresses, this.#world.addresses, "any");
    for (const link of this.#estate.of("s2svpn/gateway"))
      for (const packet of all()) this.#put({ at: "sent", net: this.#estate.ref(link, "privateNetworkId") ?? "" }, packet);
    for (const link of this.#estate.of("interlink/link"))
      for (const packet of all()) this.#put({ at: "entered", vpc: this.#estate.ref(link, "vpcId") ?? "" }, packet);
    this.#ingressFromOutside();
  }
}

const print = (p: Packet): string => `${p.protocol} ${p.from} ${p.to} ${p.fromPort} ${p.toPort}`;

function parse(name: string): Packet {
  const [protocol = "0", from = "0", to = "0", fromPort = "0", toPort = "0"] = name.split(" ");
  return { protocol: Number(protocol), from: BigInt(from), to: BigInt(to), fromPort: Number(fromPort), toPort: Number(toPort) };
}

/** Every range and port that the estate writes, wherever it writes it: found by looking at all texts, so that none is missed. */
function worldOf(resources: readonly RawResource[], family: Family): Universe {
  const ranges: Range[] = [];
  const to = new Set<number>();
  const from = new Set<number>();
  const look = (key: string, value: unknown): void => {
    if (typeof value === "string") {
      const range = rangeOf(value);
      if (range !== undefined && range.family === family) ranges.push(range.range);
      const pair = /^(\d+)(?:-(\d+))?$/.exec(value);
      if (key === "portRange" && pair !== null) for (const p of [Number(pair[1]), Number(pair[2] ?? pair[1])]) to.add(p);
    } else if (typeof value === "number") {
      if (/^srcPort/.test(key)) from.add(value);
      else if (/port/i.test(key)) to.add(value);
    } else if (Array.isArray(value)) for (const item of value) look(key, item);
    else if (typeof value === "object" && value !== null) for (const [k, v] of Object.entries(value)) look(k, v);
  };
  for (const r of resources) look("", r.inputs);
  const usable = (set: ReadonlySet<number>): readonly number[] => [...set].filter((p) => p > 0 && p < 65_536);
  return universeOf(family, ranges, { from: usable(from), to: usable(to) });
}
