import type { InstanceTemplateArgs } from "@pulumiverse/scaleway/autoscaling/index.js";
import type { ServerArgs, SnapshotArgs, VolumeArgs } from "@pulumiverse/scaleway/instance/index.js";
import type { ClusterArgs, PoolArgs } from "@pulumiverse/scaleway/kubernetes/index.js";
import type { BucketArgs, ItemArgs } from "@pulumiverse/scaleway/object/index.js";
import { allKnown, type Known, known, mapKnown } from "../../../kernel/known.ts";
import type { OfferFact } from "../fact-space.ts";
import type { Reader } from "../reader.ts";
import { type Decoder, decoder } from "./decoder.ts";

const offer = (
  urn: string,
  what: OfferFact["what"],
  property: string,
  value: Known<string | undefined>,
): OfferFact => ({ kind: "offer", urn, what, name: { property, value } });

function rootDisk(read: Reader<ServerArgs>, urn: string): OfferFact {
  const root = read.object("rootVolume");
  const type = root.known ? (root.value?.text("volumeType") ?? known(undefined)) : root;
  return offer(urn, "disk", "rootVolume.volumeType", type);
}

/** Classes that a lifecycle moves objects to. */
function transitions(read: Reader<BucketArgs>): Known<readonly string[]> {
  const rules = read.list("lifecycleRules");
  if (!rules.known) return rules;
  const lists = allKnown(rules.value.map((rule) => rule.list("transitions")));
  if (!lists.known) return lists;
  const classes = allKnown(lists.value.flat().map((t) => t.text("storageClass")));
  return mapKnown(classes, (all) => all.filter((name) => name !== undefined));
}

/** What runs on which offer, and what leaves its bucket's region. */
export const spaceDecoders: readonly Decoder[] = [
  decoder<ClusterArgs>("scaleway:kubernetes/cluster:Cluster", (read, { urn }) => [
    offer(urn, "control plane", "type", read.text("type")),
  ]),
  decoder<PoolArgs>("scaleway:kubernetes/pool:Pool", (read, { urn }) => [
    offer(urn, "machine", "nodeType", read.text("nodeType")),
    offer(urn, "disk", "rootVolumeType", read.text("rootVolumeType")),
  ]),
  decoder<ServerArgs>("scaleway:instance/server:Server", (read, { urn }) => [
    offer(urn, "machine", "type", read.text("type")),
    rootDisk(read, urn),
  ]),
  decoder<InstanceTemplateArgs>("scaleway:autoscaling/instanceTemplate:InstanceTemplate", (read, { urn }) => [
    offer(urn, "machine", "commercialType", read.text("commercialType")),
  ]),
  decoder<VolumeArgs>("scaleway:instance/volume:Volume", (read, { urn }) => [
    offer(urn, "disk", "type", read.text("type")),
  ]),
  decoder<SnapshotArgs>("scaleway:instance/snapshot:Snapshot", (read, { urn }) => [
    offer(urn, "disk", "type", read.text("type")),
  ]),

  // A group signs in as nobody, but grants and policies name it as one who may.
  decoder<object>("scaleway:iam/group:Group", (_, { urn }) => [{ kind: "principal", urn }]),

  decoder<BucketArgs>("scaleway:object/bucket:Bucket", (read, { urn }) => [
    { kind: "archive", urn, bucket: "self", classes: { property: "lifecycleRules", value: transitions(read) } },
  ]),
  decoder<ItemArgs>("scaleway:object/item:Item", (read, { urn }) => [
    {
      kind: "archive",
      urn,
      bucket: read.ref("bucket"),
      classes: {
        property: "storageClass",
        value: mapKnown(read.text("storageClass"), (name) => (name === undefined ? [] : [name])),
      },
    },
  ]),
];
