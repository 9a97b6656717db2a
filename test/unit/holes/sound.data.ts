import { T } from "../../harness/types.ts";
import type { Sound } from "./hole.ts";
import {
  app,
  bucketTags,
  DMZ_GATEWAY,
  grant,
  net,
  PAR,
  PAR1,
  peer,
  project,
  server,
  tagged,
  VPC,
  type World,
} from "./world.ts";

const acl = "network-fr-par-acl-v4";
const broker = (w: World): string => w.id(app("broker"));
const DECRYPT = "KeyManagerKeyDecrypt";

/** Rules put before those of the IPv4 list, in order. */
const before = (w: World, rules: readonly Readonly<Record<string, string | number>>[]): void =>
  w.change([T.acl, acl], (inputs) => ({
    ...inputs,
    rules: [...rules, ...(Array.isArray(inputs.rules) ? inputs.rules : [])],
  }));

const wide = { protocol: "ANY", source: "10.16.48.0/22", destination: "10.16.64.0/22" };

export const SOUND: readonly Sound[] = [
  {
    name: "a rule that accepts behind one that drops the same",
    make: (w) =>
      before(w, [
        { action: "drop", ...wide },
        { action: "accept", ...wide },
      ]),
    passes: false,
  },
  {
    name: "a peering of which the other side was never made",
    make: (w) => {
      const hub = w.add(T.vpc, "hub", { ...PAR, ...tagged("compute") });
      w.add(T.connector, "to-hub", { ...PAR, vpcId: w.id(VPC), targetVpcId: hub, ...tagged("compute") });
      w.add("scaleway:interlink/link:Link", "leased-line", { ...PAR, vpcId: hub, popId: "p", bandwidthMbps: 100 });
    },
    passes: false,
  },
  {
    name: "a chain of peerings whose middle lets nobody through",
    make: (w) => {
      const hub = peer(w, w.id(VPC), "hub", { enableTransitivity: false });
      const far = peer(w, hub, "far");
      w.add("scaleway:interlink/link:Link", "leased-line", { ...PAR, vpcId: far, popId: "p", bandwidthMbps: 100 });
    },
    passes: false,
  },
  {
    name: "a group that lets everything in, of a server without a public address",
    make: (w) => {
      const open = {
        inboundDefaultPolicy: "accept",
        outboundDefaultPolicy: "accept",
        projectId: w.id(project("network")),
      };
      const group = w.add(T.group, "open", { ...PAR1, ...open, ...tagged("data") });
      server(w, "inside", { data: "10.16.48.77" }, { securityGroupId: group });
    },
    passes: false,
  },
  {
    name: "a mapped port to a server that stands in dmz alone",
    make: (w) => {
      server(w, "edge", { dmz: "10.16.0.77" });
      w.add(T.patRule, "https", {
        ...PAR1,
        gatewayId: w.id(DMZ_GATEWAY),
        privateIp: "10.16.0.77",
        privatePort: 443,
        publicPort: 443,
        protocol: "tcp",
      });
    },
    passes: false,
  },
  {
    name: "a mapped port beside the address of a machine of two networks",
    make: (w) => {
      server(w, "jump", { dmz: "10.16.0.77", export: "10.16.64.77" });
      w.change([T.nic, "jump-export"], (inputs) => ({ ...inputs, privateNetworkId: w.id(net("dmz")) }));
      w.add(T.patRule, "https", {
        ...PAR1,
        gatewayId: w.id(DMZ_GATEWAY),
        privateIp: "10.16.0.78",
        privatePort: 443,
        publicPort: 443,
        protocol: "tcp",
      });
    },
    passes: false,
  },
  {
    name: "a default route to a router, which the data network does not take",
    make: (w) => {
      const router = server(w, "router", { dmz: "10.16.0.77" });
      w.add(T.route, "default", { ...PAR, vpcId: w.id(VPC), destination: "0.0.0.0/0", nexthopResourceId: router });
    },
    passes: false,
  },
  {
    name: "a public server in dmz whose group drops both ways",
    make: (w) => {
      const shut = { inboundDefaultPolicy: "drop", outboundDefaultPolicy: "drop", projectId: w.id(project("network")) };
      const group = w.add(T.group, "shut", { ...PAR1, ...shut, ...tagged("dmz") });
      server(w, "edge", { dmz: "10.16.0.77" }, { securityGroupId: group, enableDynamicIp: true });
    },
    passes: false,
  },
  {
    name: "a right to decrypt that ended a year ago",
    make: (w) =>
      grant(
        w,
        "former",
        { applicationId: broker(w) },
        {
          permissionSetNames: [DECRYPT],
          projectIds: [w.id(project("data-raw"))],
          condition: 'request.time < timestamp("2025-01-01T00:00:00Z")',
        },
      ),
    passes: false,
  },
  {
    name: "a right to decrypt over a project, narrowed to a key that is one's own",
    make: (w) =>
      grant(
        w,
        "narrow",
        { applicationId: broker(w) },
        {
          permissionSetNames: [DECRYPT],
          projectIds: [w.id(project("data-raw"))],
          condition: `resource.id == "${w.bare([T.bastideKey, "keys-fr-par-snds-base-data"])}"`,
        },
      ),
    passes: false,
  },
  {
    name: "a right to read a project whose buckets name somebody else",
    make: (w) => {
      const user = w.add(T.user, "analyst", { email: "analyst@bastide.example", ...tagged("admin") });
      const projectIds = [w.id(project("data"))];
      grant(w, "reads", { userId: user }, { permissionSetNames: ["ObjectStorageObjectsRead", DECRYPT], projectIds });
    },
    passes: false,
  },
  {
    name: "a person whom a bucket names, without a right to its key",
    make: (w) => {
      const user = w.add(T.user, "analyst", { email: "analyst@bastide.example", ...tagged("admin") });
      const projectIds = [w.id(project("data"))];
      grant(w, "reads", { userId: user }, { permissionSetNames: ["ObjectStorageObjectsRead"], projectIds });
      w.allow("domain-snds-base-tables", [`user_id:${user}`], ["s3:GetObject"]);
    },
    passes: false,
  },
  {
    name: "a group within a group that no policy is bound to",
    make: (w) => {
      const inner = w.add(T.iamGroup, "inner", { applicationIds: [broker(w)], ...tagged("admin") });
      w.add(T.iamGroup, "outer", { applicationIds: [inner], ...tagged("admin") });
    },
    passes: true,
  },
  {
    name: "a secret with the key of an application that may nothing",
    make: (w) => {
      const idle = w.add(T.application, "idle", { name: "idle", ...tagged("compute") });
      const key = {
        applicationId: idle,
        expiresAt: "2026-12-20T00:00:00Z",
        defaultProjectId: w.id(project("network")),
      };
      w.add(T.apiKey, "idle-key", key);
      const projectId = w.id(project("network"));
      const secret = w.add(T.secret, "handover", {
        ...PAR,
        projectId,
        path: "/",
        protected: true,
        ...tagged("compute"),
      });
      const made = w.find([T.apiKey, "idle-key"]).urn;
      w.add(T.secretVersion, "handover-v", { ...PAR, secretId: secret, data: "x" }, { dependsOn: { data: [made] } });
    },
    passes: false,
  },
  {
    name: "a bucket that everybody reads, to which nobody who reads data writes",
    make: (w) => {
      const projectId = w.id(project("network"));
      const name = "bastide-rehearsal-drop";
      w.add(T.bucket, "drop", { ...PAR, name, projectId, ...bucketTags("dmz") });
      const policy = JSON.stringify({ Version: "2023-04-17", Statement: [] });
      w.add(T.bucketPolicy, "drop-policy", { ...PAR, projectId, bucket: name, policy });
      w.allow("drop", ["*"], ["s3:GetObject"]);
    },
    passes: false,
  },
  {
    name: "a name that falls over to a name of the same region",
    make: (w) => {
      const record = (name: string, data: string): void => {
        w.add(T.record, name, { dnsZone: "portal.bastide.example", name, type: "CNAME", data, ttl: 60 });
      };
      record("www", "standby.portal.bastide.example.");
      record("standby", "portal.s3-website.fr-par.scw.cloud.");
    },
    passes: false,
  },
];
