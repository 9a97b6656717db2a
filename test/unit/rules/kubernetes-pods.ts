import { UNKNOWN } from "../../../judge/facts/raw.ts";
import {
  clusterObject,
  container,
  cronJob,
  K,
  NAMESPACE,
  namespaceOf,
  pod,
  RESTRICTED,
  templated,
} from "../../harness/kubernetes.ts";
import { raw, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

const ENFORCE = "pod-security.kubernetes.io/enforce";
const ns = urnOf(K.namespace, "ns");
const enforced = (level: string) => ({ ...RESTRICTED, [ENFORCE]: level });
const patch = (labels: Record<string, string>, name = NAMESPACE) =>
  raw(K.namespacePatch, "patch", { metadata: { name, labels } });

export const k8s01: RuleCases = {
  passing: [
    { name: "restricted, pinned", resources: [namespaceOf()], on: ns },
    { name: "a patch that tightens", resources: [patch(enforced("restricted"))], on: urnOf(K.namespacePatch, "patch") },
    { name: "a patch of other labels", resources: [patch({ team: "a" })], on: urnOf(K.namespacePatch, "patch") },
  ],
  failing: [
    { name: "no label", resources: [namespaceOf({})], on: ns, property: `metadata.labels["${ENFORCE}"]`, got: null },
    {
      name: "a weaker level",
      resources: [namespaceOf(enforced("baseline"))],
      on: ns,
      property: `metadata.labels["${ENFORCE}"]`,
      got: "baseline",
    },
    {
      name: "whatever version comes",
      resources: [namespaceOf({ ...RESTRICTED, [`${ENFORCE}-version`]: "latest" })],
      on: ns,
      property: `metadata.labels["${ENFORCE}-version"]`,
    },
    {
      name: "only warned about",
      resources: [namespaceOf({ "pod-security.kubernetes.io/warn": "restricted" })],
      on: ns,
      property: `metadata.labels["${ENFORCE}"]`,
    },
    {
      name: "a patch that opens",
      resources: [patch(enforced("privileged"))],
      on: urnOf(K.namespacePatch, "patch"),
      property: `metadata.labels["${ENFORCE}"]`,
    },
  ],
  undecided: [
    { name: "labels that are not known", resources: [namespaceOf(UNKNOWN)], on: ns },
    { name: "a level that is not known", resources: [namespaceOf({ ...RESTRICTED, [ENFORCE]: UNKNOWN })], on: ns },
  ],
  notApplicable: [
    { name: "a namespace of the cluster itself", resources: [namespaceOf({}, "kube-system")], on: ns },
    { name: "no namespace", resources: [raw(T.vpc, "v")], on: "stack" },
  ],
  mutations: [
    { of: "restricted, pinned", on: ns, property: `metadata.labels`, to: enforced("privileged") },
    { of: "restricted, pinned", on: ns, property: `metadata.labels`, to: { [ENFORCE]: "restricted" } },
  ],
};

const on = urnOf(K.pod, "p");
const with_ = (over: Parameters<typeof container>[0]) => [pod({ containers: [container(over)] })];
const safe = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };

