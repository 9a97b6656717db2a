import { z } from "zod";
import type { Item, ScalewayApi } from "./api.ts";
import { attestationsCheck } from "./attestations-check.ts";
import { examplesCheck } from "./examples-check.ts";
import { bucketNames, productQuestions } from "./preflight-places.ts";
import { type Ask, type CheckResult, fault, ok, type Question, taken, text, unsure } from "./preflight-result.ts";

/** What an environment will ask of the account; every question below is read-only. */
export const preflightInput = z.object({
  organizationId: z.string(),
  regions: z.array(
    z.object({
      name: z.string(),
      declaredOnly: z.boolean(),
      hsm: z.boolean(),
      kubernetesVersion: z.string(),
    }),
  ),
  nodeTypes: z.array(z.object({ zone: z.string(), type: z.string() })),
  projects: z.array(z.object({ name: z.string(), layer: z.string() })),
  vpcs: z.array(z.object({ region: z.string(), name: z.string() })),
  /** Zones that get a public gateway. */
  gatewayZones: z.array(z.string()),
  buckets: z.array(z.object({ name: z.string(), region: z.string(), layer: z.string() })),
  /** Needed totals by Scaleway's quota name. */
  quotas: z.record(z.string(), z.number()),
  /** Attestations that were made up for the shipped examples. */
  exampleAttestations: z.array(z.string()),
  /** Where the digests of the platform's images come from. */
  imageLock: z.enum(["mirrored", "synthetic"]),
  /** Owners of SSH keys that were made up for the shipped examples. */
  exampleSshKeys: z.array(z.string()),
  /** True against the local Scaleway, where declared regions exist. */
  local: z.boolean(),
});
export type PreflightInput = z.infer<typeof preflightInput>;

/** Runs every check; one that cannot be answered is reported and the others go on. */
export async function preflight(input: PreflightInput, open: () => ScalewayApi): Promise<readonly CheckResult[]> {
  const api = open();
  const applied = new Set<string>();
  const questions: readonly Question[] = [
    ["credentials", credentials(input)],
    ["project names", projectNames(input, applied)],
    ...input.regions.flatMap((r): readonly Question[] => [
      [`region ${r.name}`, regionAnswers(r, input.local)],
      [`kubernetes version in ${r.name}`, kubernetesVersion(r)],
      [`hsm keys in ${r.name}`, hsm(r)],
      [`default vpc in ${r.name}`, defaultVpc(r.name)],
      ...productQuestions(
        r.name,
        input.gatewayZones.filter((zone) => zone.startsWith(r.name)),
      ),
    ]),
    ...[...new Set(input.nodeTypes.map((n) => n.zone))].map(
      (zone): Question => [`node types in ${zone}`, nodeTypes(zone, input)],
    ),
    ["attestations", async () => [attestationsCheck(input)]],
    ["examples", async () => examplesCheck(input)],
    ["quotas", quotas(input)],
    ["bucket names", bucketNames(input.buckets, applied)],
    ...input.vpcs.map((v): Question => [`vpc name in ${v.region}`, vpcName(v)]),
  ];
  const results: CheckResult[] = [];
  for (const [check, ask] of questions) {
    try {
      results.push(...(await ask(api)));
    } catch (error) {
      results.push(...unanswered(check, error, applied.has("foundation")));
    }
  }
  return results;
}

/** The deployer's rights in projects come with the foundation's first `up`: until then some questions are not its to ask. */
function unanswered(check: string, error: unknown, isGranted: boolean): readonly CheckResult[] {
  const got = error instanceof Error ? error.message : String(error);
  const isDenied = error instanceof Error && "status" in error && error.status === 403;
  return isDenied && !isGranted
    ? unsure(
        check,
        got,
        "an answer of the API",
        "ask with the person's key; the deployer's rights come with the first `up`",
      )
    : fault(
        check,
        got,
        "an answer of the API",
        "check the credentials' rights, the region's name and the way to the network",
      );
}

const credentials =
  (input: PreflightInput): Ask =>
  async (api) => {
    if (api.organizationId !== input.organizationId) {
      return fault(
        "organization",
        `credentials of ${api.organizationId}`,
        input.organizationId,
        "set `organizationId` in the environment's settings to your organization",
      );
    }
    const key = await api.get(`/iam/v1alpha1/api-keys/${api.accessKey}`);
    const fields: Item = z.record(z.string(), z.unknown()).parse(key);
    return text(fields.application_id) === ""
      ? unsure(
          "credentials",
          "a key of a person",
          "a key of the deployer application",
          "fine for bootstrap; afterwards use the deployer's key",
        )
      : ok(
          "credentials",
          text(fields.expires_at) === "" ? "a key without expiry" : `valid until ${text(fields.expires_at)}`,
        );
  };

