import { type RawObject, UNKNOWN } from "../../judge/facts/raw.ts";
import { container, cronJob, K, namespaceOf, pod, podSpec, templated } from "./kubernetes.ts";
import type { EstateMutation } from "./mutations.ts";
import { raw } from "./raw.ts";

/** What a program could add to the rehearsal environment inside its clusters, by the rule that must refuse it. */
const add = (
  name: string,
  { type, inputs }: { readonly type: string; readonly inputs: RawObject },
): EstateMutation => ({
  name,
  add: { type, inputs },
});

const of = (type: string, inputs: RawObject) => raw(type, "x", inputs);

export const KUBERNETES_MUTATIONS = {
  "K8S-01": [
    add("a namespace without labels", namespaceOf({})),
    add("a level in capitals", namespaceOf({ "pod-security.kubernetes.io/enforce": "Restricted" })),
    add("a level that is unknown", namespaceOf({ "pod-security.kubernetes.io/enforce": UNKNOWN })),
  ],
  "K8S-02": [
    add("a pod on the node's network", pod({ hostNetwork: true })),
    add(
      "a deployment with a privileged init container",
      templated(K.deployment, "d", {
        initContainers: [container({ securityContext: { privileged: true } })],
      }),
    ),
    add("a scheduled job that keeps capabilities", cronJob({ containers: [container({ securityContext: {} })] })),
    add("a pod as a custom resource of the core group", of("kubernetes:v1:Pod", { spec: podSpec({ hostPID: true }) })),
    add(
      "a daemon set of an API that is gone",
      templated("kubernetes:extensions/v1beta1:DaemonSet", "d", { hostIPC: true }),
    ),
    add("a pod of which nothing is known", of(K.pod, { metadata: {}, spec: UNKNOWN })),
  ],
} satisfies Readonly<Record<string, readonly EstateMutation[]>>;
