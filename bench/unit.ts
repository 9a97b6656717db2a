import { withHole } from "./holes.ts";

/** One small estate of a synthetic export: 28 resources as a provider would have them in its state. */
export interface Item {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly inputs: Inputs;
  /** Property → items that it is made from. */
  readonly from: Readonly<Record<string, readonly Item[]>>;
}
type Inputs = Readonly<Record<string, unknown>>;

const ORGANIZATION = "00000000-0000-4000-8000-000000000001";
const REGION = "fr-par";
const ZONE = "fr-par-1";
/** Ids of a unit are numbers from its own block, so that none is another's. */
const BLOCK = 64;

const uuid = (n: number): string => `00000000-0000-4000-9000-${n.toString(16).padStart(12, "0")}`;
const tags = (tier: string, dataClass = "technical"): Readonly<Record<string, string>> => ({
  "data-class": dataClass,
  tier,
  env: "prod",
  owner: "bench",
});
const tagList = (tier: string, dataClass?: string): readonly string[] =>
  Object.entries(tags(tier, dataClass)).map(([k, v]) => `${k}=${v}`);

/** Makes items of unit `u`, each with an id from its block. */
class Maker {
  readonly #u: number;
  #next = 1;
  readonly projectId: string;

  constructor(u: number) {
    this.#u = u;
    this.projectId = uuid(u * BLOCK);
  }

  name(part: string): string {
    return `${part}-${this.#u}`;
  }

  item(type: string, part: string, inputs: Inputs, from: Item["from"] = {}): Item {
    const id = `${REGION}/${uuid(this.#u * BLOCK + this.#next)}`;
    this.#next += 1;
    return { type: `scaleway:${type}`, name: this.name(part), id, inputs, from };
  }

  /** An item with name, project and tags of its own. */
  owned(type: string, part: string, tier: string, inputs: Inputs, from: Item["from"] = {}): Item {
    return this.item(
      type,
      part,
      { name: this.name(part), projectId: this.projectId, tags: tagList(tier), ...inputs },
      from,
    );
  }
}

/** One unit in ten makes its nodes after their way out. */
const ORDERED_EVERY = 10;

/** The resources of unit `u`; a `bad` one has a hole for each rule of the comparison with OPA. */
export function unit(u: number, bad: boolean): readonly Item[] {
  const maker = new Maker(u);
  const networks = networkItems(maker);
  const [, , compute] = networks;
  const first = u % ORDERED_EVERY === 1 ? networks.filter((item) => item.type.endsWith(":GatewayNetwork")) : [];
  const items = [
    ...networks,
    ...clusterItems(maker, compute, first),
    ...[0, 1, 2].flatMap((n) => storageItems(maker, n)),
    ...identityItems(maker),
  ];
  return bad ? items.map((item) => withHole(item, u)) : items;
}

function networkItems(maker: Maker): readonly [Item, Item, Item, ...Item[]] {
  const vpc = maker.owned("network/vpc:Vpc", "vpc", "dmz", { region: REGION });
  const network = (tier: string, n: number): Item =>
    maker.owned(
      "network/privateNetwork:PrivateNetwork",
      tier,
      tier,
      { vpcId: vpc.id, region: REGION, ipv4Subnet: { subnet: `10.${n}.0.0/22` } },
      { vpcId: [vpc] },
    );
  const acl = (isIpv6: boolean): Item =>
    maker.item(
      "network/acl:Acl",
      isIpv6 ? "acl-v6" : "acl-v4",
      { vpcId: vpc.id, region: REGION, isIpv6, defaultPolicy: "drop", rules: [] },
      { vpcId: [vpc] },
    );
  const gateway = maker.owned("network/publicGateway:PublicGateway", "gateway", "dmz", {
    type: "VPC-GW-S",
    zone: ZONE,
    bastionEnabled: false,
  });
  const [dmz, compute, data] = [network("dmz", 1), network("compute", 2), network("data", 3)];
  const attachment = maker.item(
    "network/gatewayNetwork:GatewayNetwork",
    "attachment",
    {
      gatewayId: gateway.id,
      privateNetworkId: compute.id,
      zone: ZONE,
      enableMasquerade: true,
      ipamConfigs: [{ pushDefaultRoute: true }],
    },
    { gatewayId: [gateway], privateNetworkId: [compute] },
  );
  return [vpc, dmz, compute, data, acl(false), acl(true), gateway, attachment];
}

