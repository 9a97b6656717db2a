import { UNKNOWN } from "../../../judge/facts/raw.ts";
import { raw, tagList, tagMap, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

const par = { region: "fr-par" };
const bastion = urnOf(T.gateway, "g");
const entrance = (allowedIpRanges: readonly string[] | typeof UNKNOWN) =>
  raw(T.gateway, "g", { zone: "fr-par-1", bastionEnabled: true, allowedIpRanges }, { id: "fr-par-1/g" });
const network = (tier: string) => raw(T.network, "n", { ...par, tags: tagList("technical", tier) }, { id: "fr-par/n" });
const attached = raw(T.attachment, "a", { gatewayId: "fr-par-1/g", privateNetworkId: "fr-par/n" });
const group = (over: Record<string, string | number>) =>
  raw(T.group, "s", { inboundRules: [{ action: "accept", protocol: "TCP", ipRange: "192.0.2.0/28", ...over }] });
const pat = (privatePort: number | typeof UNKNOWN, protocol = "both") =>
  raw(T.patRule, "p", { gatewayId: "g", privateIp: "10.0.0.1", privatePort, publicPort: 4000, protocol });
const ssh = (name: string, comment: string) =>
  raw(T.sshKey, name, {
    publicKey: `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOJIjuV+sYe6WDzCEKcHhOxeW68J1dJzGwacjNxLaMKl ${comment}`,
  });

export const iam08: RuleCases = {
  passing: [
    { name: "named ranges", resources: [entrance(["192.0.2.0/27"])], on: bastion, property: "allowedIpRanges" },
    {
      name: "a bastion into the admin network",
      resources: [entrance(["192.0.2.0/27"]), network("admin"), attached],
      on: attached.urn,
      proof: "checked",
    },
    { name: "another port", resources: [group({ port: 443 })], on: urnOf(T.group, "s") },
    { name: "a mapped port of a tunnel", resources: [pat(22, "udp")], on: urnOf(T.patRule, "p") },
    { name: "one person's key", resources: [ssh("k", "one")], on: urnOf(T.sshKey, "k") },
  ],
  failing: [
    {
      name: "no ranges, which is everybody",
      resources: [entrance([])],
      on: bastion,
      property: "allowedIpRanges",
      got: [],
    },
    {
      name: "a range outside the administrators' own",
      resources: [entrance(["203.0.113.0/28"])],
      on: bastion,
      property: "allowedIpRanges",
      law: { adminSources: ["192.0.2.0/27"] },
    },
    {
      name: "a bastion into the data network",
      resources: [entrance(["192.0.2.0/27"]), network("data"), attached],
      on: attached.urn,
      property: "privateNetworkId",
      got: "data",
    },
    {
      name: "SSH beside the bastion",
      resources: [group({ port: 22 })],
      on: urnOf(T.group, "s"),
      property: "inboundRules[0]",
    },
    { name: "SSH by a mapped port", resources: [pat(22)], on: urnOf(T.patRule, "p"), property: "privatePort", got: 22 },
    {
      name: "one key in two hands",
      resources: [ssh("k", "one"), ssh("l", "two")],
      on: urnOf(T.sshKey, "l"),
      property: "publicKey",
    },
  ],
  undecided: [
    { name: "ranges that are not known", resources: [entrance(UNKNOWN)], on: bastion },
    {
      name: "a network that is not seen",
      resources: [entrance(["192.0.2.0/27"]), attached],
      on: attached.urn,
    },
    { name: "a mapped port that is not known", resources: [pat(UNKNOWN)], on: urnOf(T.patRule, "p") },
  ],
  notApplicable: [
    {
      name: "a gateway without bastion",
      resources: [raw(T.gateway, "g", { zone: "fr-par-1", bastionEnabled: false })],
      on: bastion,
    },
  ],
  mutations: [
    { of: "named ranges", on: bastion, property: "allowedIpRanges", to: ["0.0.0.0/0"] },
    { of: "another port", on: urnOf(T.group, "s"), property: "inboundRules.0.port", to: 22 },
    { of: "a mapped port of a tunnel", on: urnOf(T.patRule, "p"), property: "protocol", to: "tcp" },
  ],
};

const source = (type: string | typeof UNKNOWN = "logs") => raw(T.source, "s", { ...par, type, retentionDays: 365 });
const alerts = (email: readonly string[]) =>
  raw(T.alerts, "a", { ...par, contactPoints: email.map((it) => ({ email: it })) });
const trail = raw(T.exportJob, "t", { ...par, s3: { bucket: "log", region: "fr-par" } });
const cluster = raw(T.cluster, "c", { ...par, cni: "cilium", tags: tagList() });
const health = raw(T.bucket, "b", { name: "b", ...par, tags: tagMap("health-pseudo") });
const frontend = (enableAccessLogs: boolean) => raw(T.frontend, "f", { lbId: "l", enableAccessLogs });

export const obs02: RuleCases = {
  passing: [
    {
      name: "a cluster with logs and alerts",
      resources: [cluster, source(), alerts(["o@example.org"])],
      on: cluster.urn,
      property: "alert",
    },
    {
      name: "a health bucket with a trail",
      resources: [health, source(), alerts(["o@example.org"]), trail],
      on: health.urn,
      property: "audit trail",
    },
    { name: "a frontend that writes down who came", resources: [frontend(true)], on: urnOf(T.frontend, "f") },
  ],
  failing: [
    {
      name: "a cluster whose logs go nowhere",
      resources: [cluster, alerts(["o@example.org"])],
      on: cluster.urn,
      property: "log source",
      got: "none in fr-par",
    },
    {
      name: "alerts that nobody gets",
      resources: [cluster, source(), alerts([])],
      on: cluster.urn,
      property: "alert",
    },
    {
      name: "a health bucket without trail",
      resources: [health, source(), alerts(["o@example.org"])],
      on: health.urn,
      property: "audit trail",
    },
    {
      name: "a frontend that says nothing",
      resources: [raw(T.frontend, "f", { lbId: "l" })],
      on: urnOf(T.frontend, "f"),
      property: "enableAccessLogs",
    },
  ],
  undecided: [
    {
      name: "a source that may be of logs",
      resources: [cluster, source(UNKNOWN), alerts(["o@example.org"])],
      on: cluster.urn,
    },
    {
      name: "a bucket of which nobody knows what it holds",
      resources: [raw(T.bucket, "b", { name: "b", ...par, tags: UNKNOWN })],
      on: health.urn,
    },
  ],
  notApplicable: [
    { name: "a technical bucket", resources: [raw(T.bucket, "b", { ...par, tags: tagMap() })], on: health.urn },
  ],
  mutations: [
    { of: "a cluster with logs and alerts", on: urnOf(T.source, "s"), property: "type", to: "metrics" },
    { of: "a cluster with logs and alerts", on: urnOf(T.source, "s"), property: "region", to: "nl-ams" },
    { of: "a frontend that writes down who came", on: urnOf(T.frontend, "f"), property: "enableAccessLogs", to: false },
  ],
};

const archive = (over: Record<string, string | boolean> = {}) =>
  raw(T.bucket, "b", {
    name: "b",
    ...par,
    objectLockEnabled: true,
    projectId: "logs",
    tags: tagMap("technical", "log"),
    ...over,
  });
const lock = (mode = "COMPLIANCE") =>
  raw(T.bucketLock, "l", { bucket: "b", rule: { defaultRetention: { mode, days: 365 } } });
const kms = (bucket: string, name = "e") =>
  raw(T.encryption, name, {
    bucket,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "6170" } }],
  });
