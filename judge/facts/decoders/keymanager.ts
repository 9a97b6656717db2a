import { type Known, known } from "../../../kernel/known.ts";
import type { KeyFact } from "../fact-keys.ts";
import type { Reader } from "../reader.ts";
import { type Decoder, decoder } from "./decoder.ts";

/** What the judge reads of the first-party plug-in's resources; a test compares it with the plug-in's own arguments. */
export interface BastideKeyArgs {
  readonly usage: string;
  readonly algorithm: string;
  readonly origin?: string;
  readonly unprotected?: boolean;
  readonly protectionLevel?: string;
  readonly rotationPolicy?: { readonly rotationPeriod: string };
}
export interface BastideExportJobArgs {
  readonly s3: { readonly bucket: string; readonly region: string };
}

/** What a key of the official type is: the provider has no field to ask for more, and the API's default is software. */
const SOFTWARE: Known<string> = known("software");

/** The official key and the first-party one are one kind: rules can't tell which provider made it. */
function key(read: Reader<BastideKeyArgs>, urn: string, level: Known<string | undefined>): KeyFact {
  const policy = read.object("rotationPolicy");
  return {
    kind: "key",
    urn,
    usage: { property: "usage", value: read.text("usage") },
    algorithm: { property: "algorithm", value: read.text("algorithm") },
    origin: { property: "origin", value: read.text("origin") },
    protectionLevel: { property: "protectionLevel", value: level },
    rotationPeriod: {
      property: "rotationPolicy.rotationPeriod",
      value: policy.known ? (policy.value?.text("rotationPeriod") ?? known(undefined)) : policy,
    },
  };
}

export const keymanagerDecoders: readonly Decoder[] = [
  decoder<BastideKeyArgs>("scaleway:keymanager/key:Key", (read, { urn }) => [key(read, urn, SOFTWARE)]),
  decoder<BastideKeyArgs>("bastide:keymanager:Key", (read, { urn }) => [key(read, urn, read.text("protectionLevel"))]),
  decoder<BastideExportJobArgs>("bastide:audittrail:ExportJob", (read, { urn }) => {
    const s3 = read.object("s3");
    const region = s3.known ? (s3.value?.text("region") ?? known(undefined)) : s3;
    return [{ kind: "place", urn, region: { property: "s3.region", value: region } }];
  }),
];
