import type { Estate } from "../../../../judge/facts/estate.ts";
import type { Pod } from "../../../../judge/graph/pod-contact.ts";
import { pods } from "../../../../judge/graph/pods.ts";
import { wires } from "../../../../judge/graph/reach.ts";
import { type Net, tagValue } from "../../../../judge/graph/topology.ts";

/** A network or principal of a research space: of one permit, or of the compute that serves all of them. */
export interface SpaceMember {
  readonly id: string;
  readonly permit: string | undefined;
}

/** Networks of research spaces. */
export const spaceNets = (estate: Estate): readonly Net[] =>
  [...wires(estate).nets.values()].filter((net) => net.permit !== undefined || net.tier === "compute");

/** Applications, users and groups of research spaces. */
export function spacePrincipals(estate: Estate): readonly SpaceMember[] {
  const ids = [...estate.facts("principal"), ...estate.facts("group")].map(({ urn }) => urn);
  return [...new Set(ids)].flatMap((id) => {
    const permit = tagValue(estate, id, "permit");
    return permit !== undefined || tagValue(estate, id, "tier") === "compute" ? [{ id, permit }] : [];
  });
}

export const permitOf = (estate: Estate, urn: string): string | undefined => tagValue(estate, urn, "permit");

export const holdsIdentities = (estate: Estate, urn: string): boolean =>
  tagValue(estate, urn, "data-class") === "health-raw";

const PERMIT_LABEL = /(^|\/)permit$/;

/** The permit that a pod or its namespace is labelled with. */
export function permitOfPod({ labels, namespaceLabels }: Pod): string | undefined {
  for (const known of [labels, namespaceLabels]) {
    if (known?.known !== true) continue;
    const found = Object.entries(known.value).find(([name]) => PERMIT_LABEL.test(name));
    if (found !== undefined) return found[1];
  }
  return undefined;
}

/** A workload of a research space. */
export interface SpacePod {
  readonly pod: Pod;
  readonly permit: string;
}

export const spacePods = (estate: Estate): readonly SpacePod[] =>
  pods(estate).all.flatMap((pod) => {
    const permit = permitOfPod(pod);
    return permit === undefined ? [] : [{ pod, permit }];
  });
