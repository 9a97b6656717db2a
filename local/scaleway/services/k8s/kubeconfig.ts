import { stringify } from "yaml";
import type { Cluster } from "./clusters.ts";

/** The admin kubeconfig of a cluster, as the API wraps it. The server behind its URL comes with the platform layer. */
export function kubeconfigOf(cluster: Cluster, redacted: boolean): unknown {
  const user = `${cluster.name}-admin`;
  const context = `admin@${cluster.name}`;
  const text = stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": context,
    clusters: [
      {
        name: cluster.name,
        cluster: {
          "certificate-authority-data": Buffer.from(`local Scaleway, cluster ${cluster.id}`).toString("base64"),
          server: `https://${cluster.id}.api.k8s.${cluster.region}.scw.cloud:6443`,
        },
      },
    ],
    contexts: [{ name: context, context: { cluster: cluster.name, user } }],
    preferences: {},
    users: [{ name: user, user: redacted ? {} : { token: cluster.token } }],
  });
  return {
    name: "kubeconfig",
    content_type: "application/octet-stream",
    content: Buffer.from(text).toString("base64"),
  };
}
