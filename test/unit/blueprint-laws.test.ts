import { describe, expect, it } from "vitest";
import type { Blueprint } from "../../blueprint/model/blueprint.ts";
import type { BucketSpec, KeySpec } from "../../blueprint/model/storage.ts";
import { plan } from "../../blueprint/plan.ts";
import { stableJson } from "../../kernel/order.ts";
import { findRegion } from "../../stacks/catalogue.ts";
import { environmentNames } from "../../stacks/load.ts";
import { isHealthClass } from "../../stacks/vocabulary.ts";
import { load, NOW, planOf, planOfSettings, walk } from "../harness/plans.ts";
import { changed } from "../harness/settings-cases.ts";

const buckets = ({ bootstrap, foundation }: Blueprint): readonly BucketSpec[] => [
  bootstrap.stateBucket,
  ...foundation.regions.flatMap((it) => [it.observability.auditLog, it.observability.sessions]),
  ...foundation.dataDomains.flatMap((it) => [...it.buckets, ...(it.replica === undefined ? [] : [it.replica.bucket])]),
];
const keys = ({ bootstrap, foundation }: Blueprint): readonly KeySpec[] => [
  bootstrap.stateKey,
  ...foundation.regions.flatMap((it) => it.keys.keys),
];
const only = <T>(items: readonly T[]): T => {
  const [item, ...more] = items;
  if (item === undefined || more.length > 0) throw new Error(`${items.length} where one was wanted`);
  return item;
};

