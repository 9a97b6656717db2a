import type { RawResource } from "../../judge/facts/raw.ts";
import { type Address, type Packet, PacketWorld } from "./packet-world.ts";
import { type Machine, type Net, PlainNetworks, text } from "./plain-networks.ts";
import { isPublic, PROTOCOLS, type Range, rangeOf } from "./universe.ts";

/**
 * Walks single packets, hop by hop, through a small estate: from Scaleway's documents and the declared semantics alone, with no
 * part of the graph. Everything is a loop over one packet at a time; slow is fine, clever is not.
 */

/** Where a packet is: sent into a network by somebody there, come into a VPC from beside it, taken by a next hop, or arrived. */
type Where =
  | { readonly at: "sent"; readonly net: string }
  | { readonly at: "entered"; readonly vpc: string; readonly from: string }
  | { readonly at: "arrived"; readonly net: string }
  | { readonly at: "router"; readonly machine: string; readonly vpc: string }
  | { readonly at: "end"; readonly node: string };

export interface Arrivals {
  /** By node: the packets that arrive there, as they are on arrival. */
  readonly at: ReadonlyMap<string, readonly Packet[]>;
}

const inside = (ranges: readonly Range[], value: bigint): boolean =>
  ranges.some(([first, last]) => value >= first && value <= last);

const memo = new Map<string, ReturnType<typeof rangeOf>>();
const read = (cidr: string): ReturnType<typeof rangeOf> => {
  if (!memo.has(cidr)) memo.set(cidr, rangeOf(cidr));
  return memo.get(cidr);
};

const within = (cidr: string, { family, value }: Address): boolean => {
  const cut = read(cidr);
  return cut !== undefined && cut.family === family && inside([cut.range], value);
};

const isEverything = (cidr: string): boolean => cidr === "0.0.0.0/0" || cidr === "::/0";
const target = (p: Packet): Address => ({ family: p.family, value: p.to });
const goesOut = (p: Packet): boolean => isPublic(p.family, p.to);
const lies = (net: Net, a: Address): boolean => inside(net.ranges[a.family], a.value);

export class PacketWalker {
  readonly world: PacketWorld;
  readonly #estate: PlainNetworks;
  #seen = new Map<string, Set<Packet>>();
  #queue: { readonly where: Where; readonly packet: Packet }[] = [];
  #captured = new Set<string>();

  constructor(resources: readonly RawResource[]) {
    this.#estate = new PlainNetworks(resources);
    this.world = new PacketWorld(resources);
  }

  /** Everything that a source (a private network by URN, `internet`, `elsewhere`) can make arrive anywhere. */
  walk(source: string): Arrivals {
    this.#seen = new Map();
    this.#queue = [];
    this.#captured = new Set();
    if (source === "internet") this.#fromInternet();
    else if (source === "elsewhere") this.#fromElsewhere();
    else for (const net of this.#estate.nets.values()) if (net.urn === source) this.#opens(net.id, this.#own(net));
    for (let i = 0; i < this.#queue.length; i++) {
      const next = this.#queue[i];
      if (next !== undefined) this.#step(next.where, next.packet);
    }
    const at = new Map<string, readonly Packet[]>();
    for (const [key, packets] of this.#seen) {
      const [how = "", ...rest] = key.split(" ");
      const node = how === "arrived" ? (this.#estate.nets.get(rest[0] ?? "")?.urn ?? "") : rest.join(" ");
      if ((how === "arrived" || how === "end") && node !== source) at.set(node, [...packets]);
    }
    return { at };
  }

  #put(where: Where, packet: Packet): void {
    const key = Object.values(where).join(" ");
    const seen = this.#seen.get(key) ?? new Set();
    this.#seen.set(key, seen);
    if (seen.has(packet)) return;
    seen.add(packet);
    this.#queue.push({ where, packet });
  }

  #end(node: string, packet: Packet): void {
    this.#put({ at: "end", node }, packet);
  }

