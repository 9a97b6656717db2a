import type { ServerArgs } from "@pulumiverse/scaleway/instance/index.js";
import type { KeyArgs } from "@pulumiverse/scaleway/keymanager/index.js";
import type { ClusterArgs } from "@pulumiverse/scaleway/kubernetes/index.js";
import type { BucketArgs } from "@pulumiverse/scaleway/object/index.js";
import type { SecretArgs } from "@pulumiverse/scaleway/secrets/index.js";
import { type Known, mapKnown } from "../../../kernel/known.ts";
import type { KeepsakeFact } from "../fact-keys.ts";
import { type Decoder, decoder } from "./decoder.ts";
import type { BastideKeyArgs } from "./keymanager.ts";

type Lets = KeepsakeFact["lets"][number];

/** A flag that must not be on. */
const off = (property: string, flag: Known<boolean | undefined>): Lets => ({
  property,
  value: mapKnown(flag, (on) => on === true),
  want: false,
});

/** A flag that must be on. */
const on = (property: string, flag: Known<boolean | undefined>): Lets => ({
  property,
  value: mapKnown(flag, (it) => it !== true),
  want: true,
});

const keepsake = (urn: string, lets: readonly Lets[], counts: KeepsakeFact["counts"] = "always"): KeepsakeFact => ({
  kind: "keepsake",
  urn,
  counts,
  lets,
});

/** Types that hold data and whose API has no protection of its own: only Pulumi's `protect` stands before their end. */
const BARE = [
  "scaleway:databases/instance:Instance",
  "scaleway:databases/serverlessDatabase:ServerlessDatabase",
  "scaleway:datawarehouse/deployment:Deployment",
  "scaleway:kafka/cluster:Cluster",
  "scaleway:mongodb/instance:Instance",
  "scaleway:opensearch/deployment:Deployment",
  "scaleway:redis/cluster:Cluster",
];

/** Disks: most can be made again; those that may hold health data can't. */
const DISKS = [
  "scaleway:block/volume:Volume",
  "scaleway:index/fileFilesystem:FileFilesystem",
  "scaleway:instance/volume:Volume",
];

export const keepsakeDecoders: readonly Decoder[] = [
  decoder<KeyArgs>("scaleway:keymanager/key:Key", (read, { urn }) => [
    keepsake(urn, [off("unprotected", read.flag("unprotected"))]),
  ]),
  decoder<BastideKeyArgs>("bastide:keymanager:Key", (read, { urn }) => [
    keepsake(urn, [off("unprotected", read.flag("unprotected"))]),
  ]),
  decoder<SecretArgs>("scaleway:secrets/secret:Secret", (read, { urn }) => [
    keepsake(urn, [on("protected", read.flag("protected"))]),
  ]),
  decoder<BucketArgs>("scaleway:object/bucket:Bucket", (read, { urn }) => [
    keepsake(urn, [off("forceDestroy", read.flag("forceDestroy"))]),
  ]),
  decoder<ClusterArgs>("scaleway:kubernetes/cluster:Cluster", (read, { urn }) => [
    keepsake(urn, [off("deleteAdditionalResources", read.flag("deleteAdditionalResources"))]),
  ]),
  decoder<ServerArgs>("scaleway:instance/server:Server", (read, { urn }) => [
    keepsake(urn, [on("protected", read.flag("protected"))], "health-data"),
  ]),
  ...BARE.map((type) => decoder<object>(type, (_, { urn }) => [keepsake(urn, [])])),
  ...DISKS.map((type) => decoder<object>(type, (_, { urn }) => [keepsake(urn, [], "health-data")])),
];
