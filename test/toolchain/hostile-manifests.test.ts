import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { HOSTILE as PODS } from "../../cli/start/hostile-pods.ts";
import { estateOf } from "../../judge/facts/estate.ts";
import { judgeManifest } from "../../judge/kit/manifest/check.ts";
import { admissionManifests, PARAMETERS } from "../../policy-packs/bastide/admission/policies.ts";
import { ADMISSION_RULES } from "../../policy-packs/bastide/admission/rules.ts";
import { REGISTRIES } from "../../policy-packs/bastide/rules/supply-chain/images-come-from-own-registries.ts";
import { type ApiServer, startApiServer } from "../harness/api-server.ts";
import { HOSTILE, HOSTILE_REGISTRY, type Hostile } from "../harness/hostile.data.ts";
import { raw } from "../harness/raw.ts";

/** The committed hostile manifests before the judge and before a real API server with the shipped policies, bindings unchanged. */
const ADMISSION = "/apis/admissionregistration.k8s.io/v1";
/** A namespace as the platform makes them. */
const WALLED = "walled";
const RESTRICTED = {
  "pod-security.kubernetes.io/enforce": "restricted",
  "pod-security.kubernetes.io/enforce-version": "v1.35",
};
let server: ApiServer;

async function made(path: string, body: unknown): Promise<void> {
  const answer = await server.call("POST", path, body);
  if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
}

function send({ apiVersion, kind, plural, clusterWide, body }: Hostile) {
  const root = apiVersion === "v1" ? "/api/v1" : `/apis/${apiVersion}`;
  const path = clusterWide === true ? `${root}/${plural}` : `${root}/namespaces/deny/${plural}`;
  return server.call("POST", `${path}?dryRun=All`, { apiVersion, kind, ...body });
}

const judgedBad = ({ apiVersion, kind, clusterWide, body }: Hostile): boolean => {
  const metadata = typeof body.metadata === "object" && body.metadata !== null ? { ...body.metadata } : {};
  const placed = { ...metadata, ...(clusterWide === true ? {} : { namespace: "deny" }) };
  const type = `kubernetes:${apiVersion === "v1" ? "core/v1" : apiVersion}:${kind}`;
  const resource = raw(type, "x", { apiVersion, kind, ...body, metadata: placed });
  const estate = estateOf("gate", [resource]);
  const fact = estate.factOf("manifest", resource.urn);
  if (fact === undefined) throw new Error(`no facts of ${kind}`);
  return ADMISSION_RULES.some(({ checks }) =>
    checks.some((check) =>
      judgeManifest(fact, estate, [check], { [REGISTRIES]: [HOSTILE_REGISTRY] }).some((r) => r.outcome === "fail"),
    ),
  );
};

beforeAll(async () => {
  server = await startApiServer();
  await made("/api/v1/namespaces", { metadata: { name: "deny" } });
  await made("/api/v1/namespaces", { metadata: { name: WALLED, labels: RESTRICTED } });
  await made(`/api/v1/namespaces/${PARAMETERS.namespace}/configmaps`, {
    metadata: { name: PARAMETERS.name },
    data: { [REGISTRIES]: HOSTILE_REGISTRY },
  });
  for (const manifest of admissionManifests())
    await made(
      `${ADMISSION}/${manifest.kind === "ValidatingAdmissionPolicy" ? "validatingadmissionpolicies" : "validatingadmissionpolicybindings"}`,
      manifest,
    );
  // Policies come into force a moment after they are made, each by itself: all are given 20 seconds. What is not refused by
  // then has a test of its own that says so.
  for (let tries = 0; tries < 100; tries++) {
    const answers = await Promise.all(HOSTILE.map(send));
    if (answers.every(({ status }) => status === 403)) break;
    await sleep(200);
  }
}, 120_000);

afterAll(() => server.stop());

it("are many", () => expect(HOSTILE.length).toBeGreaterThanOrEqual(40));

it.each(HOSTILE)("$kind, $name: refused at both doors", async (hostile) => {
  const { status, body } = await send(hostile);
  expect({ judge: judgedBad(hostile) ? 403 : 201, server: status }, JSON.stringify(body)).toEqual({
    judge: 403,
    server: 403,
  });
});

it.each(PODS)("a pod that a start shows, $what: refused by $by", async ({ spec, refused }) => {
  const body = { apiVersion: "v1", kind: "Pod", metadata: { name: "hostile" } };
  const whole = { ...body, spec: { serviceAccountName: "worker", automountServiceAccountToken: false, ...spec } };
  const answer = await server.call("POST", `/api/v1/namespaces/${WALLED}/pods?dryRun=All`, whole);
  expect(JSON.stringify(answer.body)).toMatch(refused);
});
