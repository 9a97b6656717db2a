import { unknownValue } from "@pulumi/pulumi/runtime/rpc.js";
import { describe, expect, it } from "vitest";
import { check } from "../../local/plugins/kubernetes/check.ts";
import { nameFaults } from "../../local/plugins/kubernetes/faults.ts";
import { fieldManagerOf, gvkOf, identityFromId } from "../../local/plugins/kubernetes/manifest.ts";
import { ruleOf } from "../../local/plugins/kubernetes/readiness.ts";
import { explained, isEarly, Refusal } from "../../local/plugins/kubernetes/refusals.ts";
import { sealAt, secretPaths, secretTexts } from "../../local/plugins/kubernetes/secrets.ts";
import { settingsFaults, settingsOf } from "../../local/plugins/kubernetes/settings.ts";
import { type Props, secret } from "../../plugins/engine/values.ts";

const refusal = (status: number, message: string, details: Props = {}, reason = ""): Refusal =>
  new Refusal(status, { kind: "Status", status: "Failure", message, reason, details });

describe("a refusal of the API server", () => {
  const said = (r: Refusal, hide: readonly string[] = []): string => explained("apply Deployment s/n", r, hide).message;

  it("names every field with its path", () => {
    const causes = [
      { field: "spec.replicas", message: "Invalid value: -1", reason: "FieldValueInvalid" },
      { field: "spec.selector", message: "Required value", reason: "FieldValueRequired" },
    ];
    expect(said(refusal(422, "Deployment.apps is invalid", { causes }, "Invalid"))).toBe(
      "cannot apply Deployment s/n: spec.replicas: Invalid value: -1; spec.selector: Required value",
    );
  });

  it("names the field and its owner where another manager holds it", () => {
    const cause = {
      field: ".spec.replicas",
      message: 'conflict with "night-shift" using apps/v1',
      reason: "FieldManagerConflict",
    };
    expect(said(refusal(409, "Apply failed with 1 conflict", { causes: [cause] }, "Conflict"))).toMatch(
      /^cannot apply Deployment s\/n: spec\.replicas belongs to night-shift; fix: .*"pulumi\.com\/patchForce": "true"/,
    );
  });

  it("finds the path in schema errors that have no causes", () => {
    const typed =
      "failed to create typed patch object (s/n; apps/v1, Kind=Deployment): .spec.replcas: field not declared in schema";
    expect(said(refusal(400, typed))).toBe("cannot apply Deployment s/n: spec.replcas: field not declared in schema");
    const strict = 'strict decoding error: unknown field "spec.foo", duplicate field "spec.bar"';
    expect(said(refusal(400, strict))).toBe(
      "cannot apply Deployment s/n: spec.foo: unknown field; spec.bar: duplicate field",
    );
  });

  it("says what to do about quotas, rights, credentials and namespaces", () => {
    expect(said(refusal(403, "exceeded quota: few, requested: pods=1"))).toMatch(/exceeded quota: few.*fix: raise/);
    expect(said(refusal(403, 'User "u" cannot patch resource "deployments"'))).toMatch(/fix: give/);
    expect(said(refusal(401, "Unauthorized"))).toMatch(/does not take the credentials; fix:/);
    const missing = refusal(404, 'namespaces "x" not found', { kind: "namespaces", name: "x" }, "NotFound");
    expect(said(missing)).toMatch(/there is no namespace x; fix:/);
    expect(isEarly(missing)).toBe(true);
    expect(isEarly(refusal(404, "gone", { kind: "pods", name: "p" }))).toBe(false);
  });

  it("says how a fixed field is changed", () => {
    const causes = [
      { field: "spec.mode", message: "Invalid value: 1: field is immutable", reason: "FieldValueInvalid" },
    ];
    expect(said(refusal(422, "invalid", { causes }))).toMatch(/fix: .*spec\.mode.*replaceOnChanges/);
  });

  it("prints no secret", () => {
    expect(said(refusal(422, 'Invalid value: "hunter22"'), ["hunter22"])).toContain('Invalid value: "[secret]"');
  });

  it("of a proxy is told as it is", () => expect(new Refusal(502, "<html>bad").message).toBe("<html>bad"));
});

