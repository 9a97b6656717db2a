import { type RawValue, UNKNOWN } from "../../../judge/facts/raw.ts";
import type { RuleId } from "../../../policy-packs/bastide/rules/ids.ts";
import { HELD_KEYS } from "../../../stacks/held-keys.ts";
import { app, bucket, grant, TWO_PERMITS, user } from "../../harness/grants.ts";
import { K, podSpec, RESTRICTED } from "../../harness/kubernetes.ts";
import { raw, urnOf } from "../../harness/raw.ts";
import type { MoreCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

/** What workloads of research spaces can do with data, by what they mount and what their accounts may do. */
const READ = ["ObjectStorageObjectsRead"];
const to = (name: string) => ({ applicationId: name });
const space = (name: string, permit: string) =>
  raw(K.namespace, name, { metadata: { name, labels: { ...RESTRICTED, permit } } });
const meta = (name: string, namespace: string) => ({ metadata: { name, namespace } });
const TOKEN = { name: "t", projected: { sources: [{ serviceAccountToken: { path: "token" } }] } };
const notebook = raw(K.pod, "notebook", { ...meta("notebook", "s1"), spec: podSpec({ volumes: [TOKEN] }) });
const mounts = (secretName: string) =>
  raw(K.pod, "notebook", {
    ...meta("notebook", "s1"),
    spec: podSpec({ volumes: [{ name: "s", secret: { secretName } }] }),
  });
const role = (verbs: RawValue, resources: readonly string[], namespace = "s1") =>
  raw(K.role, "r", { ...meta("r", namespace), rules: [{ apiGroups: [""], verbs, resources }] });
const bound = (namespace = "s1", subject = { kind: "ServiceAccount", name: "worker", namespace: "s1" }) =>
  raw(K.roleBinding, "b", { ...meta("b", namespace), roleRef: { kind: "Role", name: "r" }, subjects: [subject] });
/** The key of an application, delivered into a namespace by somebody else. */
const delivered = (secret: string, of: string, namespace: string) =>
  raw(K.configMap, `held-${secret}`, {
    metadata: { name: "held", namespace, annotations: { [HELD_KEYS]: `${secret}=${of}` } },
  });
const two = [space("s1", "P1"), space("s2", "P2"), ...TWO_PERMITS];
/** Its pods send nothing out of the cluster, so that only their rights are asked. */
const silent = raw(K.networkPolicy, "silent", {
  ...meta("silent", "s1"),
  spec: { podSelector: {}, policyTypes: ["Egress"] },
});
const on = notebook.urn;
const rights = { on, property: "rights" };
const letterbox = [
  space("s1", "P1"),
  app("a1", undefined, "data"),
  bucket("b1", { permit: "P1" }),
  bucket("drop", { inProject: "q" }),
  grant(to("a1"), READ),
  grant(to("a1"), ["ObjectStorageObjectsWrite"], { projects: ["q"] }),
  grant(to("partner"), READ, { projects: ["q"] }),
];
const operator = urnOf(T.user, "u");

export const clusterSpaces = {
  G8: {
    passing: [
      {
        name: "a workload with its own permit's key",
        resources: [...two, mounts("key"), delivered("key", "a1", "s1")],
        ...rights,
      },
      {
        name: "a workload whose account reads nothing but pods",
        resources: [...two, notebook, role(["get"], ["pods"]), bound(), delivered("key", "a2", "s1")],
        ...rights,
      },
      {
        name: "a workload without a key in a cluster that has the other's",
        resources: [...two, notebook, delivered("key", "a2", "s2")],
        ...rights,
      },
    ],
    failing: [
      {
        name: "a workload that mounts the other permit's key",
        resources: [...two, mounts("key"), delivered("key", "a2", "s1")],
        ...rights,
        proof: "assumed",
      },
      {
        name: "an account that makes pods beside the other permit's key",
        resources: [...two, notebook, role(["create"], ["pods"]), bound(), delivered("key", "a2", "s1")],
        ...rights,
      },
      {
        name: "an account that reads Secrets of the other's namespace",
        resources: [...two, notebook, role(["list"], ["secrets"], "s2"), bound("s2"), delivered("key", "a2", "s2")],
        ...rights,
      },
    ],
    undecided: [
      { name: "a workload that mounts what nobody describes", resources: [...two, mounts("key")], ...rights },
      {
        name: "an account whose verbs are not known",
        resources: [...two, notebook, role(UNKNOWN, ["secrets"]), bound(), delivered("key", "a2", "s1")],
        ...rights,
      },
    ],
  },
  G9: {
    passing: [
      {
        name: "a workload that holds no key",
        resources: [...two, silent, notebook, delivered("key", "a2", "s2")],
        ...rights,
      },
      {
        name: "a person who sees the state of clusters",
        resources: [
          user("u"),
          ...two,
          silent,
          notebook,
          delivered("key", "a2", "s2"),
          grant({ userId: "u" }, ["KubernetesReadOnly"]),
        ],
        on: operator,
        property: "rights",
      },
    ],
    failing: [
      {
        name: "a workload whose key carries data to where a partner reads",
        resources: [...letterbox, mounts("key"), delivered("key", "a1", "s1")],
        ...rights,
      },
      {
        name: "a person who may change clusters, in which keys lie",
        resources: [
          user("u"),
          ...two,
          notebook,
          delivered("key", "a2", "s2"),
          grant({ userId: "u" }, ["KubernetesFullAccess"]),
        ],
        on: operator,
        property: "rights",
      },
    ],
    undecided: [
      {
        name: "a workload whose key may be anybody's",
        resources: [...letterbox, mounts("key")],
        ...rights,
      },
    ],
  },
} as const satisfies Partial<Record<RuleId, MoreCases>>;
