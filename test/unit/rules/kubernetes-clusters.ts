import { type RawObject, UNKNOWN } from "../../../judge/facts/raw.ts";
import { clusterObject, K, namespaceOf, object, pod, RESTRICTED, templated } from "../../harness/kubernetes.ts";
import { raw, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

const BOTH = ["Ingress", "Egress"];
const policy = (spec: RawObject, name = "deny") => object(K.networkPolicy, name, { spec });
const deny = policy({ podSelector: {}, policyTypes: BOTH });
const ns = urnOf(K.namespace, "ns");
const cluster = (over: RawObject) =>
  raw(T.cluster, "c", {
    version: "1.35",
    cni: "cilium",
    autoUpgrade: { enable: true, maintenanceWindowDay: "sunday", maintenanceWindowStartHour: 3 },
    ...over,
  });
const on = urnOf(T.cluster, "c");

export const k8s03: RuleCases = {
  passing: [
    { name: "cilium", resources: [cluster({})], on, property: "cni" },
    { name: "one policy for both", resources: [namespaceOf(), deny], on: ns },
    {
      name: "a policy for each direction",
      resources: [
        namespaceOf(),
        policy({ podSelector: {} }),
        policy({ podSelector: { matchLabels: {} }, policyTypes: ["Egress"] }, "out"),
      ],
      on: ns,
      property: "networkPolicy.Egress",
    },
    {
      name: "a policy whose namespace is derived from this one",
      resources: [
        namespaceOf(RESTRICTED, UNKNOWN),
        raw(
          K.networkPolicy,
          "deny",
          { metadata: { name: "deny", namespace: UNKNOWN }, spec: { podSelector: {}, policyTypes: BOTH } },
          { dependsOn: { metadata: [ns] } },
        ),
      ],
      on: ns,
    },
  ],
  failing: [
    { name: "a plug-in that enforces nothing", resources: [cluster({ cni: "flannel" })], on, property: "cni" },
    { name: "no policy", resources: [namespaceOf()], on: ns, property: "networkPolicy.Ingress" },
    {
      name: "one direction only",
      resources: [namespaceOf(), policy({ podSelector: {} })],
      on: ns,
      property: "networkPolicy.Egress",
    },
    {
      name: "some pods only",
      resources: [namespaceOf(), policy({ podSelector: { matchLabels: { app: "a" } }, policyTypes: BOTH })],
      on: ns,
      property: "networkPolicy.Ingress",
    },
    {
      name: "the policy of another namespace",
      resources: [
        namespaceOf(),
        raw(K.networkPolicy, "deny", {
          metadata: { name: "deny", namespace: "other" },
          spec: { podSelector: {}, policyTypes: BOTH },
        }),
      ],
      on: ns,
      property: "networkPolicy.Egress",
    },
    {
      name: "the policy of another cluster",
      resources: [namespaceOf(), { ...deny, provider: "urn:other" }],
      on: ns,
      property: "networkPolicy.Ingress",
    },
    {
      name: "a second policy that undoes the first",
      resources: [namespaceOf(), deny, policy({ podSelector: {}, policyTypes: ["Egress"], egress: [{}] }, "open")],
      on: urnOf(K.networkPolicy, "open"),
      property: "spec.egress[0]",
    },
  ],
  undecided: [
    { name: "a plug-in that is not known", resources: [cluster({ cni: UNKNOWN })], on, property: "cni" },
    {
      name: "a policy that could be this namespace's",
      resources: [
        namespaceOf(),
        raw(K.networkPolicy, "deny", {
          metadata: { namespace: UNKNOWN },
          spec: { podSelector: {}, policyTypes: BOTH },
        }),
      ],
      on: ns,
    },
    {
      name: "rules that are not known",
      resources: [namespaceOf(), policy({ podSelector: {}, policyTypes: BOTH, egress: UNKNOWN })],
      on: ns,
    },
    { name: "a workload in a namespace that is not here", resources: [pod()], on: urnOf(K.pod, "p") },
  ],
  notApplicable: [
    { name: "a namespace of the cluster itself", resources: [namespaceOf({}, "kube-system")], on: ns },
    { name: "no cluster", resources: [raw(T.vpc, "v")], on: "stack" },
  ],
  mutations: [
    { of: "cilium", on, property: "cni", to: "none" },
    { of: "one policy for both", on: deny.urn, property: "spec.policyTypes", to: ["Ingress"] },
    { of: "one policy for both", on: deny.urn, property: "spec.egress", to: [{}] },
    { of: "one policy for both", on: deny.urn, property: "metadata.namespace", to: "other" },
  ],
};

const kubelet = (args: RawObject | typeof UNKNOWN) => raw(T.pool, "p", { kubeletArgs: args });
const inPool = urnOf(T.pool, "p");

export const k8s07: RuleCases = {
  passing: [
    { name: "a supported minor, upgraded", resources: [cluster({})], on },
    { name: "a patch of a supported minor", resources: [cluster({ version: "1.36.1" })], on, property: "version" },
    { name: "a limit", resources: [kubelet({ maxPods: "64" })], on: inPool },
  ],
  failing: [
    { name: "an old version", resources: [cluster({ version: "1.33.4" })], on, property: "version", got: "1.33.4" },
    { name: "no upgrades", resources: [cluster({ autoUpgrade: null })], on, property: "autoUpgrade.enable" },
    {
      name: "upgrades without a window",
      resources: [cluster({ autoUpgrade: { enable: true } })],
      on,
      property: "autoUpgrade.maintenanceWindowDay",
    },
    { name: "a gate", resources: [cluster({ featureGates: ["X"] })], on, property: "featureGates" },
    {
      name: "a plug-in",
      resources: [cluster({ admissionPlugins: ["AlwaysAdmit"] })],
      on,
      property: "admissionPlugins",
    },
    {
      name: "a kubelet for anybody",
      resources: [kubelet({ anonymousAuth: "true" })],
      on: inPool,
      property: "kubeletArgs",
    },
  ],
  undecided: [
    { name: "a version that is not known", resources: [cluster({ version: UNKNOWN })], on, property: "version" },
    { name: "arguments that are not known", resources: [kubelet(UNKNOWN)], on: inPool },
  ],
  notApplicable: [{ name: "no cluster", resources: [raw(T.vpc, "v")], on: "stack" }],
  mutations: [
    { of: "a supported minor, upgraded", on, property: "version", to: "1.32" },
    { of: "a supported minor, upgraded", on, property: "autoUpgrade.enable", to: false },
    { of: "a limit", on: inPool, property: "kubeletArgs", to: { readOnlyPort: "10255" } },
  ],
};

const VALIDATES: RawObject = {
  matchConstraints: {
    resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }],
  },
  validations: [{ expression: "false" }],
};
const vap = clusterObject(K.vap, "images", { spec: VALIDATES });
const bound = (validationActions: string[], policyName: string | typeof UNKNOWN = "images") =>
  clusterObject(K.vapBinding, "images", { spec: { policyName, validationActions } });
