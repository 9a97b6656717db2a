import { describe, expect, it } from "vitest";
import { estateOf } from "../../../judge/facts/estate.ts";
import { type RawObject, type RawResource, type RawValue, UNKNOWN } from "../../../judge/facts/raw.ts";
import { identitiesOf } from "../../../judge/graph/acting.ts";
import { rightsOf } from "../../../judge/graph/rights.ts";
import { HELD_KEYS, heldKeysText, readHeldKeys } from "../../../stacks/held-keys.ts";
import { app, appUrn, bucket, bucketUrn, grant, iamGroup, user } from "../../harness/grants.ts";
import { K, podSpec, RESTRICTED } from "../../harness/kubernetes.ts";
import { raw, urnOf } from "../../harness/raw.ts";
import { T } from "../../harness/types.ts";

const provider = raw(K.provider, "main", {});
const at = (type: string, name: string, inputs: RawObject, dependsOn: Record<string, readonly string[]> = {}) => ({
  ...raw(type, name, inputs, { dependsOn }),
  provider: provider.urn,
});
const meta = (name: string, namespace = "a", more: RawObject = {}): RawObject => ({
  metadata: { name, namespace, ...more },
});
const space = (name: string, labels: RawObject = RESTRICTED) =>
  at(K.namespace, `ns-${name}`, { metadata: { name, labels } });
const pod = (spec: RawObject, namespace = "a") => at(K.pod, "p", { ...meta("p", namespace), spec: podSpec(spec) });
const PROJECTED = { volumes: [{ name: "t", projected: { sources: [{ serviceAccountToken: { path: "token" } }] } }] };
const withToken = pod(PROJECTED);
const mounting = (secretName: string) => pod({ volumes: [{ name: "s", secret: { secretName } }] });
const keyOf = (name: string) =>
  raw(T.apiKey, `${name}-key`, { applicationId: name, expiresAt: "2027-01-01T00:00:00Z" }, { id: `${name}-key` });
/** A Secret made of an application's key. */
const secret = (name: string, of: string, namespace = "a"): readonly RawResource[] => [
  keyOf(of),
  at(
    K.secret,
    `secret-${name}`,
    { ...meta(name, namespace), data: { key: UNKNOWN } },
    { data: [urnOf(T.apiKey, `${of}-key`)] },
  ),
];
const role = (rules: readonly RawObject[], namespace = "a") => at(K.role, "r", { ...meta("r", namespace), rules });
const clusterRole = (rules: readonly RawObject[], over: RawObject = {}) =>
  at(K.clusterRole, "cr", { metadata: { name: "cr" }, rules, ...over });
const rule = (verbs: readonly string[], resources: readonly string[], over: RawObject = {}): RawObject => ({
  apiGroups: [""],
  verbs,
  resources,
  ...over,
});
const WORKER = { kind: "ServiceAccount", name: "worker", namespace: "a" };
const bound = (subject: RawValue = WORKER, to: RawObject = { kind: "Role", name: "r" }, namespace = "a") =>
  at(K.roleBinding, "b", { ...meta("b", namespace), roleRef: to, subjects: [subject] });
const boundEverywhere = (subject: RawValue = WORKER, name = "cr") =>
  at(K.clusterRoleBinding, "cb", {
    metadata: { name: "cb" },
    roleRef: { kind: "ClusterRole", name },
    subjects: [subject],
  });

const base = [provider, space("a"), space("b"), app("x"), app("y")];
const acts = (resources: readonly RawResource[], start = withToken.urn): readonly string[] =>
  identitiesOf(start, estateOf("state", [...base, ...resources]))
    .map(({ as, ground }) => `${as.split("::").at(-1)}${ground === "stated" ? "" : ` ${ground}`}`)
    .sort();