const regionAnswers =
  (region: PreflightInput["regions"][number], local: boolean): Ask =>
  async (api) => {
    const check = `region ${region.name}`;
    if (region.declaredOnly && !local) {
      return fault(
        check,
        "the example that the shipped settings declare",
        "a region that your account has",
        "replace it by your dedicated region, or use the environment `paris`",
      );
    }
    await api.list(`/vpc/v2/regions/${region.name}/vpcs`, "vpcs");
    return ok(check, "answers");
  };

const kubernetesVersion =
  (region: PreflightInput["regions"][number]): Ask =>
  async (api) => {
    const answer = z
      .object({ versions: z.array(z.object({ name: z.string() })) })
      .parse(await api.get(`/k8s/v1/regions/${region.name}/versions`));
    const names = answer.versions.map((v) => v.name);
    const check = `kubernetes ${region.kubernetesVersion} in ${region.name}`;
    return names.some((n) => n === region.kubernetesVersion || n.startsWith(`${region.kubernetesVersion}.`))
      ? ok(check, "offered")
      : fault(check, `offered: ${names.join(", ")}`, region.kubernetesVersion, "choose a version that is offered");
  };

/** The level of a key is only told once a key exists; the API has no list of levels per region. */
const hsm =
  (region: PreflightInput["regions"][number]): Ask =>
  async (api) => {
    const check = `hsm keys in ${region.name}`;
    const keys = await api.list(`/key-manager/v1alpha1/regions/${region.name}/keys`, "keys");
    if (!region.hsm) return ok(check, "not needed");
    return keys.some((k) => k.protection_level === "hsm")
      ? ok(check, "a key with protection level hsm exists")
      : unsure(
          check,
          "no hsm key to look at",
          "protection level hsm",
          "the first key of the plan tells: it is read back, and fails rather than fall back to software",
        );
  };

const defaultVpc =
  (region: string): Ask =>
  async (api) => {
    const check = `default vpc in ${region}`;
    const networks = await api.list(`/vpc/v2/regions/${region}/private-networks`, "private_networks");
    const vpcs = await api.list(`/vpc/v2/regions/${region}/vpcs`, "vpcs");
    const defaults = new Set(vpcs.filter((v) => v.is_default === true).map((v) => text(v.id)));
    const inDefault = networks.filter((n) => defaults.has(text(n.vpc_id)));
    return inDefault.length === 0
      ? ok(check, "empty")
      : unsure(
          check,
          `${inDefault.length} private networks in it`,
          "nothing in a default VPC",
          "they are not Bastide's and are not judged: move or remove them",
        );
  };

const nodeTypes =
  (zone: string, input: PreflightInput): Ask =>
  async (api) => {
    const answer = z
      .object({ servers: z.record(z.string(), z.unknown()) })
      .parse(await api.get(`/instance/v1/zones/${zone}/products/servers`));
    return input.nodeTypes
      .filter((n) => n.zone === zone)
      .flatMap(({ type }) => {
        const offered = Object.keys(answer.servers).some((s) => s.toLowerCase() === type.toLowerCase());
        return offered
          ? ok(`${type} in ${zone}`, "offered")
          : fault(`${type} in ${zone}`, "not offered", type, "choose a type that the zone offers");
      });
  };

const quotas =
  (input: PreflightInput): Ask =>
  async (api) => {
    const limits = await api.list(`/iam/v1alpha1/quota?organization_id=${api.organizationId}`, "quota");
    return Object.entries(input.quotas).flatMap(([name, needed]) => {
      const limit = limits.find((l) => l.name === name);
      const check = `quota ${name}`;
      if (limit === undefined)
        return unsure(check, "not in the account's list", `at least ${needed}`, "ask Scaleway's support");
      const value = Number(limit.limit);
      return limit.unlimited === true || value >= needed
        ? ok(check, limit.unlimited === true ? "unlimited" : String(value))
        : fault(check, String(value), `at least ${needed}`, "ask Scaleway's support to raise it");
    });
  };

const projectNames =
  (input: PreflightInput, applied: Set<string>): Ask =>
  async (api) => {
    const existing = new Set(
      (await api.list(`/account/v3/projects?organization_id=${api.organizationId}`, "projects")).map((p) =>
        text(p.name),
      ),
    );
    const found = input.projects.filter((p) => existing.has(p.name));
    for (const { layer } of found) applied.add(layer);
    const names = found.map((p) => p.name).join(", ");
    return found.length === 0 ? ok("project names", "free") : taken("project names", `exist: ${names}`);
  };

const vpcName =
  (vpc: PreflightInput["vpcs"][number]): Ask =>
  async (api) => {
    const check = `vpc name in ${vpc.region}`;
    const vpcs = await api.list(`/vpc/v2/regions/${vpc.region}/vpcs`, "vpcs");
    return vpcs.some((v) => v.name === vpc.name) ? taken(check, `${vpc.name} exists`) : ok(check, "free");
  };
