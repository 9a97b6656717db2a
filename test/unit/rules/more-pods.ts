import { type RawObject, UNKNOWN } from "../../../judge/facts/raw.ts";
import type { RuleId } from "../../../policy-packs/bastide/rules/ids.ts";
import { container, K, NAMESPACE, namespaceOf, object, pod, RESTRICTED } from "../../harness/kubernetes.ts";
import { raw, urnOf } from "../../harness/raw.ts";
import type { MoreCases } from "../../harness/rule-cases.ts";

const on = urnOf(K.pod, "p");
const safe = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
/** What a container may say itself, so that the pod's own word is not needed. */
const self = { ...safe, runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "Localhost" } };
const whole = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } };
const bad = (name: string, at: string, resources: ReturnType<typeof pod>, want?: unknown) => ({
  name,
  resources: [resources],
  on,
  property: `spec.${at}`,
  ...(want === undefined ? {} : { want }),
});
/** A pod that weakens what its containers say well themselves. */
const inPod = (name: string, at: string, over: RawObject, want?: unknown) =>
  bad(
    `the pod's ${name}`,
    `securityContext.${at}`,
    pod({ securityContext: { ...whole, ...over }, containers: [container({ securityContext: self })] }),
    want,
  );
/** A container that weakens what its pod says well. */
const inContainer = (name: string, at: string, over: RawObject, want?: unknown) =>
  bad(
    `a container's ${name}`,
    `containers[0].securityContext.${at}`,
    pod({ containers: [container({ securityContext: { ...safe, ...over } })] }),
    want,
  );
const hook = (name: string, at: string, over: RawObject) =>
  bad(`${name} of another host`, `containers[0].${at}.host`, pod({ containers: [container(over)] }), null);
const there = { host: "10.0.0.1", port: 80 };
const ENFORCE = "pod-security.kubernetes.io/enforce";

export const morePods = {
  "K8S-01": {
    failing: [
      {
        name: "a weaker level, and what is wanted",
        resources: [namespaceOf({ ...RESTRICTED, [ENFORCE]: "baseline" })],
        on: urnOf(K.namespace, "ns"),
        property: `metadata.labels["${ENFORCE}"]`,
        want: "restricted",
      },
    ],
    notApplicable: [
      {
        name: "a namespace of the cluster itself, told by its name",
        resources: [namespaceOf({}, "kube-system")],
        on: urnOf(K.namespace, "ns"),
        property: "metadata.name",
      },
      { name: "a pod", resources: [pod()], on: "stack" },
    ],
  },
  "K8S-02": {
    passing: [
      {
        name: "the default /proc, written out",
        resources: [pod({ containers: [container({ securityContext: { ...safe, procMount: "Default" } })] })],
        on,
      },
      {
        name: "what is off, written out",
        resources: [
          pod({
            hostNetwork: false,
            hostPID: false,
            hostIPC: false,
            securityContext: { ...whole, windowsOptions: { hostProcess: false } },
            containers: [
              container({ securityContext: { ...safe, privileged: false, windowsOptions: { hostProcess: false } } }),
            ],
          }),
        ],
        on,
      },
      {
        name: "annotations that are not AppArmor's",
        resources: [
          raw(K.pod, "p", {
            ...pod().inputs,
            metadata: { name: "p", namespace: NAMESPACE, annotations: { team: "unconfined" } },
          }),
        ],
        on,
      },
    ],
    failing: [
      inPod("process of the host", "windowsOptions.hostProcess", { windowsOptions: { hostProcess: true } }, false),
      inPod("root", "runAsNonRoot", { runAsNonRoot: false }, true),
      inPod("user 0", "runAsUser", { runAsUser: 0 }),
      inPod("seccomp off", "seccompProfile.type", { seccompProfile: { type: "Unconfined" } }),
      inPod("AppArmor off", "appArmorProfile.type", { appArmorProfile: { type: "Unconfined" } }),
      inPod("SELinux type", "seLinuxOptions.type", { seLinuxOptions: { type: "spc_t" } }),
      inPod("SELinux user", "seLinuxOptions.user", { seLinuxOptions: { user: "root" } }),
      inPod("SELinux role", "seLinuxOptions.role", { seLinuxOptions: { role: "sysadm_r" } }),
      inContainer("process of the host", "windowsOptions.hostProcess", { windowsOptions: { hostProcess: true } }),
      inContainer("privilege", "privileged", { privileged: true }, false),
      inContainer("escalation", "allowPrivilegeEscalation", { allowPrivilegeEscalation: true }, false),
      inContainer("seccomp off", "seccompProfile", { seccompProfile: { type: "Unconfined" } }),
      inContainer("AppArmor off", "appArmorProfile.type", { appArmorProfile: { type: "Unconfined" } }),
      inContainer("SELinux type", "seLinuxOptions.type", { seLinuxOptions: { type: "spc_t" } }),
      inContainer("SELinux user", "seLinuxOptions.user", { seLinuxOptions: { user: "root" } }),
      inContainer("SELinux role", "seLinuxOptions.role", { seLinuxOptions: { role: "sysadm_r" } }),
      inContainer("bare /proc", "procMount", { procMount: "Unmasked" }, "Default"),
      inContainer("capabilities kept", "capabilities.drop[0]", { capabilities: { drop: ["NET_RAW"] } }, ["ALL"]),
      inContainer("capability added", "capabilities.add[0]", { capabilities: { drop: ["ALL"], add: ["SYS_ADMIN"] } }, [
        "NET_BIND_SERVICE",
      ]),
      bad("the node's IPC, and what is wanted", "hostIPC", pod({ hostIPC: true }), false),
      ...["livenessProbe", "readinessProbe", "startupProbe"].flatMap((probe) => [
        hook(`${probe} by HTTP`, `${probe}.httpGet`, { [probe]: { httpGet: there } }),
        hook(`${probe} by TCP`, `${probe}.tcpSocket`, { [probe]: { tcpSocket: there } }),
      ]),
      ...["postStart", "preStop"].flatMap((when) => [
        hook(`${when} by HTTP`, `lifecycle.${when}.httpGet`, { lifecycle: { [when]: { httpGet: there } } }),
        hook(`${when} by TCP`, `lifecycle.${when}.tcpSocket`, { lifecycle: { [when]: { tcpSocket: there } } }),
      ]),
    ],
    undecided: [
      {
        name: "a hook's host that is not known",
        resources: [pod({ containers: [container({ lifecycle: { preStop: { httpGet: { host: UNKNOWN } } } })] })],
        on,
        property: "spec.containers[0].lifecycle.preStop.httpGet.host",
      },
    ],
  },
  "K8S-06": {
    notApplicable: [
      { name: "a ConfigMap with data", resources: [object(K.configMap, "c", { data: { a: "b" } })], on: "stack" },
    ],
  },
} as const satisfies Partial<Record<RuleId, MoreCases>>;
