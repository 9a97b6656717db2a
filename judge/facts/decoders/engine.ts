import type { StackReferenceArgs } from "@pulumi/pulumi";
import type { ProviderArgs } from "@pulumiverse/scaleway";
import { type Decoder, decoder } from "./decoder.ts";

interface AnyProviderArgs {
  readonly apiUrl?: string;
  readonly region?: string;
  readonly zone?: string;
}

const PREFIX = "pulumi:providers:";

/** True for provider instances of any package. */
export const isProviderType = (type: string): boolean => type.startsWith(PREFIX);
export const providerPackage = (type: string): string => type.slice(PREFIX.length);

/** A provider instance of package `name`; other packages than Scaleway's have no location and no `apiUrl` of ours. */
export const providerDecoder = (type: string): Decoder =>
  decoder<Pick<ProviderArgs, "apiUrl" | "region" | "zone"> & AnyProviderArgs>(type, (read, { urn }) => [
    {
      kind: "provider",
      urn,
      package: providerPackage(type),
      apiUrl: { property: "apiUrl", value: read.text("apiUrl") },
      region: read.text("region"),
      zone: read.text("zone"),
    },
  ]);

export const engineDecoders: readonly Decoder[] = [
  decoder<StackReferenceArgs>("pulumi:pulumi:StackReference", (read, { urn }) => [
    { kind: "stack-reference", urn, stack: { property: "name", value: read.text("name") } },
  ]),
];
