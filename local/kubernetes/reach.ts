import { contains, parseCidr } from "../../kernel/cidr.ts";
import type { Platform } from "../scaleway/core/platform.ts";
import { CLUSTER, type Cluster } from "../scaleway/services/k8s/clusters.ts";

/** `<cluster>.api.k8s.<region>.scw.cloud`, as a cluster's URL names it. */
const HOST = /^([0-9a-f-]{36})\.api\.k8s\.[a-z]{2}-[a-z]{3,7}\.scw\.cloud$/;

export const clusterIdIn = (host: string): string | undefined => HOST.exec(host)?.[1];

/** Whether a range holds an address; neither is guessed where it is malformed. */
export const isIn = (address: string, range: string): boolean => {
  const [one, many] = [parseCidr(address), parseCidr(range)];
  return one !== undefined && many !== undefined && contains(many, one);
};

/**
 * Whether a cluster's ACL lets an address through to its control plane. Which addresses `scaleway_ranges` stands for is published nowhere:
 * here it is none.
 */
export const admits = (cluster: Pick<Cluster, "acl">, address: string): boolean =>
  cluster.acl.some(({ ip }) => ip !== undefined && isIn(address, ip));

/** Whether the control plane of the cluster that `host` names lets an address through; any other host does. */
export function isAdmitted(platform: Platform, host: string, address: string): boolean {
  const cluster = platform.collection(CLUSTER).find(clusterIdIn(host) ?? "");
  return cluster === undefined || admits(cluster, address);
}
