import type { KeyArgs } from "@pulumiverse/scaleway/keymanager/index.js";
import { known } from "../../../kernel/known.ts";
import { type Decoder, decoder } from "./decoder.ts";

/** What the judge reads of the first-party plug-in's resources; a test compares it with the plug-in's own arguments. */
export interface BastideKeyArgs {
  readonly algorithm: string;
}
export interface BastideExportJobArgs {
  readonly s3: { readonly region: string };
}

/** The official key and the first-party one are one kind: rules can't tell which provider made it. */
export const keymanagerDecoders: readonly Decoder[] = [
  decoder<KeyArgs>("scaleway:keymanager/key:Key", (read, { urn }) => [
    { kind: "key", urn, algorithm: { property: "algorithm", value: read.text("algorithm") } },
  ]),
  decoder<BastideKeyArgs>("bastide:keymanager:Key", (read, { urn }) => [
    { kind: "key", urn, algorithm: { property: "algorithm", value: read.text("algorithm") } },
  ]),
  decoder<BastideExportJobArgs>("bastide:audittrail:ExportJob", (read, { urn }) => {
    const s3 = read.object("s3");
    const region = s3.known ? (s3.value?.text("region") ?? known(undefined)) : s3;
    return [{ kind: "place", urn, region: { property: "s3.region", value: region } }];
  }),
];
