import { describe, expect, it } from "vitest";
import { type RawObject, type RawResource, UNKNOWN } from "../../judge/facts/raw.ts";
import { judgeEstate } from "../../judge/kit/judge.ts";
import type { RuleId } from "../../policy-packs/bastide/rules/ids.ts";
import { rules } from "../../policy-packs/bastide/rules/index.ts";
import { K, podSpec, RESTRICTED } from "../harness/kubernetes.ts";
import { NOW, testLaw } from "../harness/law.ts";
import { raw, rawEstate, tagList } from "../harness/raw.ts";
import { mutate } from "../harness/rule-cases.ts";
import { T } from "../harness/types.ts";

/**
 * A small platform on a small foundation, as a first preview shows both together: what rules say that look at several objects,
 * and how one changed property turns them.
 */
const STACK = "urn:pulumi:rehearsal.platform::bastide";
const provider = raw(K.provider, "cluster", {}, { stack: STACK });
const inCluster = { provider: provider.urn, stack: STACK };
const at = (
  type: string,
  name: string,
  inputs: RawObject,
  dependsOn: Readonly<Record<string, readonly string[]>> = {},
) => raw(type, name, inputs, { ...inCluster, dependsOn });

const cluster = raw(T.cluster, "main", {
  version: "1.35",
  cni: "cilium",
  autoUpgrade: { enable: true, maintenanceWindowDay: "sunday" },
  tags: tagList(),
  region: "fr-par",
});
const registry = raw(T.registry, "images", { name: "rehearsal-images", region: "fr-par", isPublic: false });
// Its name is not known before it is made: everything in it is tied to it by a dependency.
const space = at(K.namespace, "space", {
  metadata: { name: UNKNOWN, labels: { ...RESTRICTED, "data-class": "health-pseudo", permit: "p-1" } },
});
const here = { metadata: [space.urn] };
const meta = (name: string, rest: RawObject = {}): RawObject => ({ metadata: { name, namespace: UNKNOWN, ...rest } });

const deny = at(
  K.networkPolicy,
  "deny",
  { ...meta("deny"), spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } },
  here,
);
const way = at(
  K.networkPolicy,
  "airlock",
  {
    ...meta("airlock"),
    spec: {
      podSelector: { matchLabels: { app: "spark" } },
      policyTypes: ["Egress"],
      egress: [{ to: [{ ipBlock: { cidr: "10.0.48.0/22" } }], ports: [{ port: 443 }] }],
    },
  },
  here,
);
const account = at(K.serviceAccount, "worker", { ...meta("worker"), automountServiceAccountToken: false }, here);
const sealed = at(K.storageClass, "sealed", {
  metadata: { name: "sealed" },
  provisioner: "csi.scaleway.com",
  parameters: { encrypted: "true" },
});
const spark = at(
  K.statefulSet,
  "spark",
  {
    ...meta("spark"),
    spec: {
      template: { metadata: { labels: { app: "spark" } }, spec: podSpec({ automountServiceAccountToken: null }) },
      volumeClaimTemplates: [{ metadata: { name: "scratch" }, spec: { storageClassName: "sealed" } }],
    },
  },
  here,
);
const estate = [provider, cluster, registry, space, deny, way, account, sealed, spark];

const AREA: readonly RuleId[] = [
  "ISO-04",
  "K8S-01",
  "K8S-02",
  "K8S-03",
  "K8S-04",
  "K8S-05",
  "K8S-06",
  "K8S-07",
  "MIG-01",
  "MIG-02",
  "MIG-03",
  "SUP-01",
  "SUP-04",
];
const inArea = rules.filter((r) => AREA.some((id) => id === r.id));

const judged = (resources: readonly RawResource[]) =>
  judgeEstate(rawEstate(resources), testLaw(), inArea, { now: NOW }).findings.filter((f) =>
    AREA.some((id) => id === f.rule),
  );

describe("a platform on its foundation", () => {
  it("passes, with nothing that can't be known", () => {
    expect(judged(estate)).toEqual([]);
  });

  it.each<
    readonly [string, RuleId, RawResource, string, RawObject[string] | undefined, RawResource, "fail" | "undecided"]
  >([
    ["a policy that denies less", "K8S-03", deny, "spec.podSelector", { matchLabels: { a: "b" } }, space, "fail"],
    ["a policy of another namespace", "K8S-03", deny, "metadata.namespace", "other", space, "undecided"],
    ["an account that mounts its token", "K8S-05", account, "automountServiceAccountToken", true, account, "fail"],
    ["an account of another name", "K8S-05", account, "metadata.name", "other", spark, "undecided"],
    ["a class without encryption", "ISO-04", sealed, "parameters", {}, spark, "fail"],
    ["a class of another name", "ISO-04", sealed, "metadata.name", "open", spark, "undecided"],
    ["a registry of another name", "SUP-01", registry, "name", "others", spark, "fail"],
    ["a way out of the space", "MIG-03", way, "spec.egress.0.to.0.ipBlock.cidr", "0.0.0.0/0", way, "fail"],
    ["a plug-in that enforces nothing", "K8S-03", cluster, "cni", "flannel", cluster, "fail"],
  ])("%s: %s tells", (_, rule, on, property, to, blames, outcome) => {
    const findings = judged(mutate(estate, { of: "", on: on.urn, property, to }));
    const own = findings.filter((f) => f.rule === rule && f.subject === blames.urn);
    expect(own.map((f) => f.outcome)).toContain(outcome);
  });

  it.each([
    ["the namespace", space, "K8S-03"],
    ["its policy", deny, "K8S-03"],
    ["the account", account, "K8S-05"],
    ["the storage class", sealed, "ISO-04"],
    ["the registry", registry, "SUP-01"],
  ] as const)("without %s nothing turns green: %#", (_, gone, rule) => {
    const findings = judged(estate.filter((r) => r !== gone));
    expect(findings.map((f) => f.rule)).toContain(rule);
  });

  it("judges the same names in two clusters apart", () => {
    const elsewhere = {
      ...deny,
      urn: `${deny.urn}-2`,
      provider: "urn:pulumi:x::y::pulumi:providers:kubernetes::other",
    };
    const findings = judged(estate.map((r) => (r === deny ? elsewhere : r)));
    expect(findings.filter((f) => f.rule === "K8S-03").map((f) => f.subject)).toContain(space.urn);
  });
});
