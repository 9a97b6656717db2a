import { T } from "../../harness/types.ts";
import type { Holes } from "./hole.ts";
import { DMZ_GATEWAY, net, PAR, PAR1, peer, server, tagged, VPC, type World } from "./world.ts";

const INTERLINK = "scaleway:interlink/link:Link";
const acl = "network-fr-par-acl-v4";
const acl6 = "network-fr-par-acl-v6";

const first = (w: World, name: string, rule: Readonly<Record<string, string | number>>): void =>
  w.change([T.acl, name], (before) => ({
    ...before,
    rules: [rule, ...(Array.isArray(before.rules) ? before.rules : [])],
  }));

const serves = (w: World, gateway: string, network: string, name: string): void => {
  const ipamConfigs = [{ pushDefaultRoute: true }];
  w.add(T.attachment, name, {
    ...PAR1,
    gatewayId: gateway,
    privateNetworkId: network,
    enableMasquerade: true,
    ipamConfigs,
  });
};

export const NETWORK_HOLES: Holes = {
  G1: [
    {
      name: "a chain of two peerings to a VPC that a link leads out of",
      make: (w) => {
        const hub = peer(w, w.id(VPC), "hub");
        const far = peer(w, hub, "far");
        w.add(INTERLINK, "leased-line", { ...PAR, vpcId: far, popId: "p", bandwidthMbps: 100, ...tagged("compute") });
      },
      on: net("data"),
      way: ["to-hub.targetVpcId", "to-far.targetVpcId", "leased-line.vpcId"],
    },
    {
      name: "a route to public addresses over a peering to another VPC's gateway",
      make: (w) => {
        const hub = peer(w, w.id(VPC), "hub");
        const ipv4Subnet = { subnet: "10.90.0.0/24" };
        const edge = w.add(T.network, "edge", { ...PAR, vpcId: hub, ipv4Subnet, ...tagged("dmz") });
        serves(w, w.id(DMZ_GATEWAY), edge, "edge-gateway");
        const nexthopVpcConnectorId = "fr-par/to-hub";
        const destination = "203.0.113.0/24";
        w.add(T.route, "partner", { ...PAR, vpcId: w.id(VPC), destination, nexthopVpcConnectorId, ...tagged("dmz") });
      },
      on: net("data"),
      way: ["partner.destination", "edge-gateway.ipamConfigs", "edge-gateway.enableMasquerade"],
    },
    {
      name: "a route to public addresses by a router with an address of its own",
      make: (w) => {
        const ip = w.add(T.flexibleIp, "router-ip", { ...PAR1, ...tagged("dmz") });
        const router = server(w, "router", { dmz: "10.16.0.77" }, { ipId: ip });
        w.add(T.route, "partner", {
          ...PAR,
          vpcId: w.id(VPC),
          destination: "203.0.113.0/24",
          nexthopResourceId: router,
          ...tagged("dmz"),
        });
      },
      on: net("data"),
      way: ["partner.destination", "router.ipId"],
    },
    {
      name: "a machine of two networks, the second with a gateway of its own",
      make: (w) => {
        server(w, "mover", { data: "10.16.48.77", backup: "10.16.96.77" });
        serves(w, w.id(DMZ_GATEWAY), w.id(net("backup")), "backup-gateway");
      },
      on: net("data"),
      way: [
        "mover-data.privateNetworkId",
        "mover-backup.privateNetworkId",
        "backup-gateway.ipamConfigs",
        "backup-gateway.enableMasquerade",
      ],
    },
  ],
  G2: [
    {
      name: "a mapped port to a machine that stands in the data network too",
      make: (w) => {
        server(w, "jump", { dmz: "10.16.0.77", data: "10.16.48.77" });
        w.add(T.patRule, "ssh", {
          ...PAR1,
          gatewayId: w.id(DMZ_GATEWAY),
          privateIp: "10.16.0.77",
          privatePort: 22,
          publicPort: 2222,
          protocol: "tcp",
        });
      },
      on: net("data"),
      way: ["ssh.privateIp", "ssh.privateIp", "jump-dmz.privateNetworkId", "jump-data.privateNetworkId"],
    },
    {
      name: "a load balancer that is called internal and whose servers are in the data network",
      make: (w) => {
        const lb = w.add(T.loadBalancer, "internal-only", {
          ...PAR1,
          type: "LB-S",
          assignFlexibleIp: false,
          privateNetworks: [{ privateNetworkId: w.id(net("data")) }],
          ...tagged("dmz"),
        });
        const back = w.add(
          T.backend,
          "sql",
          { lbId: lb, forwardPort: 5432, forwardProtocol: "tcp", serverIps: ["10.16.48.50"] },
          { place: "fr-par-1" },
        );
        w.add(T.frontend, "sql-in", { lbId: lb, backendId: back, inboundPort: 5432 }, { place: "fr-par-1" });
      },
      on: net("data"),
      way: ["internal-only.ipIds", "sql.serverIps"],
    },
    {
      name: "nodes with public addresses, and a rule in their group",
      make: (w) => {
        w.change([T.pool, "cluster-fr-par-general-1"], (before) => ({ ...before, publicIpDisabled: false }));
        w.change([T.group, "cluster-fr-par-sg-1"], (before) => ({
          ...before,
          inboundRules: [{ action: "accept", protocol: "TCP", port: 10250 }],
        }));
      },
      on: net("compute"),
      way: ["cluster-fr-par-general-1.publicIpDisabled", "cluster-fr-par-general-1.clusterId"],
    },
    {
      name: "a leased line behind a peering",
      make: (w) => {
        const hub = peer(w, w.id(VPC), "hub");
        w.add(INTERLINK, "leased-line", { ...PAR, vpcId: hub, popId: "p", bandwidthMbps: 100, ...tagged("compute") });
      },
      on: net("log"),
      way: ["leased-line.vpcId", "from-hub.targetVpcId", "network-fr-par-vpc.enableRouting"],
    },
  ],
  G13: [
    {
      name: "a rule before the one that drops",
      make: (w) => {
        first(w, acl, { action: "drop", protocol: "TCP", source: "10.16.48.0/22", destination: "10.16.64.0/22" });
        first(w, acl, {
          action: "accept",
          protocol: "TCP",
          source: "10.16.48.0/22",
          destination: "10.16.64.0/22",
          dstPortLow: 22,
          dstPortHigh: 22,
        });
      },
      on: net("data"),
      way: [`${acl}.rules[0]`],
    },
    {
      name: "an opening for IPv6 alone",
      make: (w) => first(w, acl6, { action: "accept", protocol: "ANY", source: "::/0", destination: "::/0" }),
      on: net("data"),
      way: [`${acl6}.rules[0]`],
    },
    {
      name: "a second card of the administrators' host",
      make: (w) => {
        const serverId = w.id([T.server, "bastion-fr-par-admin-host"]);
        w.add(T.nic, "second-card", { ...PAR1, serverId, privateNetworkId: w.id(net("data")), ...tagged("data") });
      },
      on: net("admin"),
      way: ["bastion-fr-par-admin-host-nic.privateNetworkId", "second-card.privateNetworkId"],
    },
  ],
};
