import { type RawObject, type RawValue, UNKNOWN } from "../../../judge/facts/raw.ts";
import type { RuleId } from "../../../policy-packs/bastide/rules/ids.ts";
import { clusterObject, K, namespaceOf, pod, RESTRICTED } from "../../harness/kubernetes.ts";
import { raw, tagList, tagMap, urnOf } from "../../harness/raw.ts";
import type { MoreCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";
import { claim, encrypted, health, inClaim, volume } from "./kubernetes-clusters.ts";
import { data, edge } from "./spaces.ts";

const sick = tagList("health-pseudo");
const poolOf = (inputs: RawObject) =>
  raw(T.pool, "p", { nodeType: "POP2-4C-16G", rootVolumeType: "sbs_5k", tags: sick, ...inputs });
const inPool = urnOf(T.pool, "p");
const serves = (bucketName: RawValue) =>
  raw(edge, "e", { pipelineId: "x", s3BackendConfig: { bucketName, bucketRegion: "fr-par" } });
const inEdge = urnOf(edge, "e");
const classOf = (name: string, spec: RawObject) => clusterObject(K.storageClass, name, spec);
const sealed = { provisioner: "csi.scaleway.com", parameters: { encrypted: "true" } };
const named = claim({ storageClassName: "sealed" });
const bound = claim({ storageClassName: "", volumeName: "old" });
const inPod = urnOf(K.pod, "p");

export const moreHealth = {
  "ISO-01": {
    passing: [
      {
        name: "one project for a permit and for what has an empty one",
        resources: [
          data("one", "health-pseudo", "p", { permit: "DR-1" }),
          data("two", "health-pseudo", "p", { permit: "" }),
        ],
        on: "p",
        property: "projectId",
        got: "DR-1",
      },
    ],
  },
  "ISO-02": {
    passing: [
      { name: "a network disk", resources: [poolOf({})], on: inPool, property: "rootVolumeType", got: "sbs_5k" },
      {
        name: "a disk that nobody wrote",
        resources: [poolOf({ rootVolumeType: null })],
        on: inPool,
        property: "rootVolumeType",
      },
      {
        name: "a disk of an empty name",
        resources: [poolOf({ rootVolumeType: "" })],
        on: inPool,
        property: "rootVolumeType",
        got: "",
      },
      {
        name: "an eligible pool whose class is not known",
        resources: [poolOf({ tags: UNKNOWN })],
        on: inPool,
        property: "nodeType",
      },
    ],
    failing: [
      {
        name: "a range whose name ends alike",
        resources: [poolOf({ nodeType: "OLD-POP2-4C-16G" })],
        on: inPool,
        property: "nodeType",
      },
      {
        name: "a range whose name begins alike",
        resources: [poolOf({ nodeType: "POP2-4C-16G-SPOT" })],
        on: inPool,
        property: "nodeType",
      },
      {
        name: "a control plane whose name ends alike",
        resources: [raw(T.cluster, "c", { type: "old-kapsule-dedicated-4", tags: sick })],
        on: urnOf(T.cluster, "c"),
        property: "type",
      },
      {
        name: "a disk whose name holds a network one's",
        resources: [poolOf({ rootVolumeType: "l_sbs_5k" })],
        on: inPool,
        property: "rootVolumeType",
      },
    ],
  },
  "ISO-03": {
    passing: [
      {
        name: "a server, as which product",
        resources: [raw(T.server, "s", { tags: sick })],
        on: urnOf(T.server, "s"),
        property: "type",
        got: "instances",
      },
      {
        name: "networks and guards, which process nothing, beside a bucket",
        resources: [
          raw(T.vpc, "v", { tags: sick }),
          raw(T.bastideKey, "k", { tags: sick }),
          raw(T.provider, "p"),
          raw("random:index/randomId:RandomId", "r"),
          raw(T.bucket, "b", { tags: tagMap("health-pseudo") }),
        ],
        on: urnOf(T.bucket, "b"),
      },
    ],
    failing: [
      {
        name: "a product that we don't know, by its module",
        resources: [raw("scaleway:novelty/thing:Thing", "t", {})],
        on: urnOf("scaleway:novelty/thing:Thing", "t"),
        property: "type",
        got: "an unknown product (novelty)",
      },
      {
        name: "a plug-in's product that we don't know",
        resources: [raw("bastide:novelty:Thing", "t", {})],
        on: urnOf("bastide:novelty:Thing", "t"),
        property: "type",
      },
    ],
    undecided: [
      {
        name: "an edge backend that is fed by a bucket that is one of two",
        resources: [
          raw(T.bucket, "b", { tags: tagMap("technical") }),
          raw(T.bucket, "c", { tags: tagMap("health-pseudo") }),
          {
            ...serves(UNKNOWN),
            propertyDependencies: { s3BackendConfig: [urnOf(T.bucket, "b"), urnOf(T.bucket, "c")] },
          },
        ],
        on: inEdge,
        property: "type",
      },
    ],
    notApplicable: [
      {
        name: "an edge backend that is fed by a technical bucket",
        resources: [raw(T.bucket, "b", { name: "b", tags: tagMap("technical") }), serves("b")],
        on: inEdge,
        property: "type",
      },
    ],
  },
  "ISO-04": {
    passing: [
      {
        name: "an encrypted class, and which",
        resources: [health, encrypted, named],
        on: inClaim,
        property: "spec.storageClassName",
        got: { provisioner: "csi.scaleway.com", encrypted: "true" },
        path: [encrypted.urn],
      },
      {
        name: "an encrypted class beside one that is not",
        resources: [health, classOf("plain", { provisioner: "csi.scaleway.com" }), encrypted, named],
        on: inClaim,
      },
      {
        name: "an encrypted volume made by hand beside one that is not, and which",
        resources: [
          health,
          clusterObject(K.volume, "plain", { spec: { csi: { driver: "csi.scaleway.com" } } }),
          volume({ driver: "csi.scaleway.com", volumeAttributes: { encrypted: "true" } }),
          bound,
        ],
        on: inClaim,
        property: "spec.volumeName",
        got: "csi.scaleway.com",
        path: [urnOf(K.volume, "old")],
      },
      {
        name: "a pod without volumes beside an encrypted claim",
        resources: [health, encrypted, named, pod({ volumes: [{ name: "tmp", emptyDir: {} }] })],
        on: inClaim,
      },
    ],
    failing: [
      {
        name: "a class of another cluster",
        resources: [health, claim({})],
        on: inClaim,
        property: "spec.storageClassName",
      },
      {
        name: "a class that does not encrypt, told as it is",
        resources: [health, classOf("sealed", { provisioner: "csi.scaleway.com" }), named],
        on: inClaim,
        property: "spec.storageClassName",
        got: { provisioner: "csi.scaleway.com", encrypted: null },
        path: [encrypted.urn],
      },
      {
        name: "a class that names no driver",
        resources: [health, classOf("sealed", { parameters: { encrypted: "true" } }), named],
        on: inClaim,
        property: "spec.storageClassName",
        got: { provisioner: null, encrypted: "true" },
      },
      {
        name: "an encrypted volume of another driver",
        resources: [health, volume({ driver: "other.example", volumeAttributes: { encrypted: "true" } }), bound],
        on: inClaim,
        property: "spec.volumeName",
        got: "other.example",
        path: [urnOf(K.volume, "old")],
      },
      {
        name: "a volume without driver",
        resources: [health, clusterObject(K.volume, "old", { spec: { hostPath: { path: "/x" } } }), bound],
        on: inClaim,
        property: "spec.volumeName",
        got: "storage without encryption of ours",
      },
      {
        name: "a claim in a namespace that is not here",
        resources: [claim({})],
        on: inClaim,
        property: "spec.storageClassName",
      },
    ],
    undecided: [
      {
        name: "a claim in a namespace whose labels are not known",
        resources: [namespaceOf(UNKNOWN), claim({})],
        on: inClaim,
        property: "spec.storageClassName",
      },
      {
        name: "a class whose driver is not known",
        resources: [health, classOf("sealed", { ...sealed, provisioner: UNKNOWN }), named],
        on: inClaim,
        path: [encrypted.urn],
      },
      {
        name: "a class whose parameters are not known",
        resources: [health, classOf("sealed", { ...sealed, parameters: UNKNOWN }), named],
        on: inClaim,
      },
      {
        name: "the class of another cluster",
        resources: [health, { ...encrypted, provider: "urn:other" }, named],
        on: inClaim,
      },
      {
        name: "a class whose name is not known",
        resources: [health, raw(K.storageClass, "later", { metadata: { name: UNKNOWN }, ...sealed }), named],
        on: inClaim,
        property: "spec.storageClassName",
      },
      {
        name: "a volume whose name is not known",
        resources: [health, claim({ storageClassName: "", volumeName: UNKNOWN })],
        on: inClaim,
        property: "spec.volumeName",
      },
      { name: "a volume that stands elsewhere", resources: [health, bound], on: inClaim, property: "spec.volumeName" },
      {
        name: "the volume of another cluster",
        resources: [
          health,
          { ...volume({ driver: "csi.scaleway.com", volumeAttributes: { encrypted: "true" } }), provider: "urn:other" },
          bound,
        ],
        on: inClaim,
      },
      {
        name: "a volume whose driver is not known",
        resources: [health, volume({ driver: UNKNOWN, volumeAttributes: { encrypted: "true" } }), bound],
        on: inClaim,
      },
      {
        name: "a volume whose attributes are not known",
        resources: [health, volume({ driver: "csi.scaleway.com", volumeAttributes: UNKNOWN }), bound],
        on: inClaim,
      },
      {
        name: "volumes of a pod that are not known",
        resources: [health, pod({ volumes: UNKNOWN })],
        on: inPod,
        property: "spec.volumes",
      },
      {
        name: "volumes of a pod one of which is not known",
        resources: [health, pod({ volumes: [UNKNOWN] })],
        on: inPod,
        property: "spec.volumes",
      },
    ],
    notApplicable: [
      {
        name: "a namespace without health data, told of the claim",
        resources: [namespaceOf({ ...RESTRICTED, "data-class": "technical" }), claim({})],
        on: inClaim,
        property: "spec.storageClassName",
      },
      {
        name: "a pod whose volumes are no claims",
        resources: [health, pod({ volumes: [{ name: "tmp", emptyDir: {} }] })],
        on: "stack",
      },
    ],
  },
} as const satisfies Partial<Record<RuleId, MoreCases>>;