const signatures = clusterObject(K.imagePolicy, "signed", { spec: {} });
const inPod = urnOf(K.pod, "p");

export const k8s08: RuleCases = {
  passing: [
    { name: "a bound policy, and signatures", resources: [pod(), vap, bound(["Deny"]), signatures], on: inPod },
  ],
  failing: [
    { name: "nothing", resources: [pod()], on: inPod, property: "admission" },
    { name: "a policy without binding", resources: [pod(), vap], on: inPod, property: "admission" },
    { name: "a binding that warns", resources: [pod(), vap, bound(["Warn"])], on: inPod, property: "admission" },
    { name: "signatures of nobody", resources: [pod(), vap, bound(["Deny"])], on: inPod, property: "signatures" },
    {
      name: "an engine of another cluster",
      resources: [pod(), { ...signatures, provider: "urn:other" }],
      on: inPod,
      property: "admission",
    },
  ],
  undecided: [
    {
      name: "a binding to what is not known",
      resources: [pod(), vap, bound(["Deny"], UNKNOWN), { ...signatures, provider: "x" }],
      on: inPod,
      property: "admission",
    },
  ],
  notApplicable: [{ name: "no workload", resources: [namespaceOf()], on: "stack" }],
  mutations: [
    {
      of: "a bound policy, and signatures",
      on: signatures.urn,
      property: "$type",
      to: "kubernetes:policy.sigstore.dev/v1:Other",
    },
  ],
};

