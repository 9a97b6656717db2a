import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { estateOf } from "../../judge/facts/estate.ts";
import type { RawObject } from "../../judge/facts/raw.ts";
import { judgeManifest } from "../../judge/kit/manifest/check.ts";
import {
  type AdmissionManifest,
  admissionManifests,
  PARAMETERS,
} from "../../policy-packs/bastide/admission/policies.ts";
import { ADMISSION_RULES } from "../../policy-packs/bastide/admission/rules.ts";
import { POD_SECURITY } from "../../policy-packs/bastide/rules/kubernetes/pod-security.ts";
import { REGISTRIES } from "../../policy-packs/bastide/rules/supply-chain/images-come-from-own-registries.ts";
import { type Answer, type ApiServer, startApiServer } from "../harness/api-server.ts";
import { type Manifest, manifests, workloads } from "../harness/manifests.ts";
import { raw } from "../harness/raw.ts";

/**
 * One rule, two doors: the same manifests before the judge and before a real API server with the rendered policies. In one
 * namespace every refusal is a warning, so that the server names each check that does not hold; in another it refuses; in a
 * third one Kubernetes' own Pod Security says what it thinks.
 */
let server: ApiServer;
const REGISTRY = "rg.fr-par.scw.cloud/rehearsal-images/";
const ADMISSION = "/apis/admissionregistration.k8s.io/v1";
const SEED = 20261124;

const selecting = (door: string) => ({ namespaceSelector: { matchLabels: { door } } });

/** A binding as shipped, for the objects of one namespace; or one that only warns. */
function bound(manifest: AdmissionManifest, door: "warn" | "deny"): AdmissionManifest {
  if (manifest.kind === "ValidatingAdmissionPolicy") return manifest;
  const actions = door === "warn" ? { validationActions: ["Warn"] } : {};
  const name = `${manifest.metadata.name}-${door}`;
  return { ...manifest, metadata: { name }, spec: { ...manifest.spec, ...actions, matchResources: selecting(door) } };
}

async function made(path: string, body: unknown): Promise<void> {
  const answer = await server.call("POST", path, body);
  if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
}

const create = (path: string, { apiVersion, kind, body }: Manifest): Promise<Answer> =>
  server.call("POST", `${path}?dryRun=All`, { apiVersion, kind, ...body });

function pathOf({ apiVersion, plural, namespaced }: Manifest, namespace: string): string {
  const root = apiVersion === "v1" ? "/api/v1" : `/apis/${apiVersion}`;
  return namespaced ? `${root}/namespaces/${namespace}/${plural}` : `${root}/${plural}`;
}

/** Checks that do not hold, as the judge says. */
function byJudge({ apiVersion, kind, body }: Manifest, namespace: string): readonly string[] {
  const metadata = typeof body.metadata === "object" && body.metadata !== null ? body.metadata : {};
  const inputs: RawObject = { apiVersion, kind, ...body, metadata: { ...metadata, namespace } };
  const resource = raw(`kubernetes:${apiVersion === "v1" ? "core/v1" : apiVersion}:${kind}`, "x", inputs);
  const estate = estateOf("gate", [resource]);
  const fact = estate.factOf("manifest", resource.urn);
  if (fact === undefined) throw new Error(`no facts of ${kind}`);
  return ADMISSION_RULES.flatMap(({ rule, checks }) =>
    checks.flatMap((check) => {
      const [result] = judgeManifest(fact, estate, [check], { [REGISTRIES]: [REGISTRY] });
      if (result?.outcome === "undecided") throw new Error(`${rule.id} (${check.name}) can't be known`);
      return result?.outcome === "fail" ? [`${rule.id} (${check.name})`] : [];
    }),
  ).sort();
}

/** Checks that do not hold, as the server warns. */
function byServer(answer: Answer, manifest: Manifest): readonly string[] {
  // Anything else than a policy's refusal is the generator's fault, and would prove nothing.
  if (answer.status !== 201) throw new Error(`${manifest.kind}: ${JSON.stringify(answer.body)}`);
  return answer.warnings.flatMap((w) => /[A-Z0-9]+-\d\d \([^)]+\)/.exec(w)?.[0] ?? []).sort();
}

beforeAll(async () => {
  server = await startApiServer();
  const own = admissionManifests();
  const policies = own.filter((m) => m.kind === "ValidatingAdmissionPolicy");
  const bindings = own.filter((m) => m.kind === "ValidatingAdmissionPolicyBinding");
  await made(`/api/v1/namespaces/${PARAMETERS.namespace}/configmaps`, {
    metadata: { name: PARAMETERS.name },
    data: { [REGISTRIES]: REGISTRY },
  });
  for (const name of ["warn", "deny", "oracle"]) {
    const security = {
      "pod-security.kubernetes.io/enforce": "restricted",
      "pod-security.kubernetes.io/enforce-version": "v1.34",
    };
    const labels = { door: name, ...(name === "oracle" ? security : {}) };
    await made("/api/v1/namespaces", { metadata: { name, labels } });
  }
  await server.call("PATCH", "/api/v1/namespaces/default?fieldManager=test", {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: "default", labels: { door: "warn" } },
  });
  for (const policy of policies) await made(`${ADMISSION}/validatingadmissionpolicies`, policy);
  const doors = [...bindings.map((b) => bound(b, "warn")), ...bindings.map((b) => bound(b, "deny"))];
  for (const binding of doors) await made(`${ADMISSION}/validatingadmissionpolicybindings`, binding);
  await everyPolicyInForce(bindings.length);
}, 120_000);

