import { notFound } from "../../core/problem.ts";
import { page, param, type Route } from "../../core/routes.ts";
import { availableTypes, clusterTypes, laterVersions, versions } from "./catalogue.ts";
import { CLUSTER } from "./clusters.ts";

/** Kapsule v1: the versions and cluster types on offer, and those that a cluster can still change to. */
export const offerRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/k8s/v1/regions/:region/versions",
    handle: (call) => ({ versions: versions(call.locality) }),
  },
  {
    method: "GET",
    path: "/k8s/v1/regions/:region/versions/:name",
    handle: (call) => {
      const name = param(call, "name");
      const version = versions(call.locality).find((v) => v.name === name);
      if (version === undefined) throw notFound("version", name);
      return version;
    },
  },
  {
    method: "GET",
    path: "/k8s/v1/regions/:region/cluster-types",
    handle: (call) => page(call, "cluster_types", clusterTypes(call.locality)),
  },
  {
    method: "GET",
    path: "/k8s/v1/regions/:region/clusters/:id/available-versions",
    handle: (call) => {
      const { version } = call.platform.collection(CLUSTER).must(param(call, "id"), call.locality);
      return { versions: laterVersions(call.locality, version) };
    },
  },
  {
    method: "GET",
    path: "/k8s/v1/regions/:region/clusters/:id/available-types",
    handle: (call) => {
      const types = availableTypes(call.platform.collection(CLUSTER).must(param(call, "id"), call.locality).type);
      return { cluster_types: types, total_count: types.length };
    },
  },
];
