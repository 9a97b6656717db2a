import type { StorageClassArgs } from "@pulumi/kubernetes/storage/v1/storageClass.js";
import type { apps, core, meta } from "@pulumi/kubernetes/types/input.js";
import { type Known, known } from "../../../../kernel/known.ts";
import type { ClaimReading } from "../../fact-kubernetes.ts";
import type { Reader } from "../../reader.ts";
import { type Decoder, decoder } from "../decoder.ts";
import { down, nameOf, reading, tokensOf } from "./manifest.ts";

type ClaimSpec = core.v1.PersistentVolumeClaimSpec;

/** What a claim asks for; before `storageClassName` an annotation said it, which the server still honours. */
export const claimOf = (spec: Known<Reader<ClaimSpec> | undefined>, at: string): ClaimReading => ({
  storageClass: reading(spec, `${at}.storageClassName`, (s) => s.text("storageClassName"), undefined),
  volume: reading(spec, `${at}.volumeName`, (s) => s.text("volumeName"), undefined),
});

interface Claim {
  readonly metadata?: meta.v1.ObjectMeta;
  readonly spec?: ClaimSpec;
}
interface Stateful {
  readonly metadata?: meta.v1.ObjectMeta;
  readonly spec?: apps.v1.StatefulSetSpec;
}
interface Volume {
  readonly metadata?: meta.v1.ObjectMeta;
  readonly spec?: core.v1.PersistentVolumeSpec;
}

/** Annotation that named the class before the property did. */
const OLD_CLASS = "volume.beta.kubernetes.io/storage-class";

function claimWithOldName(read: Reader<Claim>): ClaimReading {
  const claim = claimOf(read.object("spec"), "spec");
  if (!claim.storageClass.value.known || claim.storageClass.value.value !== undefined) return claim;
  const metadata = read.object("metadata");
  const old = reading(metadata, `metadata.annotations["${OLD_CLASS}"]`, (m) => m.map("annotations"), {});
  if (!old.value.known) return { ...claim, storageClass: { property: old.property, value: old.value } };
  const name = old.value.value[OLD_CLASS];
  return name === undefined ? claim : { ...claim, storageClass: { property: old.property, value: known(name) } };
}

export const storageDecoders: readonly Decoder[] = [
  ...tokensOf("PersistentVolumeClaim").map((type) =>
    decoder<Claim>(type, (read, { urn }) => [{ kind: "volume-claim", urn, ...claimWithOldName(read) }]),
  ),

  ...tokensOf("StatefulSet").map((type) =>
    decoder<Stateful>(type, (read, { urn }) => {
      const templates = down(read.object("spec"), "template").known ? read.object("spec") : known(undefined);
      if (!templates.known || templates.value === undefined) return [];
      const list = templates.value.list("volumeClaimTemplates");
      // A list that is not known may ask for any storage.
      if (!list.known) {
        const hidden = { property: "spec.volumeClaimTemplates", value: list };
        return [{ kind: "volume-claim", urn, storageClass: hidden, volume: hidden }];
      }
      return list.value.map((claim, i) => ({
        kind: "volume-claim" as const,
        urn,
        ...claimOf(claim.object("spec"), `spec.volumeClaimTemplates[${i}].spec`),
      }));
    }),
  ),

  ...tokensOf("StorageClass").map((type) =>
    decoder<StorageClassArgs>(type, (read, { urn }) => [
      {
        kind: "storage-class",
        urn,
        name: nameOf(read.object("metadata")),
        provisioner: { property: "provisioner", value: read.text("provisioner") },
        parameters: { property: "parameters", value: read.map("parameters") },
      },
    ]),
  ),

  ...tokensOf("PersistentVolume").map((type) =>
    decoder<Volume>(type, (read, { urn }) => {
      const csi = down(read.object("spec"), "csi");
      return [
        {
          kind: "persistent-volume",
          urn,
          name: nameOf(read.object("metadata")),
          driver: reading(csi, "spec.csi.driver", (c) => c.text("driver"), undefined),
          attributes: reading(csi, "spec.csi.volumeAttributes", (c) => c.map("volumeAttributes"), {}),
        },
      ];
    }),
  ),
];
