import { bucketStatus } from "./buckets.ts";
import { type Ask, fault, ok, type Question, taken } from "./preflight-result.ts";

/** Where a product is asked whether it answers in a region; `{organization}` stands for the account's id. */
const PRODUCTS: Readonly<Record<string, { readonly path: string; readonly items: string }>> = {
  "secret manager": { path: "/secret-manager/v1beta1/regions/{region}/secrets", items: "secrets" },
  registry: { path: "/registry/v1/regions/{region}/namespaces", items: "namespaces" },
  cockpit: { path: "/cockpit/v1/regions/{region}/data-sources", items: "data_sources" },
  ipam: { path: "/ipam/v1/regions/{region}/ips", items: "ips" },
  kapsule: { path: "/k8s/v1/regions/{region}/clusters", items: "clusters" },
  "audit trail": {
    path: "/audit-trail/v1alpha1/regions/{region}/export-jobs?organization_id={organization}",
    items: "export_jobs",
  },
};

const answers =
  (check: string, path: string, items: string, region: string): Ask =>
  async (api) => {
    await api.list(path.replace("{region}", region).replace("{organization}", api.organizationId), items);
    return ok(check, "answers");
  };

/** Every product that the plan uses in a region, and public gateways in the zones that get one. */
export const productQuestions = (region: string, gatewayZones: readonly string[]): readonly Question[] => [
  ...Object.entries(PRODUCTS).map(([name, { path, items }]): Question => {
    const check = `${name} in ${region}`;
    return [check, answers(check, path, items, region)];
  }),
  ...gatewayZones.map((zone): Question => {
    const check = `public gateways in ${zone}`;
    return [check, answers(check, `/vpc-gw/v2/zones/${zone}/gateways`, "gateways", region)];
  }),
];

export interface BucketName {
  readonly name: string;
  readonly region: string;
  readonly layer: string;
}

/**
 * Names of buckets are unique in the world. While the account has no project of the layer that makes it, one that exists is
 * somebody else's; afterwards it is most likely the layer's own.
 * @param applied layers whose projects the account has by the time the question is asked.
 */
export const bucketNames =
  (buckets: readonly BucketName[], applied: ReadonlySet<string>): Ask =>
  async (api) => {
    const found: BucketName[] = [];
    for (const bucket of buckets) {
      if ((await bucketStatus(api, { ...bucket, projectId: api.organizationId })) !== 404) found.push(bucket);
    }
    if (found.length === 0) return ok("bucket names", `${buckets.length} free`);
    const got = `exist: ${found.map((b) => b.name).join(", ")}`;
    return found.every((b) => applied.has(b.layer))
      ? taken("bucket names", got)
      : fault("bucket names", got, "names that nobody has", "choose another `slug` in the environment's settings");
  };
