/** Where the server serves the kinds that policies match: group, version and plural of the present API (1.35). */
export interface Served {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

const core = (plural: string, namespaced = true): Served => ({ group: "", version: "v1", plural, namespaced });
const apps = (plural: string): Served => ({ group: "apps", version: "v1", plural, namespaced: true });
const batch = (plural: string): Served => ({ group: "batch", version: "v1", plural, namespaced: true });
const network = (plural: string): Served => ({ group: "networking.k8s.io", version: "v1", plural, namespaced: true });
const rbac = (plural: string, namespaced: boolean): Served => ({
  group: "rbac.authorization.k8s.io",
  version: "v1",
  plural,
  namespaced,
});

export const SERVED: Readonly<Record<string, Served>> = {
  ClusterRole: rbac("clusterroles", false),
  ClusterRoleBinding: rbac("clusterrolebindings", false),
  ConfigMap: core("configmaps"),
  CronJob: batch("cronjobs"),
  DaemonSet: apps("daemonsets"),
  Deployment: apps("deployments"),
  Ingress: network("ingresses"),
  Job: batch("jobs"),
  Namespace: core("namespaces", false),
  NetworkPolicy: network("networkpolicies"),
  PersistentVolume: core("persistentvolumes", false),
  PersistentVolumeClaim: core("persistentvolumeclaims"),
  Pod: core("pods"),
  PodTemplate: core("podtemplates"),
  ReplicaSet: apps("replicasets"),
  ReplicationController: core("replicationcontrollers"),
  Role: rbac("roles", true),
  RoleBinding: rbac("rolebindings", true),
  Secret: core("secrets"),
  Service: core("services"),
  ServiceAccount: core("serviceaccounts"),
  StatefulSet: apps("statefulsets"),
};
