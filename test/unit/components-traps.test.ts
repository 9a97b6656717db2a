import { beforeAll, describe, expect, it } from "vitest";
import { isEverything, parseCidr } from "../../kernel/cidr.ts";
import { GATEWAY_ADDRESS, type Recorded, type Recording } from "../harness/recorder.ts";
import { made, recordRehearsal } from "../harness/rehearsal.ts";

/**
 * The provider's traps that touch a component (scaleway.md §2–§4), one line each: which types it lies in, and what every
 * resource of them must show for it to be closed. A trap whose types the foundation does not have fails too.
 */
interface Trap {
  readonly trap: string;
  readonly types: readonly string[];
  readonly closed: (r: Recorded, run: Recording) => boolean;
}

const SCALEWAY_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const list = (value: unknown): readonly Record<string, unknown>[] => (Array.isArray(value) ? value : []);
const byName = (run: Recording, urn: string): Recorded | undefined => run.resources.find((r) => r.urn === urn);
const dependsOnType = (r: Recorded, run: Recording, type: string): boolean =>
  r.dependencies.some((urn) => byName(run, urn)?.type === type);
const derivedFrom = (r: Recorded, run: Recording, property: string, type: string): boolean =>
  (r.propertyDependencies[property] ?? []).some((urn) => byName(run, urn)?.type === type);

const BUCKET_PARTS = [
  "scaleway:object/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "scaleway:object/bucketPolicy:BucketPolicy",
  "scaleway:object/bucketLockConfiguration:BucketLockConfiguration",
];
const ACL = "scaleway:network/acl:Acl";
const ATTACHMENT = "scaleway:network/gatewayNetwork:GatewayNetwork";
const GATEWAY = "scaleway:network/publicGateway:PublicGateway";
const CLUSTER = "scaleway:kubernetes/cluster:Cluster";
const POOL = "scaleway:kubernetes/pool:Pool";
const SERVER = "scaleway:instance/server:Server";
const NIC = "scaleway:instance/privateNic:PrivateNic";