describe("names", () => {
  const naming = { name: "App", seed: new Uint8Array([1, 2, 3]), proposed: undefined };
  const urn = "urn:pulumi:s::p::kubernetes:core/v1:ConfigMap::App";
  const map = (metadata: unknown): Props => ({ apiVersion: "v1", kind: "ConfigMap", metadata });

  it("are made where a program gives none, the same for the same seed, and kept after", async () => {
    const first = await check(undefined, urn, {}, map({ labels: { a: "b" } }), naming);
    const { name } = first.inputs.metadata as Props;
    expect(name).toMatch(/^app-[0-9a-f]{8}$/);
    expect(first.inputs.metadata).toMatchObject({
      labels: { a: "b" },
      annotations: { "pulumi.com/autonamed": "true" },
    });
    expect(await check(undefined, urn, {}, map({ labels: { a: "b" } }), naming)).toEqual(first);
    const other = { ...naming, seed: new Uint8Array([9]) };
    expect((await check(undefined, urn, first.inputs, map({}), other)).inputs.metadata).toMatchObject({ name });
    expect((await check(undefined, urn, {}, map({}), other)).inputs.metadata).not.toMatchObject({ name });
  });

  it("are the project's own where it says so, or nobody's", async () => {
    const proposed = { name: "prod-app", mode: "enforce" } as const;
    expect((await check(undefined, urn, {}, map({}), { ...naming, proposed })).inputs.metadata).toMatchObject({
      name: "prod-app",
    });
    const disabled = { name: "", mode: "disabled" } as const;
    const { failures } = await check(undefined, urn, {}, map({}), { ...naming, proposed: disabled });
    expect(failures.map((f) => f.property)).toEqual(["metadata.name"]);
  });

  it("that are wrong are told with their path, those that are not known yet are not judged", () => {
    const paths = (metadata: unknown, kind = "ConfigMap"): readonly string[] =>
      nameFaults({ apiVersion: "v1", kind, metadata }).map((f) => f.property);
    expect(paths({ name: "a/b", namespace: "No", labels: { x: 3 } })).toEqual([
      "metadata.name",
      "metadata.namespace",
      'metadata.labels["x"]',
    ]);
    expect(paths({ name: unknownValue, namespace: unknownValue })).toEqual([]);
    expect(paths({ name: "system:node" }, "")).toEqual(["kind"]);
    expect(paths({ name: "n", generateName: "x-" })).toEqual(["metadata.generateName"]);
  });

  it.each(["kubernetes:helm.sh/v3:Release", "kubernetes:yaml/v2:ConfigFile", "kubernetes:core/v1:ConfigMapPatch"])(
    "of %s lead to the official plug-in",
    async (type) => {
      await expect(check(undefined, `urn:pulumi:s::p::${type}::x`, {}, {}, naming)).rejects.toThrow(
        /fix: put the official/,
      );
    },
  );

  it("are read from types and ids", () => {
    expect(gvkOf("urn:pulumi:s::p::a:b:C$kubernetes:rbac.authorization.k8s.io/v1:Role::x")).toEqual({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "Role",
    });
    expect(identityFromId(urn, "space/name")).toEqual({
      apiVersion: "v1",
      kind: "ConfigMap",
      namespace: "space",
      name: "name",
    });
    expect(fieldManagerOf(urn)).toMatch(/^pulumi-kubernetes-[0-9a-f]{8}$/);
  });
});

describe("settings", () => {
  it("that the stand-in does not know are refused by name", () => {
    const faults = settingsFaults({
      kubeconfig: "x",
      enableServerSideApply: "false",
      renderYamlToDirectory: "d",
      suppressDeprecationWarnings: "true",
    });
    expect(faults.map((f) => f.property)).toEqual(["enableServerSideApply", "renderYamlToDirectory"]);
    expect(settingsFaults({ kubeconfig: secret("x"), enableServerSideApply: true })).toEqual([]);
  });
  it("that are not known yet lead to no cluster", () => {
    expect(settingsOf({ kubeconfig: unknownValue })).toBeUndefined();
    expect(settingsOf({ kubeconfig: "k", namespace: "n" })).toMatchObject({ kubeconfig: "k", namespace: "n" });
  });
});

describe("secrets", () => {
  it("are found, and sealed where they stood; a list as a whole", () => {
    const inputs = { data: { a: secret("open-sesame"), b: "2" }, spec: { list: [{ v: secret("x") }] } };
    const paths = secretPaths(inputs);
    expect(paths).toEqual([
      ["data", "a"],
      ["spec", "list", 0, "v"],
    ]);
    expect(sealAt({ data: { a: "1", b: "2" }, spec: { list: [1], other: 3 } }, [...paths, ["gone"]])).toEqual({
      data: { a: secret("1"), b: "2" },
      spec: { list: secret([1]), other: 3 },
    });
    expect(secretTexts(inputs)).toEqual(["open-sesame"]);
  });
});

