import fc from "fast-check";
import { type RawResource, UNKNOWN } from "../../judge/facts/raw.ts";
import { raw, tagList, tagMap, urnOf } from "./raw.ts";
import { T } from "./types.ts";

/** Small random estates of resources that depend on each other, good and bad mixed, for laws of the judge. */
const region = fc.constantFrom("fr-par", "nl-ams", undefined);
const dataClass = fc.constantFrom("health-pseudo", "technical", "nonsense");
const tier = fc.constantFrom("data", "compute", "dmz");
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const without = <V>(record: Record<string, V | undefined>): Record<string, V> =>
  Object.fromEntries(Object.entries(record).flatMap(([k, v]) => (v === undefined ? [] : [[k, v] as const])));

const bucket = (i: number) =>
  fc.record({ region, dataClass, encrypted: fc.constantFrom("own", "unborn", "foreign", "none") }).map((b) => {
    const name = `bucket-${i}`;
    const key = raw(
      T.key,
      `key-${i}`,
      without({ region: b.region, algorithm: "aes_256_gcm", usage: "x", tags: tagList() }),
      {
        ...(b.encrypted === "unborn" ? {} : { id: `fr-par/key-${i}` }),
      },
    );
    const kms = b.encrypted === "own" ? `key-${i}` : b.encrypted === "unborn" ? UNKNOWN : "elsewhere";
    const config = raw(
      T.encryption,
      `sse-${i}`,
      without({
        bucket: name,
        region: b.region,
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: kms } }],
      }),
      { dependsOn: { rules: [key.urn] } },
    );
    const made = raw(T.bucket, name, without({ name, region: b.region, tags: tagMap(b.dataClass) }));
    return b.encrypted === "none" ? [made] : [made, key, config];
  });

const network = (i: number) =>
  fc.record({ tier, propagates: maybe(fc.boolean()), attached: fc.boolean(), known: fc.boolean() }).map((n) => {
    const made = raw(
      T.network,
      `net-${i}`,
      without({ region: "fr-par", tags: tagList("technical", n.tier), enableDefaultRoutePropagation: n.propagates }),
      n.known ? { id: `fr-par/net-${i}` } : {},
    );
    const attachment = raw(
      T.attachment,
      `att-${i}`,
      { gatewayId: "g", zone: "fr-par-1", privateNetworkId: n.known ? `fr-par/net-${i}` : UNKNOWN },
      { dependsOn: { privateNetworkId: [made.urn] } },
    );
    return n.attached ? [made, attachment] : [made];
  });

const cluster = (i: number) =>
  fc
    .record({ source: fc.constantFrom("192.0.2.0/28", "0.0.0.0/0", "none"), privateNodes: maybe(fc.boolean()) })
    .map((c) => {
      const made = raw(T.cluster, `k8s-${i}`, { region: "fr-par", tags: tagList() });
      const acl = raw(
        T.aclOf,
        `acl-${i}`,
        { region: "fr-par", clusterId: UNKNOWN, aclRules: [{ ip: c.source }] },
        { dependsOn: { clusterId: [made.urn] } },
      );
      const pool = raw(
        T.pool,
        `pool-${i}`,
        without({ zone: "fr-par-1", clusterId: UNKNOWN, publicIpDisabled: c.privateNodes, tags: tagList() }),
        { dependsOn: { clusterId: [made.urn] } },
      );
      return c.source === "none" ? [made, pool] : [made, acl, pool];
    });

export const estates: fc.Arbitrary<readonly RawResource[]> = fc
  .tuple(bucket(0), bucket(1), network(0), network(1), cluster(0))
  .map((parts) => parts.flat());

/** The same resources with every logical name changed alike, references included. */
export function renamed(resources: readonly RawResource[], prefix: string): readonly RawResource[] {
  const names = new Map(resources.map((r) => [r.urn, urnOf(r.type, `${prefix}${r.name}`)]));
  const to = (urn: string): string => names.get(urn) ?? urn;
  return resources.map((r) => ({
    ...r,
    urn: to(r.urn),
    name: `${prefix}${r.name}`,
    dependencies: r.dependencies.map(to),
    propertyDependencies: Object.fromEntries(
      Object.entries(r.propertyDependencies).map(([property, urns]) => [property, urns.map(to)]),
    ),
  }));
}