const TRAPS: readonly Trap[] = [
  {
    trap: "a private network without VPC lands in the default one",
    types: ["scaleway:network/privateNetwork:PrivateNetwork"],
    closed: (r, run) => derivedFrom(r, run, "vpcId", "scaleway:network/vpc:Vpc"),
  },
  {
    trap: "a private network learns default routes",
    types: ["scaleway:network/privateNetwork:PrivateNetwork"],
    closed: (r) => r.inputs.enableDefaultRoutePropagation === false,
  },
  {
    trap: "routing of a VPC cannot be off, nor route propagation taken back: a written false differs for ever",
    types: ["scaleway:network/vpc:Vpc"],
    closed: (r) => r.inputs.enableRouting === true && r.inputs.enableCustomRoutesPropagation === true,
  },
  { trap: "a VPC ACL accepts by default", types: [ACL], closed: (r) => r.inputs.defaultPolicy === "drop" },
  {
    trap: "a changed vpcId writes the ACL of the old VPC",
    types: [ACL],
    closed: (r) => ["vpcId", "isIpv6"].every((property) => r.replaceOnChanges.includes(property)),
  },
  { trap: "deleting an ACL opens the IPv4 list", types: [ACL], closed: (r) => r.retainOnDelete && r.protect },
  {
    trap: "a rule without source or destination is sent as any",
    types: [ACL],
    closed: (r) =>
      list(r.inputs.rules).every((rule) =>
        [rule.source, rule.destination].every((range) => parseCidr(String(range)) !== undefined),
      ),
  },
  {
    trap: "booked addresses change their network silently",
    types: ["scaleway:ipam/ip:Ip"],
    closed: (r) => r.replaceOnChanges.includes("sources"),
  },
  {
    trap: "somebody else is given a booked address, or talks before the ACLs drop",
    types: [ATTACHMENT, CLUSTER, SERVER, NIC],
    closed: (r, run) => dependsOnType(r, run, ACL),
  },
  {
    trap: "an attachment without ipamConfigs pushes no default route",
    types: [ATTACHMENT],
    closed: (r) => typeof list(r.inputs.ipamConfigs)[0]?.pushDefaultRoute === "boolean",
  },
  {
    trap: "a bastion with an empty list is open to the world",
    types: [GATEWAY],
    closed: (r) =>
      r.inputs.bastionEnabled === false ||
      (Array.isArray(r.inputs.allowedIpRanges) &&
        r.inputs.allowedIpRanges.length > 0 &&
        r.inputs.allowedIpRanges.every((text) => {
          const range = parseCidr(String(text));
          return range !== undefined && !isEverything(range);
        })),
  },
  {
    trap: "a bastion copies the keys that exist when it is switched on, and no later ones",
    types: [GATEWAY],
    closed: (r, run) =>
      r.inputs.bastionEnabled === false ||
      (dependsOnType(r, run, "scaleway:iam/sshKey:SshKey") && /^[0-9a-f]{64}$/.test(String(r.inputs.refreshSshKeys))),
  },
  {
    trap: "re-enabling a disabled SSH key is dropped",
    types: ["scaleway:iam/sshKey:SshKey"],
    closed: (r) => !("disabled" in r.inputs),
  },
  {
    trap: "without private network a cluster makes one in the default VPC",
    types: [CLUSTER],
    closed: (r, run) => derivedFrom(r, run, "privateNetworkId", "scaleway:network/privateNetwork:PrivateNetwork"),
  },
  {
    trap: "deleting a cluster takes its private network along",
    types: [CLUSTER],
    closed: (r) => r.inputs.deleteAdditionalResources === false && r.protect,
  },
  {
    trap: "some autoscaler settings replace the cluster",
    types: [CLUSTER],
    closed: (r) => !("autoscalerConfig" in r.inputs),
  },
  {
    trap: "a minor version needs auto-upgrade",
    types: [CLUSTER],
    closed: (r) => /^\d+\.\d+$/.test(String(r.inputs.version)) && "autoUpgrade" in r.inputs,
  },
  { trap: "nodes get public addresses", types: [POOL], closed: (r) => r.inputs.publicIpDisabled === true },
  {
    trap: "private nodes before their gateway never reach the control plane",
    types: [CLUSTER, POOL],
    closed: (r, run) => dependsOnType(r, run, ATTACHMENT),
  },
  {
    trap: "pools share the default security group",
    types: [POOL],
    closed: (r, run) => derivedFrom(r, run, "securityGroupId", "scaleway:instance/securityGroup:SecurityGroup"),
  },
  { trap: "start-up taints overwrite taints", types: [POOL], closed: (r) => !("startupTaints" in r.inputs) },
  {
    trap: "nodes join before the control plane's ACL is set",
    types: [POOL],
    closed: (r, run) => dependsOnType(r, run, "scaleway:kubernetes/acl:Acl"),
  },
  {
    trap: "a deleted control-plane ACL opens the cluster to everybody",
    types: ["scaleway:kubernetes/acl:Acl"],
    closed: (r) => r.retainOnDelete && r.protect && !("noIpAllowed" in r.inputs),
  },
  {
    trap: "a control-plane ACL admits all of Scaleway, or everybody",
    types: ["scaleway:kubernetes/acl:Acl"],
    closed: (r) =>
      list(r.inputs.aclRules).length > 0 &&
      list(r.inputs.aclRules).every((rule) => {
        const range = parseCidr(String(rule.ip));
        return range !== undefined && !isEverything(range) && !("scalewayRanges" in rule);
      }) &&
      list(r.inputs.aclRules).some((rule) => rule.ip === `${GATEWAY_ADDRESS}/32`),
  },
  {
    trap: "bucket parts called by id fail or write elsewhere",
    types: BUCKET_PARTS,
    closed: (r, run) =>
      !String(r.inputs.bucket).includes("/") &&
      derivedFrom(r, run, "bucket", "scaleway:object/bucket:Bucket") &&
      typeof r.inputs.projectId === "string",
  },
  {
    trap: "any text passes as key of a bucket, and no key without a bucket key",
    types: BUCKET_PARTS.slice(0, 1),
    closed: (r, run) => {
      const rule = JSON.stringify(r.inputs.rules);
      const [id = ""] = /(?<="kmsMasterKeyId":")[^"]*/.exec(rule) ?? [];
      const key = (r.propertyDependencies.rules ?? [])
        .map((urn) => byName(run, urn))
        .find((k) => k?.type === "bastide:keymanager:Key");
      return (
        rule.includes('"aws:kms"') &&
        rule.includes('"bucketKeyEnabled":true') &&
        SCALEWAY_UUID.test(id) &&
        key?.inputs.region === r.inputs.region
      );
    },
  },
  {
    trap: "a forced destroy takes locked objects",
    types: ["scaleway:object/bucket:Bucket"],
    closed: (r) =>
      r.inputs.forceDestroy === false && r.protect && !("acl" in r.inputs) && !("lifecycleRules" in r.inputs),
  },
  {
    trap: "a bucket policy of the old version, or one set before the parts it locks out",
    types: ["scaleway:object/bucketPolicy:BucketPolicy"],
    closed: (r, run) =>
      String(r.inputs.policy).includes('"Version":"2023-04-17"') &&
      !/"\*"\]?}|application_id:"/.test(String(r.inputs.policy).replace(/"(Action|Resource)":\[[^\]]*\]/g, "")) &&
      dependsOnType(r, run, BUCKET_PARTS[0] ?? ""),
  },
  {
    trap: "keys that can be deleted",
    types: ["bastide:keymanager:Key"],
    closed: (r) => r.inputs.unprotected === false && r.protect && typeof r.inputs.protectionLevel === "string",
  },
  {
    trap: "secrets are unprotected by default",
    types: ["scaleway:secrets/secret:Secret"],
    closed: (r) => r.inputs.protected === true && r.protect,
  },
  {
    trap: "API keys live for ever, or belong to a person",
    types: ["scaleway:iam/apiKey:ApiKey"],
    closed: (r) => typeof r.inputs.expiresAt === "string" && "applicationId" in r.inputs && !("userId" in r.inputs),
  },
  {
    trap: "a policy bound to a user, or to nobody",
    types: ["scaleway:iam/policy:Policy"],
    closed: (r) =>
      !("userId" in r.inputs) && !("noPrincipal" in r.inputs) && "applicationId" in r.inputs !== "groupId" in r.inputs,
  },
  {
    trap: "servers with public address, or in the project's default group",
    types: [SERVER],
    closed: (r, run) =>
      r.inputs.enableDynamicIp === false &&
      !("ipId" in r.inputs || "ipIds" in r.inputs) &&
      derivedFrom(r, run, "securityGroupId", "scaleway:instance/securityGroup:SecurityGroup"),
  },
  {
    trap: "a server's own networks take any address",
    types: [NIC],
    closed: (r, run) => derivedFrom(r, run, "ipamIpIds", "scaleway:ipam/ip:Ip"),
  },
  {
    trap: "security groups accept by default",
    types: ["scaleway:instance/securityGroup:SecurityGroup"],
    closed: (r) => r.inputs.inboundDefaultPolicy === "drop" && r.inputs.outboundDefaultPolicy === "drop",
  },
  {
    trap: "a registry that may be public",
    types: ["scaleway:registry/namespace:Namespace"],
    closed: (r) => r.inputs.isPublic === false && r.protect,
  },
];

describe("traps of the provider", () => {
  let run: Recording;
  beforeAll(async () => {
    run = await recordRehearsal("foundation");
  });

  it.each(TRAPS)("closed: $trap", ({ types, closed }) => {
    for (const type of types) {
      const subjects = made(run).filter((r) => r.type === type);
      expect(subjects.length, `${type} in the foundation`).toBeGreaterThan(0);
      expect(subjects.filter((r) => !closed(r, run)).map((r) => r.urn)).toEqual([]);
    }
  });

  it("uses no load balancer: with provider 2.80.0 a private one gets a public address", () => {
    expect(made(run).filter((r) => r.type.startsWith("scaleway:loadbalancers/"))).toEqual([]);
  });

  it("never uses a deprecated alias of a type", () => {
    expect(made(run).filter((r) => r.type.startsWith("scaleway:index/"))).toEqual([]);
  });
});