export const encrypted = clusterObject(K.storageClass, "sealed", {
  provisioner: "csi.scaleway.com",
  parameters: { encrypted: "true" },
});
export const claim = (spec: RawObject) => object(K.volumeClaim, "c", { spec });
export const inClaim = urnOf(K.volumeClaim, "c");
export const health = namespaceOf({ ...RESTRICTED, "data-class": "health-pseudo" });
export const volume = (csi: RawObject) => clusterObject(K.volume, "old", { spec: { csi } });

export const iso04: RuleCases = {
  passing: [
    { name: "an encrypted class", resources: [health, encrypted, claim({ storageClassName: "sealed" })], on: inClaim },
    {
      name: "an encrypted volume made by hand",
      resources: [
        health,
        volume({ driver: "csi.scaleway.com", volumeAttributes: { encrypted: "true" } }),
        claim({ storageClassName: "", volumeName: "old" }),
      ],
      on: inClaim,
    },
    {
      name: "volumes of a controller",
      resources: [
        health,
        encrypted,
        templated(K.statefulSet, "s", {}, { volumeClaimTemplates: [{ spec: { storageClassName: "sealed" } }] }),
      ],
      on: urnOf(K.statefulSet, "s"),
    },
  ],
  failing: [
    {
      name: "the default class",
      resources: [health, claim({})],
      on: inClaim,
      property: "spec.storageClassName",
      got: "the cluster's default class",
    },
    {
      name: "a class that does not encrypt",
      resources: [
        health,
        clusterObject(K.storageClass, "sealed", { provisioner: "csi.scaleway.com" }),
        claim({ storageClassName: "sealed" }),
      ],
      on: inClaim,
      property: "spec.storageClassName",
    },
    {
      name: "a class of another driver",
      resources: [
        health,
        clusterObject(K.storageClass, "sealed", {
          provisioner: "rancher.io/local-path",
          parameters: { encrypted: "true" },
        }),
        claim({ storageClassName: "sealed" }),
      ],
      on: inClaim,
      property: "spec.storageClassName",
    },
    {
      name: "a plain volume made by hand",
      resources: [health, volume({ driver: "csi.scaleway.com" }), claim({ storageClassName: "", volumeName: "old" })],
      on: inClaim,
      property: "spec.volumeName",
    },
    {
      name: "a volume for a pod's life, in a namespace of no class",
      resources: [namespaceOf(), pod({ volumes: [{ name: "v", ephemeral: { volumeClaimTemplate: { spec: {} } } }] })],
      on: urnOf(K.pod, "p"),
      property: "spec.volumes[0].ephemeral.volumeClaimTemplate.spec.storageClassName",
    },
  ],
  undecided: [
    { name: "a class that stands elsewhere", resources: [health, claim({ storageClassName: "x" })], on: inClaim },
    { name: "a class that is not known", resources: [health, claim({ storageClassName: UNKNOWN })], on: inClaim },
    {
      name: "templates that are not known",
      resources: [health, templated(K.statefulSet, "s", {}, { volumeClaimTemplates: UNKNOWN })],
      on: urnOf(K.statefulSet, "s"),
    },
    { name: "volumes that are not known", resources: [health, pod({ volumes: UNKNOWN })], on: urnOf(K.pod, "p") },
  ],
  notApplicable: [
    {
      name: "a namespace without health data",
      resources: [namespaceOf({ ...RESTRICTED, "data-class": "technical" }), claim({})],
      on: inClaim,
    },
    { name: "no volume", resources: [namespaceOf()], on: "stack" },
  ],
  mutations: [
    { of: "an encrypted class", on: encrypted.urn, property: "parameters.encrypted", to: "false" },
    { of: "an encrypted class", on: inClaim, property: "spec.storageClassName", to: undefined },
    {
      of: "volumes of a controller",
      on: urnOf(K.statefulSet, "s"),
      property: "spec.volumeClaimTemplates.0.spec.storageClassName",
      to: undefined,
    },
  ],
};