export const k8s02: RuleCases = {
  passing: [
    { name: "a pod", resources: [pod()], on },
    { name: "a deployment", resources: [templated(K.deployment, "d")], on: urnOf(K.deployment, "d") },
    {
      name: "a volume of Scaleway's driver",
      resources: [clusterObject(K.volume, "v", { spec: { csi: { driver: "csi.scaleway.com", volumeHandle: "x" } } })],
      on: urnOf(K.volume, "v"),
    },
    { name: "a scheduled job", resources: [cronJob()], on: urnOf(K.cronJob, "copy") },
    {
      name: "what the container says itself",
      resources: [
        pod({
          securityContext: {},
          containers: [
            container({
              securityContext: { ...safe, runAsNonRoot: true, seccompProfile: { type: "Localhost" }, runAsUser: 1000 },
            }),
          ],
        }),
      ],
      on,
    },
    {
      name: "the one capability, a volume of the cluster's",
      resources: [
        pod({
          volumes: [{ name: "tmp", emptyDir: {} }],
          containers: [
            container({ securityContext: { ...safe, capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } } }),
          ],
        }),
      ],
      on,
    },
  ],
  failing: [
    {
      name: "a node's path behind a claim",
      resources: [clusterObject(K.volume, "v", { spec: { hostPath: { path: "/" } } })],
      on: urnOf(K.volume, "v"),
      property: "spec.csi.driver",
    },
    {
      name: "privileged",
      resources: with_({ securityContext: { ...safe, privileged: true } }),
      on,
      property: "spec.containers[0].securityContext.privileged",
      got: true,
    },
    { name: "the node's network", resources: [pod({ hostNetwork: true })], on, property: "spec.hostNetwork" },
    { name: "the node's processes", resources: [pod({ hostPID: true })], on, property: "spec.hostPID" },
    {
      name: "a path of the node",
      resources: [pod({ volumes: [{ name: "root", hostPath: { path: "/" } }] })],
      on,
      property: "spec.volumes[0]",
    },
    {
      name: "a port of the node",
      resources: with_({ ports: [{ containerPort: 80, hostPort: 80 }] }),
      on,
      property: "spec.containers[0].ports[0].hostPort",
    },
    {
      name: "a probe of another host",
      resources: with_({ livenessProbe: { httpGet: { host: "10.0.0.1", port: 80 } } }),
      on,
      property: "spec.containers[0].livenessProbe.httpGet.host",
    },
    {
      name: "nothing about privileges",
      resources: with_({ securityContext: { capabilities: { drop: ["ALL"] } } }),
      on,
      property: "spec.containers[0].securityContext.allowPrivilegeEscalation",
      got: null,
    },
    {
      name: "root in one container",
      resources: with_({ securityContext: { ...safe, runAsNonRoot: false } }),
      on,
      property: "spec.containers[0].securityContext.runAsNonRoot",
    },
    {
      name: "user 0",
      resources: with_({ securityContext: { ...safe, runAsUser: 0 } }),
      on,
      property: "spec.containers[0].securityContext.runAsUser",
    },
    {
      name: "capabilities kept",
      resources: with_({ securityContext: { ...safe, capabilities: { drop: ["NET_RAW"] } } }),
      on,
      property: "spec.containers[0].securityContext.capabilities.drop[0]",
    },
    {
      name: "a capability added",
      resources: with_({ securityContext: { ...safe, capabilities: { drop: ["ALL"], add: ["SYS_ADMIN"] } } }),
      on,
      property: "spec.containers[0].securityContext.capabilities.add[0]",
    },
    {
      name: "no seccomp",
      resources: [pod({ securityContext: { runAsNonRoot: true } })],
      on,
      property: "spec.securityContext.seccompProfile.type",
    },
    {
      name: "an init container alone",
      resources: [pod({ initContainers: [container({ securityContext: { ...safe, privileged: true } })] })],
      on,
      property: "spec.initContainers[0].securityContext.privileged",
    },
    {
      name: "an ephemeral container alone",
      resources: [pod({ ephemeralContainers: [container({ securityContext: {} })] })],
      on,
      property: "spec.ephemeralContainers[0].securityContext.allowPrivilegeEscalation",
    },
    {
      name: "the template of an old API version",
      resources: [templated("kubernetes:extensions/v1beta1:DaemonSet", "d", { hostNetwork: true })],
      on: urnOf("kubernetes:extensions/v1beta1:DaemonSet", "d"),
      property: "spec.template.spec.hostNetwork",
    },
    {
      name: "the template of a scheduled job",
      resources: [cronJob({ hostIPC: true })],
      on: urnOf(K.cronJob, "copy"),
      property: "spec.jobTemplate.spec.template.spec.hostIPC",
    },
    {
      name: "a pod made as a custom resource",
      resources: [raw("kubernetes:v1:Pod", "p", pod({ hostNetwork: true }).inputs)],
      on: urnOf("kubernetes:v1:Pod", "p"),
      property: "spec.hostNetwork",
    },
    {
      name: "AppArmor off by the old annotation",
      resources: [
        raw(K.pod, "p", {
          ...pod().inputs,
          metadata: {
            namespace: NAMESPACE,
            annotations: { "container.apparmor.security.beta.kubernetes.io/main": "unconfined" },
          },
        }),
      ],
      on,
      property: 'metadata.annotations["container.apparmor.security.beta.kubernetes.io/main"]',
    },
    {
      name: "an unsafe sysctl",
      resources: [
        pod({
          securityContext: {
            runAsNonRoot: true,
            seccompProfile: { type: "RuntimeDefault" },
            sysctls: [{ name: "kernel.msgmax", value: "1" }],
          },
        }),
      ],
      on,
      property: "spec.securityContext.sysctls[0].name",
    },
  ],
  undecided: [
    {
      name: "a specification that is not known",
      resources: [raw(K.pod, "p", { metadata: { namespace: NAMESPACE }, spec: UNKNOWN })],
      on,
    },
    { name: "a flag that is not known", resources: [pod({ hostNetwork: UNKNOWN })], on, property: "spec.hostNetwork" },
    { name: "containers that are not known", resources: [pod({ containers: UNKNOWN })], on },
  ],
  notApplicable: [{ name: "a namespace", resources: [namespaceOf()], on: "stack" }],
  mutations: [
    { of: "a pod", on, property: "spec.hostNetwork", to: true },
    { of: "a pod", on, property: "spec.securityContext.seccompProfile", to: undefined },
    { of: "a deployment", on: urnOf(K.deployment, "d"), property: "spec.template.spec.hostPID", to: true },
    {
      of: "a scheduled job",
      on: urnOf(K.cronJob, "copy"),
      property: "spec.jobTemplate.spec.template.spec.containers.0.securityContext.privileged",
      to: true,
    },
  ],
};