  #own(net: Net): readonly Address[] {
    return this.world.addresses.filter((a) => lies(net, a));
  }

  /** Every packet that somebody in a network may send from these addresses. */
  #opens(net: string, from: readonly Address[], protocol?: string): void {
    for (const packet of this.world.all(from))
      if (protocol === undefined || PROTOCOLS[packet.protocol] === protocol) this.#put({ at: "sent", net }, packet);
  }

  #step(where: Where, packet: Packet): void {
    if (where.at === "sent") this.#fromNetwork(where.net, packet);
    else if (where.at === "entered") this.#fromPeer(where.vpc, where.from, packet);
    else if (where.at === "arrived") this.#taken(where.net, packet);
    else if (where.at === "router") this.#forwarded(where.machine, where.vpc, packet);
  }

  #fromNetwork(id: string, packet: Packet): void {
    const net = this.#estate.nets.get(id);
    if (net === undefined) return;
    const open = goesOut(packet);
    const passes = this.#passes(net.vpc, packet);
    for (const other of this.#estate.netsOf(net.vpc)) {
      if (lies(other, target(packet)) && (other.id === id || passes))
        this.#put({ at: "arrived", net: other.id }, packet);
      if (this.#linkedAt(other.id) && (other.id === id || passes)) this.#end("elsewhere", packet);
    }
    if (this.#linkedAt(net.vpc)) this.#end("elsewhere", packet);
    for (const route of this.#estate.routes.filter((r) => r.vpc === net.vpc)) {
      if (!within(route.destination, target(packet))) continue;
      if (isEverything(route.destination) && !net.learnsDefaults) continue;
      const beside = route.network === id || this.#standsIn(route.resource, id);
      if (beside || open || passes) this.#nextHop(route, packet);
    }
    if (!open)
      for (const peer of this.#estate.peersOf(net.vpc)) this.#put({ at: "entered", vpc: peer, from: net.vpc }, packet);
    const out = this.#estate.attachments.some(
      (a) =>
        a.leadsOut && (a.network === id || (net.learnsDefaults && this.#estate.nets.get(a.network)?.vpc === net.vpc)),
    );
    if (open && packet.family === 4 && out) this.#end("internet", packet);
  }

  /** Whether a VPN gateway stands in a network, or an InterLink leads from a VPC. */
  #linkedAt(id: string): boolean {
    return (
      this.#estate.of("s2svpn/gateway").some((link) => this.#estate.ref(link, "privateNetworkId") === id) ||
      this.#estate.of("interlink/link").some((link) => this.#estate.ref(link, "vpcId") === id)
    );
  }

  /** The ordered list of the family: the first rule that fits, then the default; no list lets everything pass. */
  #passes(vpc: string, packet: Packet): boolean {
    const lists = this.#estate.acls.filter((a) => a.vpc === vpc && a.family === packet.family);
    const fits = (written: string, value: bigint): boolean =>
      written === "" || within(written, { family: packet.family, value });
    const port = ([low, high]: Range, p: number): boolean => BigInt(p) >= low && BigInt(p) <= high;
    const passes = (acl: (typeof lists)[number]): boolean => {
      for (const rule of acl.rules) {
        if (rule.protocol !== "ANY" && rule.protocol !== PROTOCOLS[packet.protocol]) continue;
        if (!fits(rule.source, packet.from) || !fits(rule.destination, packet.to)) continue;
        if (port(rule.fromPorts, packet.fromPort) && port(rule.toPorts, packet.toPort)) return !rule.drops;
      }
      return !acl.drops;
    };
    return lists.length === 0 || lists.some(passes);
  }

  #machineOf(id: string | undefined): Machine | undefined {
    const card = this.#estate.find(id);
    const of =
      card?.type.startsWith("scaleway:instance/privateNic:") === true ? this.#estate.ref(card, "serverId") : id;
    return this.#estate.machines.get(of ?? "");
  }

  #standsIn(hop: string | undefined, net: string): boolean {
    const card = this.#estate.find(hop);
    if (card?.type.startsWith("scaleway:instance/privateNic:") === true)
      return this.#estate.ref(card, "privateNetworkId") === net;
    return this.#machineOf(hop)?.cards.has(net) === true;
  }

  #nextHop(route: PlainNetworks["routes"][number], packet: Packet): void {
    const { network, connector } = route;
    if (network !== undefined) {
      // Whatever its address, it is on that network: whoever stands there may take it.
      const net = this.#estate.nets.get(network);
      for (const a of net === undefined ? [] : this.#own(net)) {
        const own = this.world.readdressed(packet, a);
        if (own !== undefined) this.#put({ at: "arrived", net: network }, own);
      }
      return;
    }
    if (connector !== undefined) {
      const found = this.#estate.find(connector);
      if (found === undefined) return;
      const to = this.#estate.ref(found, "targetVpcId") ?? "";
      const joined = this.#estate.peersOf(this.#estate.ref(found, "vpcId") ?? "").includes(to);
      if (joined) this.#put({ at: "entered", vpc: to, from: route.vpc }, packet);
      return;
    }
    const machine = this.#machineOf(route.resource);
    if (machine !== undefined) this.#put({ at: "router", machine: machine.urn, vpc: route.vpc }, packet);
    else if (this.#estate.find(route.resource)?.type.startsWith("scaleway:network/publicGateway:") === true) {
      if (packet.family === 4 && goesOut(packet)) this.#end("internet", packet);
    } else this.#end("elsewhere", packet);
  }

  /** A machine that was made a next hop sends on what is not its own, by each of its cards and by its public address. */
  #forwarded(urn: string, vpc: string, packet: Packet): void {
    const machine = [...this.#estate.machines.values()].find((m) => m.urn === urn);
    if (machine === undefined) return;
    for (const net of machine.cards.keys()) this.#put({ at: "sent", net }, packet);
    if (machine.isPublic && machine.letsOut && goesOut(packet)) this.#end("internet", packet);
    let explained = this.#estate.netsOf(vpc).some((n) => lies(n, target(packet)));
    for (const far of this.#tunnelsOf(machine)) {
      if (!far.targets.some((n) => lies(n, target(packet)))) continue;
      explained = true;
      for (const net of far.machine.cards.keys()) this.#put({ at: "sent", net }, packet);
    }
    if (!explained && !goesOut(packet)) this.#end("elsewhere", packet);
  }

  #routesBy(machine: Machine): PlainNetworks["routes"] {
    return this.#estate.routes.filter((r) => this.#machineOf(r.resource) === machine);
  }

  /** Two routers of different VPCs, each the next hop to networks of the other's, one of them callable by UDP from outside. */
  #tunnelsOf(near: Machine): readonly { readonly machine: Machine; readonly targets: readonly Net[] }[] {
    const meets = (net: Net, destination: string): boolean => {
      const cut = read(destination);
      return cut !== undefined && net.ranges[cut.family].some((r) => cut.range[0] <= r[1] && r[0] <= cut.range[1]);
    };
    const leads = (machine: Machine, from: readonly string[], to: string): readonly Net[] =>
      this.#estate
        .netsOf(to)
        .filter((net) => this.#routesBy(machine).some((r) => from.includes(r.vpc) && meets(net, r.destination)));
    const own = this.#routesBy(near).map((r) => r.vpc);
    const callable = (m: Machine): boolean => m.isPublic || this.#isMappedByUdp(m);
    return [...this.#estate.machines.values()].flatMap((far) => {
      if (far === near || (!callable(far) && !callable(near))) return [];
      const homes = [...new Set(this.#routesBy(far).map((r) => r.vpc))].filter((home) => !own.includes(home));
      return homes
        .filter((home) => own.some((o) => leads(far, [home], o).length > 0))
        .map((home) => ({ machine: far, targets: leads(near, own, home) }));
    });
  }

  #isMappedByUdp(machine: Machine): boolean {
    return this.#estate.of("network/publicGatewayPatRule").some((rule) => {
      if (rule.inputs["protocol"] === "tcp") return false;
      const to = read(text(rule.inputs["privateIp"]) ?? "");
      const served = this.#estate.attachments.filter((a) => a.gateway === this.#estate.ref(rule, "gatewayId"));
      return (
        to !== undefined && served.some((a) => this.#answers(machine, a.network, { family: 4, value: to.range[0] }))
      );
    });
  }

  /** A card without booked address may have any; what was put on its network may be for it. */
  #answers(machine: Machine, net: string, address: Address): boolean {
    return machine.cards.get(net)?.some((own) => own === "any" || within(own, address)) === true;
  }

  #fromPeer(vpc: string, from: string, packet: Packet): void {
    const nets = this.#estate.netsOf(vpc);
    for (const net of nets) if (lies(net, target(packet))) this.#put({ at: "arrived", net: net.id }, packet);
    for (const route of this.#estate.routes.filter((r) => r.vpc === vpc))
      if (within(route.destination, target(packet))) this.#nextHop(route, packet);
    if (this.#estate.letsTransit(vpc) && !goesOut(packet))
      for (const peer of this.#estate.peersOf(vpc))
        if (peer !== from) this.#put({ at: "entered", vpc: peer, from: vpc }, packet);
    if (from !== "elsewhere" && (this.#linkedAt(vpc) || nets.some((n) => this.#linkedAt(n.id))))
      this.#end("elsewhere", packet);
    const out = this.#estate.attachments.some((a) => a.leadsOut && this.#estate.nets.get(a.network)?.vpc === vpc);
    if (packet.family === 4 && goesOut(packet) && out) this.#end("internet", packet);
    this.#ingress(vpc, packet);
  }

  #ingress(vpc: string, packet: Packet): void {
    for (const rule of this.#estate.of("network/ingressRule")) {
      if (this.#estate.ref(rule, "vpcId") !== vpc) continue;
      const to = read(text(rule.inputs["nexthopResourceIp"]) ?? "");
      const net = this.#estate.ref(rule, "nexthopPrivateNetworkId") ?? "";
      if (to === undefined || to.family !== packet.family || !this.#estate.nets.has(net)) continue;
      if (!within(text(rule.inputs["source"]) ?? "", { family: packet.family, value: packet.from })) continue;
      const own = this.world.readdressed(packet, { family: to.family, value: to.range[0] });
      if (own !== undefined) this.#put({ at: "arrived", net }, own);
    }
  }

  /** What hosts do with a packet that arrived in their network. */
  #taken(id: string, packet: Packet): void {
    for (const machine of this.#estate.machines.values())
      if (this.#answers(machine, id, target(packet))) this.#capture(machine);
    for (const balancer of this.#estate.balancers)
      if (balancer.networks.includes(id)) this.#balance(balancer, packet.protocol, packet.toPort);
  }

  /** A public address by which something comes in or goes out. */
  #isOpen(machine: Machine): boolean {
    const { outside } = this.world;
    const comesIn = (): boolean =>
      this.world
        .all(outside, outside)
        .some((p) => machine.inbound(PROTOCOLS[p.protocol] ?? "", p.toPort, p.from, p.family));
    return machine.isPublic && (machine.letsOut || comesIn());
  }

  #capture(machine: Machine): void {
    if (this.#captured.has(machine.urn) || machine.cards.size + (this.#isOpen(machine) ? 1 : 0) < 2) return;
    this.#captured.add(machine.urn);
    for (const [id, cards] of machine.cards) {
      const net = this.#estate.nets.get(id);
      const own = (a: Address): boolean =>
        cards.some((c) => (c === "any" ? net !== undefined && lies(net, a) : within(c, a)));
      this.#opens(id, this.world.addresses.filter(own));
    }
    if (machine.isPublic && machine.letsOut)
      for (const p of this.world.all(this.world.outside, this.world.outside)) this.#end("internet", p);
  }

  #balance(balancer: PlainNetworks["balancers"][number], protocol: number, port: number): void {
    if (PROTOCOLS[protocol] !== "TCP") return;
    for (const [i, door] of balancer.doors.entries()) {
      const key = `${balancer.urn} ${i}`;
      if (door.port !== port || this.#captured.has(key)) continue;
      this.#captured.add(key);
      for (const server of door.servers.flatMap((s) => read(s) ?? [])) {
        const to = { family: server.family, value: server.range[0] };
        const sent = (from: readonly Address[]): readonly Packet[] =>
          this.world.all(from, [to]).filter((p) => PROTOCOLS[p.protocol] === "TCP" && p.toPort === door.to);
        for (const id of balancer.networks) {
          const net = this.#estate.nets.get(id);
          for (const p of net === undefined ? [] : sent(this.#own(net))) this.#put({ at: "sent", net: id }, p);
        }
        if (isPublic(to.family, to.value)) for (const p of sent(this.world.outside)) this.#end("internet", p);
      }
    }
  }

  #fromInternet(): void {
    const { outside } = this.world;
    for (const rule of this.#estate.of("network/publicGatewayPatRule")) {
      const to = read(text(rule.inputs["privateIp"]) ?? "");
      if (to === undefined) continue;
      const wanted = (text(rule.inputs["protocol"]) ?? "both").toUpperCase();
      const names = wanted === "BOTH" ? ["TCP", "UDP"] : [wanted];
      for (const { network } of this.#estate.attachments.filter(
        (a) => a.gateway === this.#estate.ref(rule, "gatewayId"),
      ))
        for (const p of this.world.all(outside, [{ family: to.family, value: to.range[0] }]))
          if (names.includes(PROTOCOLS[p.protocol] ?? "") && p.toPort === rule.inputs["privatePort"])
            this.#put({ at: "sent", net: network }, p);
    }
    for (const gateway of this.#estate.of("network/publicGateway").filter((g) => g.inputs["bastionEnabled"] === true))
      for (const a of this.#estate.attachments.filter((x) => x.gateway === String(gateway.id).split("/").at(-1))) {
        const net = this.#estate.nets.get(a.network);
        if (net !== undefined) this.#opens(net.id, this.#own(net), "TCP");
      }
    const calls = this.world.all(outside, outside);
    for (const machine of this.#estate.machines.values())
      for (const p of machine.isPublic ? calls : [])
        if (machine.inbound(PROTOCOLS[p.protocol] ?? "", p.toPort, p.from, p.family)) {
          this.#end(machine.urn, p);
          this.#capture(machine);
        }
    for (const service of this.#estate.of("databases/instance"))
      if (service.inputs["privateNetwork"] === undefined) for (const p of calls) this.#end(service.urn, p);
    for (const balancer of this.#estate.balancers)
      for (const door of balancer.doors) this.#balance(balancer, 0, door.port);
    for (const vpc of this.#vpcs()) for (const p of this.world.all(outside)) this.#ingress(vpc, p);
  }

  #vpcs(): ReadonlySet<string> {
    return new Set(this.#estate.of("network/ingressRule").flatMap((r) => this.#estate.ref(r, "vpcId") ?? []));
  }

  #fromElsewhere(): void {
    for (const p of this.world.all()) {
      for (const net of this.#estate.nets.values())
        if (this.#linkedAt(net.id)) {
          this.#put({ at: "sent", net: net.id }, p);
          this.#ingress(net.vpc, p);
        }
      for (const link of this.#estate.of("interlink/link"))
        this.#put({ at: "entered", vpc: this.#estate.ref(link, "vpcId") ?? "", from: "elsewhere" }, p);
    }
    // Behind a router: what its routes lead to and no network of their VPC, nor one behind a tunnel, explains.
    for (const machine of this.#estate.machines.values()) {
      const beyond = this.#tunnelsOf(machine).flatMap((far) => far.targets);
      for (const route of this.#routesBy(machine).filter((r) => !isEverything(r.destination))) {
        const from = this.world.addresses.filter(
          (a) =>
            within(route.destination, a) &&
            !isPublic(a.family, a.value) &&
            ![...this.#estate.netsOf(route.vpc), ...beyond].some((n) => lies(n, a)),
        );
        for (const net of machine.cards.keys()) this.#opens(net, from);
      }
    }
  }
}
