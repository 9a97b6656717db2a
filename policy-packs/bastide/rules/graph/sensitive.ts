import { mayBeDataTier, mayHoldHealthData } from "../../../../judge/facts/classification.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import { namespaceOf } from "../../../../judge/facts/kubernetes-scope.ts";
import type { Pod } from "../../../../judge/graph/pod-contact.ts";
import type { Net } from "../../../../judge/graph/topology.ts";
import { SYSTEM_NAMESPACES } from "../../../../judge/kit/manifest/check.ts";

/** Data tier, health data, or nobody says which: all networks but the edge itself. */
export const isSensitive = (net: Net): boolean =>
  net.tier !== "dmz" && (mayBeDataTier(net.tier) || mayHoldHealthData(net.dataClass));

/** Tier and class of a pod: by its own labels, and by its namespace's, which a workload can't talk its way out of. */
function standing({ labels, namespaceLabels }: Pod, label: "tier" | "data-class"): readonly (string | undefined)[] {
  const own = labels.known ? labels.value[label] : undefined;
  const around = namespaceLabels?.known === true ? namespaceLabels.value[label] : undefined;
  return own === undefined || around === undefined ? [own ?? around] : [own, around];
}

/** A pod of the edge, unless its namespace is of another tier. */
export const isEdgePod = (pod: Pod): boolean => standing(pod, "tier").every((tier) => tier === "dmz");

/** One of the cluster's own, which no program of ours makes. */
export function isSystemPod({ id }: Pod, estate: Estate): boolean {
  const object = estate.factOf("manifest", id);
  const namespace = object === undefined ? undefined : namespaceOf(object, estate);
  return namespace?.known === true && SYSTEM_NAMESPACES.includes(namespace.value);
}

/** The same of a pod: all but the edge and the cluster's own. */
export const isSensitivePod = (pod: Pod, estate: Estate): boolean =>
  !isEdgePod(pod) &&
  !isSystemPod(pod, estate) &&
  (standing(pod, "tier").some(mayBeDataTier) || standing(pod, "data-class").some(mayHoldHealthData));
