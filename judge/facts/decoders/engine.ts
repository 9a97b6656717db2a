import type { ProviderArgs as KubernetesProviderArgs } from "@pulumi/kubernetes/provider.js";
import type { StackReferenceArgs } from "@pulumi/pulumi";
import type { ProviderArgs } from "@pulumiverse/scaleway";
import { known, unknown } from "../../../kernel/known.ts";
import type { ProviderFact } from "../fact.ts";
import type { RawObject, RawValue } from "../raw.ts";
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

const isObject = (v: RawValue | undefined): v is RawObject => typeof v === "object" && v !== null && !Array.isArray(v);

/** Where the engine fetches the plug-in and what it makes of it: beside the provider's own inputs, or in the engine's corner. */
function pluginOf(inputs: RawObject): ProviderFact["plugin"] {
  const corner = isObject(inputs.__internal) ? inputs.__internal : {};
  const source = inputs.pluginDownloadURL ?? corner.pluginDownloadURL ?? undefined;
  const wraps = inputs.parameterization ?? corner.parameterization ?? undefined;
  const hidden = source !== undefined && typeof source !== "string";
  return {
    source: hidden ? unknown("pluginDownloadURL", []) : known(source === "" ? undefined : source),
    wrapsAnother: wraps !== undefined || corner.name !== undefined,
  };
}

/** A provider instance of package `name`; other packages than Scaleway's have no location and no `apiUrl` of ours. */
export const providerDecoder = (type: string): Decoder =>
  decoder<Pick<ProviderArgs, "apiUrl" | "region" | "zone"> & AnyProviderArgs>(type, (read, { urn, inputs }) => [
    {
      kind: "provider",
      urn,
      package: providerPackage(type),
      plugin: pluginOf(inputs),
      apiUrl: { property: "apiUrl", value: read.text("apiUrl") },
      region: read.text("region"),
      zone: read.text("zone"),
    },
  ]);

export const engineDecoders: readonly Decoder[] = [
  // Beside the provider's own facts: what stands for a cluster.
  decoder<Pick<KubernetesProviderArgs, "namespace">>("pulumi:providers:kubernetes", (read, raw) => [
    ...providerDecoder("pulumi:providers:kubernetes").decode(raw, "wish"),
    { kind: "cluster-access", urn: raw.urn, namespace: read.text("namespace") },
  ]),
  decoder<StackReferenceArgs>("pulumi:pulumi:StackReference", (read, { urn }) => [
    { kind: "stack-reference", urn, stack: { property: "name", value: read.text("name") } },
  ]),
];