describe("whom a workload can act as", () => {
  const cases: readonly [name: string, resources: readonly RawResource[], expected: readonly string[]][] = [
    ["the one whose key it mounts", [mounting("s"), ...secret("s", "x")], ["x"]],
    ["nobody by a Secret of another namespace", [mounting("s"), ...secret("s", "x", "b")], ["outside:? unresolved"]],
    ["somebody, where nobody says what a Secret holds", [mounting("s")], ["outside:? unresolved"]],
    [
      "the one whose key somebody declares",
      [mounting("s"), at(K.role, "d", { ...meta("d", "a", { annotations: { [HELD_KEYS]: "s=x t=" } }), rules: [] })],
      ["x assumed"],
    ],
    [
      "nobody by what holds no key",
      [mounting("t"), at(K.role, "d", { ...meta("d", "a", { annotations: { [HELD_KEYS]: "s=x t=" } }), rules: [] })],
      [],
    ],
    [
      "the one whose key is in its environment",
      [
        pod({
          containers: [{ name: "c", env: [{ name: "K", valueFrom: { secretKeyRef: { name: "s", key: "key" } } }] }],
        }),
        ...secret("s", "x"),
      ],
      ["x"],
    ],
    [
      "the one of whose key its specification is made",
      [keyOf("x"), { ...withToken, propertyDependencies: { spec: [urnOf(T.apiKey, "x-key")] } }],
      ["x assumed"],
    ],
    ["nobody without a role", [withToken, ...secret("s", "x")], []],
    [
      "who reads every Secret of the namespace",
      [withToken, ...secret("s", "x"), role([rule(["list"], ["secrets"])]), bound()],
      ["x"],
    ],
    [
      "who reads Secrets by another name",
      [withToken, ...secret("s", "x"), role([rule(["get"], ["secrets"], { resourceNames: ["t"] })]), bound()],
      [],
    ],
    [
      "who reads Secrets by this name",
      [withToken, ...secret("s", "x"), role([rule(["get"], ["secrets"], { resourceNames: ["s"] })]), bound()],
      ["x"],
    ],
    [
      "who writes Secrets alone",
      [withToken, ...secret("s", "x"), role([rule(["create", "patch"], ["secrets"])]), bound()],
      [],
    ],
    [
      "who has the role without a token",
      [pod({}), ...secret("s", "x"), role([rule(["get"], ["secrets"])]), bound()],
      [],
    ],
    [
      "who has it mounted by the pod",
      [pod({ automountServiceAccountToken: true }), ...secret("s", "x"), role([rule(["get"], ["secrets"])]), bound()],
      ["x"],
    ],
    [
      "who has it mounted by default",
      [pod({ automountServiceAccountToken: null }), ...secret("s", "x"), role([rule(["get"], ["secrets"])]), bound()],
      ["x"],
    ],
    [
      "none, where the account says no",
      [
        pod({ automountServiceAccountToken: null }),
        at(K.serviceAccount, "w", { ...meta("worker"), automountServiceAccountToken: false }),
        ...secret("s", "x"),
        role([rule(["get"], ["secrets"])]),
        bound(),
      ],
      [],
    ],
    [
      "a token that may be mounted",
      [
        pod({ automountServiceAccountToken: UNKNOWN }),
        ...secret("s", "x"),
        role([rule(["get"], ["secrets"])]),
        bound(),
      ],
      ["x unresolved"],
    ],
    [
      "who may make pods, of every Secret there",
      [withToken, ...secret("s", "x"), ...secret("o", "y", "b"), role([rule(["create"], ["pods"])]), bound()],
      ["x"],
    ],
    [
      "who may change deployments",
      [withToken, ...secret("s", "x"), role([rule(["patch"], ["deployments"], { apiGroups: ["apps"] })]), bound()],
      ["x"],
    ],
    [
      "who may see pods and their logs",
      [withToken, ...secret("s", "x"), role([rule(["get", "list"], ["pods", "pods/log"])]), bound()],
      [],
    ],
    [
      "who may bind roles",
      [
        withToken,
        ...secret("s", "x"),
        role([rule(["bind"], ["roles"], { apiGroups: ["rbac.authorization.k8s.io"] })]),
        bound(),
      ],
      ["x"],
    ],
    [
      "a star of verbs and kinds, in its namespace",
      [
        withToken,
        ...secret("s", "x"),
        ...secret("o", "y", "b"),
        role([rule(["*"], ["*"], { apiGroups: ["*"] })]),
        bound(),
      ],
      ["x"],
    ],
    [
      "who gets into another pod",
      [
        withToken,
        at(K.pod, "q", { ...meta("q"), spec: podSpec({ volumes: [{ name: "s", secret: { secretName: "s" } }] }) }),
        ...secret("s", "x"),
        role([rule(["create"], ["pods/exec"])]),
        bound(),
      ],
      ["x"],
    ],
    [
      "who makes tokens of another account",
      [
        withToken,
        ...secret("s", "x"),
        at(K.serviceAccount, "other", meta("other")),
        role([rule(["create"], ["serviceaccounts/token"], { resourceNames: ["other"] })]),
        bound(),
        { ...at(K.role, "r2", { ...meta("r2"), rules: [rule(["get"], ["secrets"])] }) },
        at(K.roleBinding, "b2", {
          ...meta("b2"),
          roleRef: { kind: "Role", name: "r2" },
          subjects: [{ ...WORKER, name: "other" }],
        }),
      ],
      ["x"],
    ],
    [
      "a ClusterRole in one namespace",
      [
        withToken,
        ...secret("s", "x"),
        ...secret("o", "y", "b"),
        clusterRole([rule(["get"], ["secrets"])]),
        bound(WORKER, { kind: "ClusterRole", name: "cr" }),
      ],
      ["x"],
    ],
    [
      "a ClusterRole everywhere",
      [
        withToken,
        ...secret("s", "x"),
        ...secret("o", "y", "b"),
        clusterRole([rule(["get"], ["secrets"])]),
        boundEverywhere(),
      ],
      ["x", "y"],
    ],
    ["view", [withToken, ...secret("s", "x"), boundEverywhere(WORKER, "view")], []],
    [
      "edit in one namespace",
      [withToken, ...secret("s", "x"), ...secret("o", "y", "b"), bound(WORKER, { kind: "ClusterRole", name: "edit" })],
      ["x"],
    ],
    [
      "a role that nobody shows",
      [withToken, ...secret("s", "x"), bound(WORKER, { kind: "Role", name: "gone" })],
      ["x unresolved"],
    ],
    [
      "a role that gathers others",
      [
        withToken,
        ...secret("s", "x"),
        clusterRole([], { aggregationRule: { clusterRoleSelectors: [] } }),
        boundEverywhere(),
      ],
      ["x unresolved"],
    ],
    [
      "impersonation of the masters",
      [
        withToken,
        ...secret("o", "y", "b"),
        clusterRole([rule(["impersonate"], ["groups"], { resourceNames: ["system:masters"] })]),
        boundEverywhere(),
      ],
      ["y"],
    ],
    [
      "impersonation of a group that may nothing",
      [
        withToken,
        ...secret("o", "y", "b"),
        clusterRole([rule(["impersonate"], ["groups"], { resourceNames: ["guests"] })]),
        boundEverywhere(),
      ],
      [],
    ],
    [
      "volumes of the node",
      [withToken, ...secret("o", "y", "b"), clusterRole([rule(["create"], ["persistentvolumes"])]), boundEverywhere()],
      ["y"],
    ],
    [
      "every service account of the cluster",
      [
        withToken,
        ...secret("o", "y", "b"),
        clusterRole([rule(["get"], ["secrets"])]),
        boundEverywhere({ kind: "Group", name: "system:serviceaccounts" }),
      ],
      ["y"],
    ],
    [
      "every service account of another namespace",
      [
        withToken,
        ...secret("o", "y", "b"),
        clusterRole([rule(["get"], ["secrets"])]),
        boundEverywhere({ kind: "Group", name: "system:serviceaccounts:b" }),
      ],
      [],
    ],
    [
      "verbs that are not known",
      [withToken, ...secret("s", "x"), role([rule(["get"], ["secrets"], { verbs: UNKNOWN })]), bound()],
      ["x unresolved"],
    ],
    [
      "a subject that is not known",
      [withToken, ...secret("s", "x"), role([rule(["get"], ["secrets"])]), bound({ ...WORKER, namespace: UNKNOWN })],
      ["x unresolved"],
    ],
  ];
  it.each(cases)("%s", (_, resources, expected) => {
    const start = resources.find((r) => r.urn === withToken.urn)?.urn;
    expect(acts(resources, start)).toEqual(expected);
  });

  it("that makes pods where nothing keeps them off their node has the whole cluster", () => {
    const open = [provider, space("a", {}), space("b"), app("x"), app("y")];
    const resources = [...open, withToken, ...secret("o", "y", "b"), role([rule(["create"], ["pods"])]), bound()];
    const found = identitiesOf(withToken.urn, estateOf("state", resources));
    expect(found.map(({ as }) => as)).toEqual([appUrn("y")]);
    expect(found[0]?.path.map(({ by }) => by.split("::").at(-1))).toEqual(["p", "b", "ns-b", "ns-b", "secret-o"]);
  });
});