function clusterItems(maker: Maker, compute: Item, first: readonly Item[]): readonly Item[] {
  const group = maker.owned("instance/securityGroup:SecurityGroup", "group", "compute", {
    zone: ZONE,
    inboundDefaultPolicy: "drop",
    outboundDefaultPolicy: "drop",
    stateful: true,
  });
  const cluster = maker.owned(
    "kubernetes/cluster:Cluster",
    "cluster",
    "compute",
    {
      region: REGION,
      version: "1.35",
      autoUpgrade: { enable: true, maintenanceWindowDay: "sunday", maintenanceWindowStartHour: 2 },
      cni: "cilium",
      privateNetworkId: compute.id,
      deleteAdditionalResources: false,
    },
    { privateNetworkId: [compute, ...first] },
  );
  const acl = maker.item(
    "kubernetes/acl:Acl",
    "cluster-acl",
    { clusterId: cluster.id, region: REGION, aclRules: [{ ip: "192.0.2.0/28", description: "administrators" }] },
    { clusterId: [cluster] },
  );
  const pools = [1, 2, 3].map((n) =>
    maker.owned(
      "kubernetes/pool:Pool",
      `pool-${n}`,
      "compute",
      {
        clusterId: cluster.id,
        zone: `fr-par-${n}`,
        region: REGION,
        nodeType: "POP2-4C-16G",
        size: 1,
        publicIpDisabled: true,
        securityGroupId: group.id,
      },
      { clusterId: [cluster], securityGroupId: [group] },
    ),
  );
  return [group, cluster, acl, ...pools];
}

/** One bucket in three holds health data: the others are what most buckets are. */
const classOf = (n: number): string => (n === 0 ? "health-pseudo" : "technical");

/** A bucket with a key of its own, its encryption and its policy. */
function storageItems(maker: Maker, n: number): readonly Item[] {
  const name = maker.name(`bench-bucket-${n}`);
  const key = maker.owned("keymanager/key:Key", `key-${n}`, "data", {
    region: REGION,
    usage: "symmetric_encryption",
    algorithm: "aes_256_gcm",
    unprotected: false,
    rotationPolicy: { rotationPeriod: "2160h" },
    tags: tagList("data", classOf(n)),
  });
  const bucket: Item = {
    ...maker.owned("object/bucket:Bucket", `bucket-${n}`, "data", {
      name,
      region: REGION,
      versioning: { enabled: true },
      tags: tags("data", classOf(n)),
    }),
    id: `${REGION}/${name}`,
  };
  const on = { bucket: name, region: REGION, projectId: maker.projectId };
  const byDefault = { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.id.split("/")[1] };
  return [
    key,
    bucket,
    maker.item(
      "object/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      `encryption-${n}`,
      { ...on, rules: [{ applyServerSideEncryptionByDefault: byDefault, bucketKeyEnabled: true }] },
      { bucket: [bucket], rules: [key] },
    ),
    maker.item(
      "object/bucketPolicy:BucketPolicy",
      `policy-${n}`,
      { ...on, policy: policyOf(name) },
      { bucket: [bucket] },
    ),
  ];
}

const policyOf = (bucket: string): string =>
  JSON.stringify({
    Version: "2023-04-17",
    Id: bucket,
    Statement: [
      {
        Sid: "readers",
        Effect: "Allow",
        Principal: { SCW: [`application_id:${uuid(1)}`] },
        Action: ["s3:GetObject"],
        Resource: [`${bucket}/*`],
      },
    ],
  });

function identityItems(maker: Maker): readonly Item[] {
  const application = maker.item("iam/application:Application", "application", {
    name: maker.name("application"),
    organizationId: ORGANIZATION,
    tags: tagList("compute"),
  });
  const grants = maker.item(
    "iam/policy:Policy",
    "grants",
    {
      name: maker.name("grants"),
      organizationId: ORGANIZATION,
      applicationId: application.id,
      tags: tagList("compute"),
      rules: [{ permissionSetNames: ["ObjectStorageObjectsRead"], projectIds: [maker.projectId] }],
    },
    { applicationId: [application] },
  );
  return [application, grants];
}
