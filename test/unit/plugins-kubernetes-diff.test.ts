import { unknownValue } from "@pulumi/pulumi/runtime/rpc.js";
import { describe, expect, it } from "vitest";
import { changesOf, pathText } from "../../local/plugins/kubernetes/diff.ts";
import { drifted, inputsOf } from "../../local/plugins/kubernetes/drift.ts";
import { diff } from "../../local/plugins/kubernetes/provider.ts";
import { plain } from "../../local/plugins/values.ts";
import { type Props, secret } from "../../plugins/engine/values.ts";

const paths = (before: unknown, after: unknown): readonly string[] =>
  changesOf(before, after).map(({ path, kind }) => `${kind} ${pathText(path)}`);

describe("what differs", () => {
  it("is told as deep as it can be, in Pulumi's own paths", () => {
    const before = { metadata: { labels: { "a.b/c": "1", d: "1" } }, spec: { list: [1, 2], gone: true } };
    const after = { metadata: { labels: { "a.b/c": "2", d: "1" } }, spec: { list: [1, 3, 4] } };
    expect(paths(before, after)).toEqual([
      'update metadata.labels["a.b/c"]',
      "update spec.list[1]",
      "add spec.list[2]",
      "delete spec.gone",
    ]);
  });

  it("is nothing where the order of keys alone is another", () => {
    expect(paths({ a: { x: 1, y: [{ p: 1, q: 2 }] } }, { a: { y: [{ q: 2, p: 1 }], x: 1 } })).toEqual([]);
  });

  it("is whatever is not known yet, even from itself", () => {
    expect(paths({ a: "1" }, { a: unknownValue })).toEqual(["update a"]);
    expect(paths({ a: unknownValue }, { a: unknownValue })).toEqual(["update a"]);
  });
});

const object = (apiVersion: string, kind: string, rest: Props): Props => ({
  apiVersion,
  kind,
  metadata: { name: "n", namespace: "s" },
  ...rest,
});
const replaces = (before: Props, after: Props): boolean => diff(before, after).changes.some((c) => c.replaces);

describe("what can only be replaced", () => {
  const workload = (spec: Props) => object("apps/v1", "Deployment", { spec });
  const set = (spec: Props) => object("apps/v1", "StatefulSet", { spec });
  const map = (rest: Props) => object("v1", "ConfigMap", rest);
  it.each<[string, Props, Props, boolean]>([
    [
      "a deployment's selector",
      workload({ selector: { matchLabels: { a: "1" } } }),
      workload({ selector: { matchLabels: { a: "2" } } }),
      true,
    ],
    ["a deployment's replicas", workload({ replicas: 1 }), workload({ replicas: 2 }), false],
    ["a set's service", set({ serviceName: "a" }), set({ serviceName: "b" }), true],
    [
      "a set's claims",
      set({ volumeClaimTemplates: [{ spec: { a: 1 } }] }),
      set({ volumeClaimTemplates: [{ spec: { a: 2 } }] }),
      true,
    ],
    ["a set's template", set({ template: { a: 1 } }), set({ template: { a: 2 } }), false],
    [
      "a job's template",
      object("batch/v1", "Job", { spec: { template: { a: 1 } } }),
      object("batch/v1", "Job", { spec: { template: { a: 2 } } }),
      true,
    ],
    [
      "a job's patience",
      object("batch/v1", "Job", { spec: { ttlSecondsAfterFinished: 1 } }),
      object("batch/v1", "Job", { spec: { ttlSecondsAfterFinished: 2 } }),
      false,
    ],
    [
      "a service's address",
      object("v1", "Service", { spec: { clusterIP: "None" } }),
      object("v1", "Service", { spec: { clusterIP: "10.0.0.1" } }),
      true,
    ],
    [
      "a service's ports",
      object("v1", "Service", { spec: { ports: [{ port: 1 }] } }),
      object("v1", "Service", { spec: { ports: [{ port: 2 }] } }),
      false,
    ],
    [
      "a claim's class",
      object("v1", "PersistentVolumeClaim", { spec: { storageClassName: "a" } }),
      object("v1", "PersistentVolumeClaim", { spec: { storageClassName: "b" } }),
      true,
    ],
    [
      "a claim's size",
      object("v1", "PersistentVolumeClaim", { spec: { resources: { a: 1 } } }),
      object("v1", "PersistentVolumeClaim", { spec: { resources: { a: 2 } } }),
      false,
    ],
    [
      "a class's parameters",
      object("storage.k8s.io/v1", "StorageClass", { parameters: { a: "1" } }),
      object("storage.k8s.io/v1", "StorageClass", { parameters: { a: "2" } }),
      true,
    ],
    [
      "a binding's role",
      object("rbac.authorization.k8s.io/v1", "RoleBinding", { roleRef: { name: "a" } }),
      object("rbac.authorization.k8s.io/v1", "RoleBinding", { roleRef: { name: "b" } }),
      true,
    ],
    [
      "a binding's subjects",
      object("rbac.authorization.k8s.io/v1", "RoleBinding", { subjects: [{ name: "a" }] }),
      object("rbac.authorization.k8s.io/v1", "RoleBinding", { subjects: [{ name: "b" }] }),
      false,
    ],
    [
      "a secret's type",
      object("v1", "Secret", { type: "Opaque" }),
      object("v1", "Secret", { type: "kubernetes.io/tls" }),
      true,
    ],
    ["data of a map", map({ data: { a: "1" } }), map({ data: { a: "2" } }), false],
    [
      "data of a map that is fixed",
      map({ immutable: true, data: { a: "1" } }),
      map({ immutable: true, data: { a: "2" } }),
      true,
    ],
    ["a map that becomes fixed", map({ data: { a: "1" } }), map({ immutable: true, data: { a: "1" } }), false],
    [
      "a version of the same group",
      object("apps/v1beta1", "Deployment", {}),
      object("apps/v1", "Deployment", {}),
      false,
    ],
    ["another group", object("extensions/v1beta1", "Ingress", {}), object("networking.k8s.io/v1", "Ingress", {}), true],
    [
      "a field of a foreign kind with the same name",
      object("example.org/v1", "Deployment", { spec: { selector: 1 } }),
      object("example.org/v1", "Deployment", { spec: { selector: 2 } }),
      false,
    ],
  ])("%s", (_what, before, after, expected) => {
    expect(diff(before, after).changes.length).toBeGreaterThan(0);
    expect(replaces(before, after)).toBe(expected);
  });

  it("is an object of another name, the new one first; of the same name the old one goes first", () => {
    const named = (name: string, rest: Props = {}): Props => ({ ...object("v1", "Secret", rest), metadata: { name } });
    const other = diff(named("a"), named("b"));
    expect([other.changes.some((c) => c.replaces), other.deleteFirst]).toEqual([true, false]);
    expect(diff(named("a", { type: "x" }), named("a", { type: "y" })).deleteFirst).toBe(true);
  });
});