describe("who has a right through a cluster", () => {
  const READ = ["ObjectStorageObjectsRead"];
  const lake = [
    ...base,
    bucket("lake"),
    grant({ applicationId: "x" }, READ),
    ...secret("s", "x"),
    user("u"),
    iamGroup("g", [], { userIds: ["u"] }),
  ];
  const readers = (more: readonly RawResource[]): readonly string[] =>
    rightsOf(estateOf("state", [...lake, ...more]))
      .filter(({ right, on }) => right === "read" && on === bucketUrn("lake"))
      .map(({ principal, how }) => `${principal.split("::").at(-1)} ${how}`)
      .sort();

  it.each<readonly [string, readonly RawResource[], readonly string[]]>([
    [
      "those who hold the set that Kapsule makes masters of",
      [grant({ userId: "u" }, ["KubernetesSystemMastersGroupAccess"])],
      ["u cluster"],
    ],
    [
      "those who may change clusters, by a group too",
      [grant({ groupId: "g" }, ["KubernetesFullAccess"])],
      ["g cluster", "u cluster"],
    ],
    ["not those who read clusters: their role reads no Secret", [grant({ userId: "u" }, ["KubernetesReadOnly"])], []],
    [
      "those who read clusters and whose group a binding names",
      [role([rule(["get"], ["secrets"])]), bound({ kind: "Group", name: "scaleway:groups:g" })],
      ["g cluster", "u cluster"],
    ],
    [
      "a user whom a binding names",
      [role([rule(["create"], ["pods"])]), bound({ kind: "User", name: "scaleway:bearer:u" })],
      ["u cluster"],
    ],
    [
      "not another one",
      [role([rule(["create"], ["pods"])]), bound({ kind: "User", name: "scaleway:bearer:w" })],
      ["outside:w cluster"],
    ],
  ])("%s", (_, more, expected) => {
    expect(readers(more)).toEqual(["x granted", ...expected].sort());
  });
});

it("reads what a delivery declares, and leaves out what is not of the form", () => {
  const held = { "credentials-a": "app-a", tls: undefined };
  expect(Object.fromEntries(readHeldKeys(heldKeysText(held)))).toEqual(held);
  expect([...readHeldKeys(" =x a==b alone  ok=y ")]).toEqual([["ok", "y"]]);
});
