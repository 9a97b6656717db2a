import { createHash } from "node:crypto";
import { z } from "zod";
import type { ControlPlane } from "./control-plane.ts";
import type { NodeObject } from "./nodes.ts";

/**
 * What Scaleway's own parts do in a cluster, once around: nodes come and go with the pools, claims of the CSI driver get volumes,
 * services of type LoadBalancer an address. The disks and load balancers themselves are not made.
 */
export async function reconcile(plane: ControlPlane, nodes: readonly NodeObject[]): Promise<void> {
  const api = adminOf(plane);
  await reconcileNodes(api, nodes);
  await makeVolumes(api);
  await giveAddresses(api);
}

export const CSI_DRIVER = "csi.scaleway.com";
const PROVISIONER = "volume.kubernetes.io/storage-provisioner";
const SELECTED_NODE = "volume.kubernetes.io/selected-node";
const ZONE = "topology.kubernetes.io/zone";
const CSI_ZONE = "topology.csi.scaleway.com/zone";

type Api = (method: string, path: string, body?: unknown) => Promise<unknown>;

const adminOf =
  ({ client, token }: ControlPlane): Api =>
  async (method, path, body) => {
    const text = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const kind = method === "PATCH" ? "application/merge-patch+json" : "application/json";
    const headers = {
      authorization: `Bearer ${token}`,
      ...(text && { "content-type": kind, "content-length": `${text.length}` }),
    };
    const answer = await client.send(method, path, headers, text);
    // 404 and 409: somebody else was faster; the next round looks again.
    if (answer.status >= 400 && answer.status !== 404 && answer.status !== 409)
      throw new Error(`${method} ${path}: ${answer.status} ${answer.body.toString("utf8").slice(0, 300)}`);
    return JSON.parse(answer.body.toString("utf8"));
  };

const metadata = z.object({
  name: z.string(),
  namespace: z.string().default(""),
  uid: z.string(),
  labels: z.record(z.string(), z.string()).default({}),
  annotations: z.record(z.string(), z.string()).default({}),
  deletionTimestamp: z.string().optional(),
});
const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });
const nodeList = listOf(z.object({ metadata }));

async function reconcileNodes(api: Api, wanted: readonly NodeObject[]): Promise<void> {
  const { items } = nodeList.parse(await api("GET", "/api/v1/nodes"));
  const there = new Set(items.map((n) => n.metadata.name));
  const names = new Set(wanted.map((n) => n.metadata.name));
  for (const node of wanted) if (!there.has(node.metadata.name)) await api("POST", "/api/v1/nodes", node);
  for (const name of there) if (!names.has(name)) await api("DELETE", `/api/v1/nodes/${name}`);
}

const claimList = listOf(
  z.object({
    metadata,
    spec: z.object({
      accessModes: z.array(z.string()),
      storageClassName: z.string().default(""),
      volumeMode: z.string().default("Filesystem"),
      resources: z.object({ requests: z.object({ storage: z.string() }) }),
    }),
    status: z.object({ phase: z.string().optional() }).default({}),
  }),
);
const classList = listOf(
  z.object({
    metadata,
    reclaimPolicy: z.string().default("Delete"),
    volumeBindingMode: z.string().default("Immediate"),
  }),
);
const volumeList = listOf(
  z.object({
    metadata,
    spec: z.object({ persistentVolumeReclaimPolicy: z.string().optional() }),
    status: z.object({ phase: z.string().optional() }).default({}),
  }),
);

async function makeVolumes(api: Api): Promise<void> {
  const claims = claimList.parse(await api("GET", "/api/v1/persistentvolumeclaims")).items;
  const waiting = claims.filter(
    (c) => c.status.phase === "Pending" && c.metadata.annotations[PROVISIONER] === CSI_DRIVER,
  );
  const volumes = volumeList.parse(await api("GET", "/api/v1/persistentvolumes")).items;
  for (const {
    metadata: { name },
    spec,
    status,
  } of volumes)
    if (status.phase === "Released" && spec.persistentVolumeReclaimPolicy === "Delete")
      await api("DELETE", `/api/v1/persistentvolumes/${name}`);
  if (waiting.length === 0) return;
  const classes = classList.parse(await api("GET", "/apis/storage.k8s.io/v1/storageclasses")).items;
  const nodes = nodeList.parse(await api("GET", "/api/v1/nodes")).items;
  const taken = new Set(volumes.map((v) => v.metadata.name));
  for (const { metadata: claim, spec } of waiting) {
    const name = `pvc-${claim.uid}`;
    const storageClass = classes.find((c) => c.metadata.name === spec.storageClassName);
    const node = nodes.find((n) => n.metadata.name === claim.annotations[SELECTED_NODE]);
    if (taken.has(name) || storageClass === undefined) continue;
    if (storageClass.volumeBindingMode === "WaitForFirstConsumer" && node === undefined) continue;
    const zone = (node ?? nodes[0])?.metadata.labels[ZONE];
    if (zone === undefined) continue;
    await api("POST", "/api/v1/persistentvolumes", {
      apiVersion: "v1",
      kind: "PersistentVolume",
      metadata: { name, annotations: { "pv.kubernetes.io/provisioned-by": CSI_DRIVER } },
      spec: {
        accessModes: spec.accessModes,
        capacity: { storage: spec.resources.requests.storage },
        claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", ...pick(claim) },
        csi: { driver: CSI_DRIVER, volumeHandle: `${zone}/${claim.uid}` },
        nodeAffinity: {
          required: { nodeSelectorTerms: [{ matchExpressions: [{ key: CSI_ZONE, operator: "In", values: [zone] }] }] },
        },
        persistentVolumeReclaimPolicy: storageClass.reclaimPolicy,
        storageClassName: spec.storageClassName,
        volumeMode: spec.volumeMode,
      },
    });
  }
}

const pick = ({ name, namespace, uid }: z.infer<typeof metadata>) => ({ name, namespace, uid });

const serviceList = listOf(
  z.object({
    metadata,
    spec: z.object({ type: z.string().optional() }),
    status: z.object({
      loadBalancer: z.object({ ingress: z.array(z.unknown()).default([]) }).default({ ingress: [] }),
    }),
  }),
);

async function giveAddresses(api: Api): Promise<void> {
  const { items } = serviceList.parse(await api("GET", "/api/v1/services"));
  for (const { metadata: service, spec, status } of items) {
    if (spec.type !== "LoadBalancer" || status.loadBalancer.ingress.length > 0) continue;
    await api("PATCH", `/api/v1/namespaces/${service.namespace}/services/${service.name}/status`, {
      status: { loadBalancer: { ingress: [{ ip: addressOf(service.uid) }] } },
    });
  }
}

/** In the range for benchmarks (RFC 2544), which nobody routes: no load balancer of the local Scaleway stands behind it. */
function addressOf(uid: string): string {
  const [high = 0, middle = 0, low = 0] = createHash("sha256").update(uid).digest();
  return `198.${18 + (high % 2)}.${middle}.${1 + (low % 254)}`;
}