afterAll(() => server.stop());

/** Policies come into force a moment after they are made: the last of them is waited for. */
async function everyPolicyInForce(count: number): Promise<void> {
  expect(count).toBeGreaterThan(30);
  const bad: Manifest = {
    ...{ kind: "PodTemplate", apiVersion: "v1", plural: "podtemplates", namespaced: true },
    body: { metadata: { name: "x" }, template: { spec: { containers: [{ name: "c", image: "x" }] } } },
  };
  const wanted = byJudge(bad, "warn");
  await vi.waitFor(async () => expect(byServer(await create(pathOf(bad, "warn"), bad), bad)).toEqual(wanted), {
    timeout: 20_000,
    interval: 200,
  });
}

describe("judge and API server", () => {
  it("name the same checks for whatever manifest", { timeout: 60_000 }, async () => {
    const kinds = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(manifests, fc.constantFrom("warn", "warn", "warn", "default"), async (manifest, namespace) => {
        const labelled =
          manifest.kind === "Namespace" ? { ...manifest, body: withLabel(manifest.body, "door", "warn") } : manifest;
        const answer = await create(pathOf(labelled, namespace), labelled);
        // What is of no namespace meets the refusing bindings as well.
        const told = manifest.namespaced || answer.status !== 403 ? answer : { ...answer, status: 201 };
        const judged = byJudge(labelled, namespace);
        for (const name of judged) kinds.set(name, (kinds.get(name) ?? 0) + 1);
        expect(byServer(told, manifest)).toEqual(judged);
      }),
      { numRuns: 400, seed: SEED },
    );
    // Every check was seen to refuse at least once, but those that need what no generated manifest has.
    const all = ADMISSION_RULES.flatMap(({ rule, checks }) => checks.map((c) => `${rule.id} (${c.name})`));
    expect(all.filter((name) => !kinds.has(name))).toEqual([
      "K8S-02 (host process)",
      "K8S-02 (proc mount)",
      "K8S-05 (namespace of ConfigMap)",
    ]);
  });

  it("give the same verdict", { timeout: 60_000 }, async () => {
    const verdicts = new Set<boolean>();
    await fc.assert(
      fc.asyncProperty(workloads, async (manifest) => {
        const { status, body } = await create(pathOf(manifest, "deny"), manifest);
        const refused = byJudge(manifest, "deny").length > 0;
        verdicts.add(refused);
        expect(status, JSON.stringify(body)).toBe(refused ? 403 : 201);
      }),
      { numRuns: 150, seed: SEED },
    );
    expect(verdicts.size).toBe(2);
  });

  it("and Kubernetes' own Pod Security agree on pods", { timeout: 60_000 }, async () => {
    const verdicts = new Set<boolean>();
    await fc.assert(
      fc.asyncProperty(
        workloads.filter((m) => m.kind === "Pod"),
        async (manifest) => {
          const { status, body } = await create(pathOf(manifest, "oracle"), manifest);
          const names = new Set(POD_SECURITY.map((check) => `K8S-02 (${check.name})`));
          const refused = byJudge(manifest, "oracle").some((name) => names.has(name));
          verdicts.add(refused);
          expect(status, JSON.stringify(body)).toBe(refused ? 403 : 201);
        },
      ),
      { numRuns: 150, seed: SEED },
    );
    expect(verdicts.size).toBe(2);
  });

  it("refuse a debug container that is added to a running pod", async () => {
    const security = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } };
    const image = `${REGISTRY}x@sha256:${"ab".repeat(32)}`;
    const safe = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
    const pod = {
      metadata: { name: "running" },
      spec: {
        ...{ serviceAccountName: "worker", automountServiceAccountToken: false, securityContext: security },
        containers: [{ name: "main", image, securityContext: safe }],
      },
    };
    await made("/api/v1/namespaces/deny/pods", pod);
    const debug = (securityContext: unknown) =>
      server.call("PATCH", "/api/v1/namespaces/deny/pods/running/ephemeralcontainers?dryRun=All&fieldManager=test", {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "running" },
        spec: { ephemeralContainers: [{ name: "debug", image, securityContext }] },
      });
    expect((await debug(safe)).status).toBe(200);
    const refused = await debug({ ...safe, capabilities: {} });
    expect(refused.status).toBe(403);
    expect(JSON.stringify(refused.body)).toContain("K8S-02 (capabilities dropped)");
  });

  it("let nothing through when the environment's values are not there", async () => {
    const path = `/api/v1/namespaces/${PARAMETERS.namespace}/configmaps/${PARAMETERS.name}`;
    expect((await server.call("DELETE", path)).status).toBe(200);
    const [good] = fc.sample(
      workloads.filter((m) => byJudge(m, "deny").length === 0),
      { numRuns: 1, seed: SEED },
    );
    if (good === undefined) throw new Error("no good manifest was generated");
    await expect.poll(async () => JSON.stringify((await create(pathOf(good, "deny"), good)).body)).toContain("sup-01");
  });
});

function withLabel(body: RawObject, key: string, value: string): RawObject {
  const metadata = typeof body.metadata === "object" && body.metadata !== null ? { ...body.metadata } : {};
  const labels = Reflect.get(metadata, "labels") ?? {};
  return { ...body, metadata: { ...metadata, labels: { ...labels, [key]: value } } };
}
