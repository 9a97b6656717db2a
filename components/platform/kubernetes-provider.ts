import { all, type Output, ProviderResource } from "@pulumi/pulumi";
import type { RegionName } from "../../blueprint/model/common.ts";

/** Version of the plug-in, equal to that of the npm package (a test holds it). */
export const KUBERNETES_VERSION = "4.34.2";

class KubernetesProvider extends ProviderResource {}

/**
 * The provider of one cluster. Its kubeconfig holds no credential: a program on PATH, `bastide-kube-credential`, gives the
 * deployer's own key as the token, which Kapsule takes for what IAM says of it, so that no token of the cluster is in any
 * output or state. The connection goes where `bastide tunnel` listens, under the control plane's own TLS name.
 */
export function kubernetesProvider(
  region: RegionName,
  cluster: { readonly url: Output<string>; readonly ca: Output<string> },
): ProviderResource {
  const kubeconfig = all([cluster.url, cluster.ca]).apply(([server, ca]) =>
    JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      "current-context": region,
      clusters: [{ name: region, cluster: { server, "certificate-authority-data": ca } }],
      users: [
        {
          name: region,
          user: {
            exec: {
              apiVersion: "client.authentication.k8s.io/v1",
              command: "bastide-kube-credential",
              interactiveMode: "Never",
              provideClusterInfo: false,
            },
          },
        },
      ],
      contexts: [{ name: region, context: { cluster: region, user: region } }],
    }),
  );
  return new KubernetesProvider(
    "kubernetes",
    `kubernetes-${region}`,
    { kubeconfig, enableServerSideApply: "true", suppressDeprecationWarnings: "false" },
    { version: KUBERNETES_VERSION },
  );
}
