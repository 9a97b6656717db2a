import { type RawObject, UNKNOWN } from "../../../judge/facts/raw.ts";
import type { RuleId } from "../../../policy-packs/bastide/rules/ids.ts";
import { raw, tagList, tagMap, urnOf } from "../../harness/raw.ts";
import type { MoreCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

const par = { region: "fr-par" };
const bastion = urnOf(T.gateway, "g");
const entrance = (inputs: RawObject) =>
  raw(
    T.gateway,
    "g",
    { zone: "fr-par-1", bastionEnabled: true, allowedIpRanges: ["192.0.2.0/27"], ...inputs },
    { id: "fr-par-1/g" },
  );
const network = (tier: string) => raw(T.network, "n", { ...par, tags: tagList("technical", tier) }, { id: "fr-par/n" });
const attached = (inputs: RawObject = {}, dependsOn = {}) =>
  raw(T.attachment, "a", { gatewayId: "fr-par-1/g", privateNetworkId: "fr-par/n", ...inputs }, { dependsOn });
const group = urnOf(T.group, "s");
const accepts = (over: RawObject) =>
  raw(T.group, "s", { inboundRules: [{ action: "accept", protocol: "TCP", ipRange: "192.0.2.0/28", ...over }] });
const ssh = (name: string, publicKey: string | typeof UNKNOWN) => raw(T.sshKey, name, { publicKey });
const mapped = (inputs: RawObject) =>
  raw(T.patRule, "p", { gatewayId: "g", privateIp: "10.0.0.1", publicPort: 4000, protocol: "both", ...inputs });
const sets = { permissionSetNames: ["IAMManager"], organizationId: "o" };
const policy = (rule: RawObject) => raw(T.policy, "p", { applicationId: "a", rules: [rule] });
const granted = urnOf(T.policy, "p");
const grants = (name: string, who: RawObject, ...permissionSetNames: readonly string[]) =>
  raw(T.policy, name, { ...who, rules: [{ permissionSetNames, projectIds: ["p"] }] });
const app = raw(T.application, "a", { name: "a" }, { id: "1111" });
const health = raw(T.bucket, "h", { name: "h", projectId: "p", tags: tagMap("health-pseudo") });
const reads = raw(T.bucketPolicy, "h", {
  bucket: "h",
  policy: JSON.stringify({
    Version: "2023-04-17",
    Statement: [
      { Effect: "Allow", Principal: { SCW: "application_id:1111" }, Action: ["s3:GetObject"], Resource: ["h/*"] },
    ],
  }),
});

export const moreBastions = {
  "IAM-08": {
    passing: [
      {
        name: "a bastion into the admin network, by which way",
        resources: [entrance({}), network("admin"), attached()],
        on: attached().urn,
        path: [bastion, network("admin").urn],
      },
      {
        name: "a gateway without bastion before the data network",
        resources: [entrance({ bastionEnabled: false }), network("data"), attached(), ssh("k", "one")],
        on: urnOf(T.sshKey, "k"),
      },
      {
        name: "another's gateway before the data network",
        resources: [network("data"), attached(), ssh("k", "one")],
        on: urnOf(T.sshKey, "k"),
      },
      { name: "ports above", resources: [accepts({ portRange: "23-90" })], on: group, property: "inboundRules[0]" },
      { name: "ports below", resources: [accepts({ portRange: "1-21" })], on: group, property: "inboundRules[0]" },
      { name: "SSH dropped", resources: [accepts({ port: 22, action: "drop" })], on: group, got: "drop" },
      { name: "the port by UDP", resources: [accepts({ port: 22, protocol: "UDP" })], on: group, got: "UDP" },
      { name: "pings", resources: [accepts({ protocol: "ICMP" })], on: group, got: "ICMP" },
      {
        name: "SSH from private space",
        resources: [accepts({ port: 22, ipRange: "10.0.0.0/8" })],
        on: group,
        got: "10.0.0.0/8",
      },
      { name: "another mapped port", resources: [mapped({ privatePort: 443 })], on: urnOf(T.patRule, "p"), got: 443 },
      {
        name: "two people's keys of a form that we do not read",
        resources: [ssh("k", "one"), ssh("l", "two")],
        on: urnOf(T.sshKey, "l"),
        path: [],
      },
    ],
    failing: [
      {
        name: "everybody beside a named range",
        resources: [entrance({ allowedIpRanges: ["192.0.2.0/27", "0.0.0.0/0"] })],
        on: bastion,
        property: "allowedIpRanges",
      },
      {
        name: "SSH beside the bastion, told in full",
        resources: [accepts({ port: 22 })],
        on: group,
        property: "inboundRules[0]",
        got: { protocol: "TCP", ports: "22", source: "192.0.2.0/28" },
      },
      {
        name: "every port, SSH among them",
        resources: [accepts({})],
        on: group,
        property: "inboundRules[0]",
        got: { protocol: "TCP", ports: "every port", source: "192.0.2.0/28" },
      },
      { name: "ports around", resources: [accepts({ portRange: "20-25" })], on: group, property: "inboundRules[0]" },
      { name: "ports up to it", resources: [accepts({ portRange: "20-22" })], on: group, property: "inboundRules[0]" },
      { name: "ports from it", resources: [accepts({ portRange: "22-25" })], on: group, property: "inboundRules[0]" },
      {
        name: "SSH from anywhere",
        resources: [raw(T.group, "s", { inboundRules: [{ action: "accept", protocol: "TCP", port: 22 }] })],
        on: group,
        property: "inboundRules[0]",
      },
      {
        name: "a mapped port of no number",
        resources: [mapped({})],
        on: urnOf(T.patRule, "p"),
        property: "privatePort",
        got: null,
      },
      {
        name: "one key in two hands, of a form that we do not read",
        resources: [ssh("k", "one"), ssh("l", "one")],
        on: urnOf(T.sshKey, "l"),
        property: "publicKey",
        path: [urnOf(T.sshKey, "k")],
      },
    ],
    undecided: [
      {
        name: "a bastion that may be",
        resources: [entrance({ bastionEnabled: UNKNOWN })],
        on: bastion,
        property: "bastionEnabled",
      },
      {
        name: "a gateway that is one of two",
        resources: [
          raw(T.gateway, "x", { bastionEnabled: true, allowedIpRanges: ["192.0.2.0/27"] }),
          raw(T.gateway, "y", { bastionEnabled: true, allowedIpRanges: ["192.0.2.0/27"] }),
          network("admin"),
          attached({ gatewayId: UNKNOWN }, { gatewayId: [urnOf(T.gateway, "x"), urnOf(T.gateway, "y")] }),
        ],
        on: attached().urn,
        property: "privateNetworkId",
      },
      {
        name: "a network that is one of two",
        resources: [
          entrance({}),
          raw(T.network, "x", { tags: tagList("technical", "admin") }),
          raw(T.network, "y", { tags: tagList("technical", "data") }),
          attached({ privateNetworkId: UNKNOWN }, { privateNetworkId: [urnOf(T.network, "x"), urnOf(T.network, "y")] }),
        ],
        on: attached().urn,
      },
      {
        name: "rules that are not known",
        resources: [raw(T.group, "s", { inboundRules: UNKNOWN })],
        on: group,
        property: "inboundRules",
      },
      { name: "SSH from a source that is not known", resources: [accepts({ port: 22, ipRange: UNKNOWN })], on: group },
      { name: "a port that is not known", resources: [accepts({ port: UNKNOWN })], on: group },
      {
        name: "a key that is not known",
        resources: [ssh("k", UNKNOWN)],
        on: urnOf(T.sshKey, "k"),
        property: "publicKey",
      },
    ],
  },
  "IAM-07": {
    failing: [
      {
        name: "an administrator by one set of several",
        resources: [policy({ ...sets, permissionSetNames: ["ObjectStorageObjectsRead", "IAMPolicyManager"] })],
        on: granted,
        property: "rules[0].condition",
      },
    ],
    undecided: [
      {
        name: "rules that are not known",
        resources: [raw(T.policy, "p", { applicationId: "a", rules: UNKNOWN })],
        on: granted,
        property: "rules",
      },
      {
        name: "sets that are not known",
        resources: [policy({ ...sets, permissionSetNames: UNKNOWN })],
        on: granted,
        property: "rules[0].condition",
      },
    ],
  },
  "IAM-04": {
    failing: [
      {
        name: "keys and decryption, by which policy",
        resources: [grants("p", { groupId: "g" }, "KeyManagerKeyWrite", "KeyManagerKeyDecrypt")],
        on: granted,
        property: "rules",
        path: [granted],
      },
    ],
  },
  G5: {
    passing: [
      {
        name: "a reader of one bucket, and what it does",
        resources: [app, health, reads],
        on: app.urn,
        property: "duties",
        got: ["data"],
      },
    ],
    notApplicable: [
      {
        name: "nobody with a duty, told once",
        resources: [grants("p", { groupId: "g" }, "ObservabilityReadOnly")],
        on: "stack",
        property: "duties",
      },
    ],
  },
} as const satisfies Partial<Record<RuleId, MoreCases>>;