describe("readiness", () => {
  const is = (live: Props, bindsAtOnce = false): string => {
    const progress = ruleOf(live)?.progress(live, { bindsAtOnce });
    return progress === undefined
      ? "not waited for"
      : progress.is === "waiting" && progress.stuck === true
        ? "stuck"
        : progress.is;
  };
  const app = (status: Props, spec: Props = { replicas: 2 }, kind = "Deployment"): Props => ({
    apiVersion: "apps/v1",
    kind,
    metadata: { generation: 2, name: "n" },
    spec,
    status,
  });
  const done = { observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2 };
  it.each<[string, Props, string]>([
    ["a deployment that is up to date", app(done), "ready"],
    ["one whose status is of before the change", app({ ...done, observedGeneration: 1 }), "waiting"],
    ["one that still runs old pods", app({ ...done, replicas: 3 }), "waiting"],
    ["one of no pods", app({ observedGeneration: 2 }, { replicas: 0 }), "ready"],
    [
      "one past its deadline",
      app({ ...done, conditions: [{ type: "Progressing", status: "False", reason: "ProgressDeadlineExceeded" }] }),
      "failed",
    ],
    [
      "one that a quota holds up",
      app({
        observedGeneration: 2,
        conditions: [{ type: "ReplicaFailure", status: "True", message: "exceeded quota: q" }],
      }),
      "stuck",
    ],
    [
      "a set on its way",
      app(
        { observedGeneration: 2, readyReplicas: 1, currentRevision: "a", updateRevision: "a" },
        { replicas: 2 },
        "StatefulSet",
      ),
      "waiting",
    ],
    [
      "a set between revisions",
      app(
        { observedGeneration: 2, readyReplicas: 2, updatedReplicas: 1, currentRevision: "a", updateRevision: "b" },
        { replicas: 2 },
        "StatefulSet",
      ),
      "waiting",
    ],
    [
      "a set that is there",
      app(
        { observedGeneration: 2, readyReplicas: 2, currentRevision: "a", updateRevision: "a" },
        { replicas: 2 },
        "StatefulSet",
      ),
      "ready",
    ],
    ["a job that runs", { apiVersion: "batch/v1", kind: "Job", status: { active: 1 } }, "waiting"],
    [
      "a job that has ended well",
      { apiVersion: "batch/v1", kind: "Job", status: { conditions: [{ type: "Complete", status: "True" }] } },
      "ready",
    ],
    [
      "a job that has failed",
      { apiVersion: "batch/v1", kind: "Job", status: { conditions: [{ type: "Failed", status: "True" }] } },
      "failed",
    ],
    ["a service inside the cluster", { apiVersion: "v1", kind: "Service", spec: { type: "ClusterIP" } }, "ready"],
    [
      "a load balancer without address",
      { apiVersion: "v1", kind: "Service", spec: { type: "LoadBalancer" }, status: { loadBalancer: {} } },
      "waiting",
    ],
    [
      "a claim that waits for its pod",
      { apiVersion: "v1", kind: "PersistentVolumeClaim", status: { phase: "Pending" } },
      "ready",
    ],
    [
      "a namespace on its way out",
      { apiVersion: "v1", kind: "Namespace", status: { phase: "Terminating" } },
      "waiting",
    ],
    [
      "a quota that nobody has counted",
      { apiVersion: "v1", kind: "ResourceQuota", spec: { hard: { pods: "1" } }, status: {} },
      "waiting",
    ],
    ["a kind of somebody else's", { apiVersion: "example.org/v1", kind: "Job", status: {} }, "not waited for"],
  ])("%s", (_what, live, expected) => expect(is(live)).toBe(expected));

  it("of a claim counts where its class binds at once", () => {
    const claim = (phase: string): Props => ({ apiVersion: "v1", kind: "PersistentVolumeClaim", status: { phase } });
    expect([is(claim("Pending"), true), is(claim("Bound"), true), is(claim("Lost"), true)]).toEqual([
      "waiting",
      "ready",
      "failed",
    ]);
  });
});
