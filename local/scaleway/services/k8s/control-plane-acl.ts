import { z } from "zod";
import type { Ids } from "../../core/ids.ts";
import { notFound } from "../../core/problem.ts";
import { type Call, page, param, parseInput, type Route } from "../../core/routes.ts";
import { CLUSTER, type Cluster } from "./clusters.ts";

/** Kapsule v1: who reaches a cluster's control plane. It is born open to everybody. */
const PATH = "/k8s/v1/regions/:region/clusters/:id/acls";
const aclInput = z.object({
  acls: z
    .array(
      z.object({
        ip: z.string().optional(),
        scaleway_ranges: z.boolean().optional(),
        description: z.string().default(""),
      }),
    )
    .nullish(),
});

export const openAcl = (ids: Ids): Cluster["acl"] => [
  {
    id: ids.uuid(),
    region: "",
    ip: "0.0.0.0/0",
    description: "Automatically generated rule to allow all traffic",
  },
];

const clusterOf = (call: Call): Cluster => call.platform.collection(CLUSTER).must(param(call, "id"), call.locality);

function setAcl(call: Call, keep: boolean): Cluster["acl"] {
  const cluster = clusterOf(call);
  const { acls } = parseInput(aclInput, call.input);
  const added = (acls ?? []).map((rule) => ({ ...rule, id: call.platform.ids.uuid(), region: "" }));
  call.platform.collection(CLUSTER).put({ ...cluster, acl: keep ? [...cluster.acl, ...added] : added });
  return added;
}

export const controlPlaneAclRoutes: readonly Route[] = [
  { method: "GET", path: PATH, handle: (call) => page(call, "rules", clusterOf(call).acl) },
  { method: "PUT", path: PATH, handle: (call) => ({ rules: setAcl(call, false) }) },
  { method: "POST", path: PATH, handle: (call) => ({ rules: setAcl(call, true) }) },
  {
    method: "DELETE",
    path: "/k8s/v1/regions/:region/acls/:id",
    handle: (call) => {
      const id = param(call, "id");
      const clusters = call.platform.collection(CLUSTER);
      const cluster = clusters.in(call.locality).find((c) => c.acl.some((rule) => rule.id === id));
      if (cluster === undefined) throw notFound("acl", id);
      clusters.put({ ...cluster, acl: cluster.acl.filter((rule) => rule.id !== id) });
      return undefined;
    },
  },
];