const key = raw(T.key, "k", { region: "fr-par" }, { id: "fr-par/6170" });
const policy = (Action: readonly string[] | typeof UNKNOWN) =>
  raw(T.bucketPolicy, "p", {
    bucket: "b",
    policy:
      Action === UNKNOWN
        ? UNKNOWN
        : JSON.stringify({
            Version: "2023-04-17",
            Statement: [{ Effect: "Allow", Principal: { SCW: "application_id:w" }, Action, Resource: ["b/*"] }],
          }),
  });
const apart = [archive(), lock(), key, kms("b"), policy(["s3:PutObject"])];
const log = archive().urn;

export const obs03: RuleCases = {
  passing: [
    { name: "an archive apart", resources: apart, on: log, property: "policy", proof: "checked" },
    {
      name: "a trail that ends in it",
      resources: [...apart, raw(T.exportJob, "t", { s3: { bucket: "b", region: "fr-par" } })],
      on: urnOf(T.exportJob, "t"),
    },
  ],
  failing: [
    {
      name: "a lock that yields",
      resources: [archive(), lock("GOVERNANCE"), key, kms("b"), policy(["s3:PutObject"])],
      on: log,
      property: "rule.defaultRetention.mode",
      got: "GOVERNANCE",
    },
    {
      name: "a writer that deletes",
      resources: [archive(), lock(), key, kms("b"), policy(["s3:PutObject", "s3:DeleteObject"])],
      on: log,
      property: "policy",
      got: { writeAndDelete: ["application_id:w"] },
    },
    {
      name: "data in the same project",
      resources: [...apart, raw(T.bucket, "d", { name: "d", projectId: "logs", tags: tagMap() })],
      on: log,
      property: "projectId",
      got: "also tier data",
    },
    {
      name: "data under the same key",
      resources: [...apart, raw(T.bucket, "d", { name: "d", projectId: "data", tags: tagMap() }), kms("d", "f")],
      on: log,
      property: "serverSideEncryption",
    },
    {
      name: "a trail that ends among the data",
      resources: [
        raw(T.bucket, "d", { name: "d", tags: tagMap() }),
        raw(T.exportJob, "t", { s3: { bucket: "d", region: "fr-par" } }),
      ],
      on: urnOf(T.exportJob, "t"),
      property: "s3.bucket",
    },
  ],
  undecided: [
    {
      name: "a policy that is not known",
      resources: [archive(), lock(), key, kms("b"), policy(UNKNOWN)],
      on: log,
      property: "policy",
    },
    {
      name: "something that may stand in the project",
      resources: [...apart, raw(T.bucket, "d", { name: "d", projectId: UNKNOWN, tags: tagMap() })],
      on: log,
      property: "projectId",
    },
  ],
  notApplicable: [{ name: "a bucket of data", resources: [raw(T.bucket, "b", { tags: tagMap() })], on: log }],
  mutations: [
    { of: "an archive apart", on: urnOf(T.bucketLock, "l"), property: "rule.defaultRetention.mode", to: "GOVERNANCE" },
    { of: "an archive apart", on: log, property: "projectId", to: undefined },
    { of: "an archive apart", on: urnOf(T.encryption, "e"), property: "bucket", to: "other" },
  ],
};
