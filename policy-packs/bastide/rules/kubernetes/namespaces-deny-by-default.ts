import type { Estate } from "../../../../judge/facts/estate.ts";
import type { ClusterSettingsFact } from "../../../../judge/facts/fact-cluster.ts";
import type {
  ManifestFact,
  NamespaceFact,
  NetworkPolicyFact,
  TrafficRule,
} from "../../../../judge/facts/fact-kubernetes.ts";
import { namespaceLink, namespaceOf, type Placed, placed } from "../../../../judge/facts/kubernetes-scope.ts";
import { SYSTEM_NAMESPACES } from "../../../../judge/kit/manifest/check.ts";
import { type About, decide, fail, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { type Known, known, type Origin } from "../../../../kernel/known.ts";
import { ENFORCING_CNIS } from "./clusters.data.ts";

const DIRECTIONS = ["Ingress", "Egress"] as const;
type Direction = (typeof DIRECTIONS)[number];

const rulesOf = (policy: NetworkPolicyFact, direction: Direction): Known<readonly TrafficRule[]> =>
  direction === "Ingress" ? policy.ingress.value : policy.egress.value;

/** Whether a policy is for every pod of its namespace. */
const isForAll = ({ selects }: NetworkPolicyFact): Known<boolean> =>
  selects.value.known
    ? known(Object.keys(selects.value.value.labels).length === 0 && selects.value.value.expressions.length === 0)
    : selects.value;

/** Whether it denies one direction to every pod by itself. */
function denies(policy: NetworkPolicyFact, direction: Direction): Known<boolean> {
  const all = isForAll(policy);
  const directions = policy.directions.value;
  const rules = rulesOf(policy, direction);
  for (const part of [all, directions, rules]) if (!part.known) return part;
  return known(
    all.known &&
      all.value &&
      directions.known &&
      directions.value.includes(direction) &&
      rules.known &&
      rules.value.length === 0,
  );
}

/** Policies by the namespace that they surely stand in, and by cluster one that may stand anywhere. */
interface Policies {
  readonly of: ReadonlyMap<string, readonly NetworkPolicyFact[]>;
  readonly unclear: ReadonlyMap<string, Origin>;
}

function policiesIn(estate: Estate): Policies {
  const of = new Map<string, NetworkPolicyFact[]>();
  const unclear = new Map<string, Origin>();
  for (const { fact, object } of placed("network-policy", estate)) {
    const link = namespaceLink(object, estate);
    if (link.kind === "unknown") unclear.set(object.cluster, { property: link.property, suppliers: link.suppliers });
    if (link.kind !== "found") continue;
    const before = of.get(link.fact.urn);
    if (before === undefined) of.set(link.fact.urn, [fact]);
    else before.push(fact);
  }
  return { of, unclear };
}

function judgeNamespace({ fact, object }: Placed<NamespaceFact>, policies: Policies): readonly Result[] {
  if (object.patch) return [];
  const name = fact.name.known ? fact.name.value : undefined;
  if (name !== undefined && SYSTEM_NAMESPACES.includes(name))
    return [notApplicable(fact.urn, "metadata.name", "a namespace of the cluster itself")];
  const certain = policies.of.get(fact.urn) ?? [];
  const unclear = policies.unclear.get(object.cluster);
  return DIRECTIONS.map((direction) => {
    const about: About = {
      subject: fact.urn,
      property: `networkPolicy.${direction}`,
      want: "a policy for every pod that allows nothing",
    };
    const answers = certain.map((policy) => [policy.urn, denies(policy, direction)] as const);
    const own = answers.find(([, yes]) => yes.known && yes.value);
    if (own !== undefined) return pass({ ...about, path: [own[0]] }, own[0]);
    const hidden = answers.flatMap(([, yes]) => (yes.known ? [] : [yes.from]))[0] ?? unclear;
    return hidden === undefined ? fail(about, null) : undecided(about, hidden);
  });
}

/** Policies add up: one that lets every pod talk with everybody on every port undoes what denies. */
function judgePolicy(policy: NetworkPolicyFact): readonly Result[] {
  const all = isForAll(policy);
  if (all.known && !all.value) return [];
  return DIRECTIONS.flatMap((direction): readonly Result[] => {
    const rules = rulesOf(policy, direction);
    const about = {
      subject: policy.urn,
      property: `spec.${direction.toLowerCase()}`,
      want: "named peers, or named ports",
    };
    if (!rules.known) return [undecided(about, rules.from)];
    return rules.value.flatMap(({ at, peers, ports }): readonly Result[] => {
      const mine = { ...about, property: at };
      if (!peers.known || !ports.known)
        return [
          undecided(mine, !peers.known ? peers.from : ports.known ? { property: at, suppliers: [] } : ports.from),
        ];
      const open = peers.value.length === 0 && ports.value.length === 0;
      return !open ? [] : all.known ? [fail(mine, "everybody")] : [undecided(mine, all.from)];
    });
  });
}

/** A workload in a namespace that is not here: whether something denies by default there is not to be seen. */
function judgeElsewhere(object: ManifestFact, estate: Estate): readonly Result[] {
  const link = namespaceLink(object, estate);
  if (link.kind === "found") return [];
  const namespace = namespaceOf(object, estate);
  if (namespace.known && SYSTEM_NAMESPACES.includes(namespace.value)) return [];
  const about = {
    subject: object.urn,
    property: "metadata.namespace",
    want: "a namespace of this estate, which is judged",
  };
  return [undecided(about, link.kind === "unknown" ? link : { property: "metadata.namespace", suppliers: [] })];
}

const judgeCluster = ({ urn, cni }: ClusterSettingsFact): Result =>
  decide(
    { subject: urn, property: cni.property, want: ENFORCING_CNIS },
    cni.value,
    (name) => name !== undefined && ENFORCING_CNIS.includes(name),
  );

export const namespacesDenyByDefault = rule({
  id: "K8S-03",
  title: "clusters enforce network policies, and each namespace denies by default in both directions",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["CIS:5.3.1", "CIS:5.3.2", "NSA:network", "IR:6.8.2.e", "RCF:7.A.4", "SNC:13.2.a"],
  rationale:
    "Without a policy every pod reaches every other one, in all namespaces, and whatever the nodes reach. Under a plug-in that does " +
    "not enforce them, policies are accepted and do nothing.",
  remedy:
    "Use cilium or calico; in each namespace make a NetworkPolicy with an empty `podSelector`, `policyTypes: [Ingress, Egress]` and no " +
    "rule, and open single flows beside it.",
  judge: (estate) => {
    const policies = policiesIn(estate);
    return [
      ...estate.facts("cluster-settings").map(judgeCluster),
      ...placed("namespace", estate).flatMap((n) => judgeNamespace(n, policies)),
      ...estate.facts("network-policy").flatMap(judgePolicy),
      ...placed("pod", estate).flatMap((p) => judgeElsewhere(p.object, estate)),
    ];
  },
});