describe.each(environmentNames)("the plan of %s", (name) => {
  const blueprint = planOf(name);
  const { foundation } = blueprint;
  const { identity } = foundation;

  it("is plain data, and the same bytes each time", () => {
    expect(JSON.parse(stableJson(blueprint))).toEqual(blueprint);
    expect(stableJson(plan(load(name), { now: NOW }))).toBe(stableJson(blueprint));
  });

  it("places everything in its own regions, and each zone in its region", () => {
    const regions = blueprint.environment.regions;
    for (const value of walk(blueprint)) {
      if (typeof value !== "object" || value === null) continue;
      if ("region" in value) expect(regions).toContain(value.region);
      if ("zone" in value && "region" in value)
        expect(String(value.zone).startsWith(`${String(value.region)}-`)).toBe(true);
    }
  });

  it("encrypts every bucket under a key of its own region, project and purpose", () => {
    for (const bucket of buckets(blueprint)) {
      const key = only(keys(blueprint).filter((it) => it.key === bucket.encryption.key));
      expect([key.region, key.project]).toEqual([bucket.region, bucket.project]);
      expect(key.tags.tier === "backup").toBe(bucket.use === "backup");
    }
    const purposes = keys(blueprint).map((it) => `${it.region} ${it.purpose}`);
    expect(new Set(purposes).size).toBe(purposes.length);
  });

  it("locks by use, and versions every bucket", () => {
    for (const bucket of buckets(blueprint)) {
      expect(bucket.versioning).toBe(true);
      const mode = bucket.lock?.mode;
      if (bucket.tags.tier === "log") expect(mode).toBe("COMPLIANCE");
      else if (bucket.use === "landing" || bucket.use === "backup") expect(mode).toBe("GOVERNANCE");
      else expect(mode).toBeUndefined();
    }
  });

  it("keeps the deployer in every bucket's policy, away from every object", () => {
    const deployer = `scaleway:iam/application:Application::${blueprint.bootstrap.deployer.key}`;
    for (const bucket of buckets(blueprint)) {
      const own = bucket.policy.statements.filter((it) => it.principals.some((ref) => ref === deployer));
      expect(own.length).toBeGreaterThan(0);
      if (bucket.use !== "state") expect(own.flatMap((it) => it.objects)).toEqual([""]);
      const actions = bucket.policy.statements.flatMap((it) => it.actions);
      expect(actions.filter((action) => action.includes("*") || !action.startsWith("s3:"))).toEqual([]);
    }
  });

  it("names in bucket policies only applications that exist, none of which can delete from a log", () => {
    const known = [blueprint.bootstrap.deployer, ...identity.applications].map(
      (it) => `scaleway:iam/application:Application::${it.key}`,
    );
    for (const bucket of buckets(blueprint)) {
      for (const statement of bucket.policy.statements) {
        expect(statement.principals.length).toBeGreaterThan(0);
        for (const ref of statement.principals) expect(known).toContain(ref);
        if (bucket.tags.tier === "log") expect(statement.actions).not.toContain("s3:DeleteObject");
      }
    }
  });

  it("copies every health domain into another project, under another key, elsewhere where there is an elsewhere", () => {
    for (const domain of foundation.dataDomains.filter((it) => isHealthClass(it.dataClass))) {
      const { replica } = domain;
      expect(replica?.sources).toEqual(domain.buckets.map((it) => it.key));
      expect(replica?.bucket.project).not.toBe(domain.buckets[0]?.project);
      expect(replica?.bucket.encryption.key).not.toBe(domain.buckets[0]?.encryption.key);
      if (blueprint.environment.regions.length > 1) expect(replica?.bucket.region).not.toBe(domain.home);
      expect(domain.customerEncryption?.writers.length).toBeGreaterThan(0);
    }
  });

  it("keeps a customer key in each region, so that a copy can be read when its home is lost", () => {
    for (const domain of foundation.dataDomains.filter((it) => it.customerEncryption !== undefined)) {
      for (const region of foundation.regions) {
        const held = region.secrets.secrets.filter((it) => it.path === `/domains/${domain.domain}`);
        expect(only(held).content.kind).toBe(region === foundation.regions[0] ? "random-bytes" : "same-as");
      }
      const own = foundation.regions
        .flatMap((it) => it.secrets.secrets)
        .filter((it) => it.key === domain.customerEncryption?.secret);
      expect(only(own).region).toBe(domain.home);
    }
  });

  it("shares no project, key or acting principal between directly identifying data and the rest", () => {
    const all = buckets(blueprint).filter((it) => it.use !== "state");
    const raw = all.filter((it) => it.tags["data-class"] === "health-raw");
    const rest = all.filter((it) => it.tags["data-class"] !== "health-raw");
    const actors = (bucket: BucketSpec) =>
      bucket.policy.statements.filter((it) => it.objects.includes("*")).flatMap((it) => it.principals);
    const shared = <T>(of: (bucket: BucketSpec) => readonly T[]) => {
      const others = new Set(rest.flatMap(of));
      return raw.flatMap(of).filter((it) => others.has(it));
    };
    expect(shared((it) => [it.project])).toEqual([]);
    expect(shared((it) => [it.encryption.key])).toEqual([]);
    expect(shared(actors)).toEqual([]);
  });

  it("narrows each right on keys to single keys, in the project that the rule names", () => {
    for (const policy of [...identity.policies, blueprint.bootstrap.deployerPolicy]) {
      for (const rule of policy.rules) {
        const usesKeys = rule.permissionSets.some((set) => /^KeyManagerKey(En|De)crypt$/.test(set));
        if (usesKeys) expect(rule.onlyKeys?.length).toBeGreaterThan(0);
        for (const key of rule.onlyKeys ?? []) {
          expect(rule.projects).toEqual([only(keys(blueprint).filter((it) => it.key === key)).project]);
        }
      }
    }
  });

  it("gives each application exactly the keys and projects of the buckets whose policies name it", () => {
    for (const application of identity.applications) {
      const ref = `scaleway:iam/application:Application::${application.key}`;
      const using = (action: string) =>
        buckets(blueprint).filter((bucket) =>
          bucket.policy.statements.some(
            (it) => it.principals.some((who) => who === ref) && it.actions.includes(action),
          ),
        );
      const rules = identity.policies.filter((it) => it.principal.key === application.key).flatMap((it) => it.rules);
      const granted = (set: string) => rules.filter((rule) => rule.permissionSets.includes(set));
      const sets = [
        ["s3:GetObject", "KeyManagerKeyDecrypt", "ObjectStorageObjectsRead"],
        ["s3:PutObject", "KeyManagerKeyEncrypt", "ObjectStorageObjectsWrite"],
        ["s3:DeleteObject", undefined, "ObjectStorageObjectsDelete"],
      ] as const;
      for (const [action, keySet, objectSet] of sets) {
        const wanted = using(action);
        expect(new Set(granted(objectSet).flatMap((it) => it.projects))).toEqual(
          new Set(wanted.map((it) => it.project)),
        );
        if (keySet === undefined) continue;
        expect(new Set(granted(keySet).flatMap((it) => it.onlyKeys))).toEqual(
          new Set(wanted.map((it) => it.encryption.key)),
        );
      }
    }
  });

  it("gives no workload a full-access, identity or organisation-wide right", () => {
    const workloads = identity.policies.filter((it) => it.tags.tier !== "admin");
    expect(workloads.length).toBeGreaterThan(4);
    for (const rule of workloads.flatMap((it) => it.rules)) {
      expect(rule.organization).toBeUndefined();
      expect(rule.permissionSets.filter((set) => /FullAccess|Manager$|^IAM|AllProducts/.test(set))).toEqual([]);
    }
  });

  it("lets only the deployer act on the whole organisation, from the administrators' addresses", () => {
    const { deployerPolicy } = blueprint.bootstrap;
    expect(identity.policies.flatMap((it) => it.rules).filter((rule) => rule.organization === true)).toEqual([]);
    for (const rule of deployerPolicy.rules) expect(rule.onlyFrom).toEqual(load(name).settings.admin.sources);
  });

  it("gives the deployer what making each thing takes, in its project", () => {
    const held = (project: string): readonly string[] =>
      (blueprint.foundation.identity.policies[0]?.rules ?? [])
        .filter((rule) => rule.projects.some((it) => it === project))
        .flatMap((rule) => rule.permissionSets);
    const { regions } = blueprint.foundation;
    for (const key of regions.flatMap((it) => it.keys.keys)) expect(held(key.project)).toContain("KeyManagerKeyCreate");
    for (const secret of regions.flatMap((it) => it.secrets.secrets))
      expect(held(secret.project)).toContain("SecretManagerSecretCreate");
    for (const bucket of buckets(blueprint)) {
      const needed = ["ObjectStorageBucketsWrite", "ObjectStorageObjectsWrite", "ObjectStorageBucketPolicyFullAccess"];
      if (bucket.project !== "bootstrap") expect(held(bucket.project)).toEqual(expect.arrayContaining(needed));
    }
  });

  it("begins its policies with the deployer's own, which covers every project of the layer", () => {
    const [first] = identity.policies;
    expect(first?.principal.key).toBe(blueprint.bootstrap.deployer.key);
    expect(first?.rules.flatMap((rule) => rule.projects).sort()).toEqual(
      identity.projects.map((it) => it.project).sort(),
    );
  });

  it("lets a default route into compute and dmz only, and admits its own two gateways to each control plane", () => {
    const gateways = [
      ...foundation.regions.flatMap((it) => [it.egress.gateway, it.bastion.gateway]),
      ...foundation.links.flatMap((it) => it.ends.map((end) => end.gateway)),
    ];
    for (const attachment of gateways.flatMap((it) => it.attachments)) {
      const network = only(
        foundation.regions
          .flatMap((it) => it.network.privateNetworks)
          .filter((it) => it.key === attachment.privateNetwork),
      );
      expect(attachment.pushDefaultRoute).toBe(network.tier === "compute" || network.tier === "dmz");
      expect(["compute", "dmz", "admin"]).toContain(network.tier);
    }
    for (const region of foundation.regions) {
      const admitted = region.cluster.acl.sources.map((it) =>
        it.kind === "gateway-ip" ? it.of.split("::")[1] : it.cidr,
      );
      expect(admitted).toEqual([region.egress.gateway.ip.key, region.bastion.gateway.ip.key]);
    }
  });

  it("spreads pools over all zones, each behind its zone's security group, and gateways over zones that can hold them", () => {
    for (const region of foundation.regions) {
      const fact = findRegion(region.region, load(name).regions);
      expect(new Set(region.cluster.pools.map((it) => it.zone))).toEqual(new Set(fact?.zones));
      for (const pool of region.cluster.pools) {
        expect(only(region.cluster.securityGroups.filter((it) => it.key === pool.securityGroup)).zone).toBe(pool.zone);
      }
      for (const gateway of [region.egress.gateway, region.bastion.gateway])
        expect(fact?.gatewayZones).toContain(gateway.zone);
      expect(region.egress.gateway.zone).not.toBe(region.bastion.gateway.zone);
    }
  });
});

it("a principal that only reads one domain and edits another encrypts under the second's key alone", () => {
  const [read, edited] = changed({}).domains;
  if (read === undefined || edited === undefined) throw new Error("the rehearsal has domains");
  const blueprint = planOfSettings(
    changed({
      domains: [
        { ...read, buckets: ["landing"] },
        { ...edited, home: "fr-par", buckets: ["tables"] },
      ],
      workspaces: [],
    }),
  );
  const broker = only(blueprint.foundation.identity.policies.filter((it) => it.key.endsWith("-broker")));
  const keysOf = (set: string) =>
    broker.rules.filter((it) => it.permissionSets.includes(set)).flatMap((it) => it.onlyKeys);
  expect(keysOf("KeyManagerKeyEncrypt")).toEqual([`keys-fr-par-${edited.name}-data`]);
  expect(keysOf("KeyManagerKeyDecrypt")).toHaveLength(2);
});