describe("what others changed", () => {
  const wanted = {
    apiVersion: "v1",
    kind: "X",
    spec: {
      cpu: "1000m",
      list: [
        { name: "b", v: "1" },
        { name: "a", v: "1" },
      ],
    },
  };
  const would = {
    ...wanted,
    spec: {
      cpu: "1",
      extra: "default",
      list: [
        { name: "b", v: "1", d: 1 },
        { name: "a", v: "1", d: 1 },
      ],
    },
  };

  it("is nothing where the server only wrote it in its own way", () => {
    expect(drifted(wanted, would, structuredClone(would))).toEqual(wanted);
  });

  it("is told in place, whatever others put in between", () => {
    const live = {
      ...would,
      spec: {
        ...would.spec,
        list: [
          { name: "new", v: "9" },
          { name: "b", v: "1", d: 1 },
          { name: "a", v: "2", d: 1 },
        ],
      },
    };
    expect(drifted(wanted, would, live)).toEqual({
      ...wanted,
      spec: {
        cpu: "1000m",
        list: [
          { name: "b", v: "1" },
          { name: "a", v: "2" },
        ],
      },
    });
  });

  it("is a field that was taken away", () => {
    const live = { ...would, spec: { extra: "default", list: would.spec.list } };
    expect(drifted(wanted, would, live)).toEqual({ ...wanted, spec: { list: wanted.spec.list } });
  });

  it("stays in its envelope, and is seen in texts that are only written", () => {
    const b64 = (text: string): string => Buffer.from(text).toString("base64");
    const key = { kind: "Secret", stringData: { a: secret("old"), b: secret("same") } };
    const found = drifted(
      key,
      { kind: "Secret", data: { a: b64("old"), b: b64("same") } },
      { kind: "Secret", data: { a: b64("new"), b: b64("same") } },
    );
    expect(found).toEqual({ kind: "Secret", stringData: { a: secret("new"), b: secret("same") } });
    expect(plain(found)).toEqual({ kind: "Secret", stringData: { a: "new", b: "same" } });
  });

  it("an import takes what a program would write", () => {
    const live = {
      kind: "X",
      metadata: { name: "n", uid: "u", labels: { a: "b" }, resourceVersion: "1" },
      spec: { a: 1 },
      status: { b: 2 },
    };
    expect(inputsOf(live)).toEqual({ kind: "X", metadata: { name: "n", labels: { a: "b" } }, spec: { a: 1 } });
  });
});
