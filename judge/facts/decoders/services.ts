import type { ContainerArgs } from "@pulumiverse/scaleway/containers/index.js";
import type { FunctionArgs } from "@pulumiverse/scaleway/functions/index.js";
import type { SourceArgs } from "@pulumiverse/scaleway/observability/index.js";
import type { NamespaceArgs } from "@pulumiverse/scaleway/registry/index.js";
import { mapKnown } from "../../../kernel/known.ts";
import { type Decoder, decoder } from "./decoder.ts";

/** Registry, serverless and telemetry. */
export const serviceDecoders: readonly Decoder[] = [
  decoder<NamespaceArgs>("scaleway:registry/namespace:Namespace", (read, { urn }) => {
    const isPublic = read.flag("isPublic");
    const open = { property: "isPublic", value: mapKnown(isPublic, (v) => v === true) };
    return [{ kind: "openness", urn, open, got: isPublic, want: false }];
  }),

  decoder<ContainerArgs>("scaleway:containers/container:Container", (read, { urn }) => {
    const privacy = read.text("privacy");
    const open = { property: "privacy", value: mapKnown(privacy, (v) => v !== "private") };
    return [{ kind: "openness", urn, open, got: privacy, want: "private" }];
  }),

  decoder<FunctionArgs>("scaleway:functions/function:Function", (read, { urn }) => {
    const privacy = read.text("privacy");
    const open = { property: "privacy", value: mapKnown(privacy, (v) => v !== "private") };
    return [{ kind: "openness", urn, open, got: privacy, want: "private" }];
  }),

  decoder<SourceArgs>("scaleway:observability/source:Source", (read, { urn }) => [
    {
      kind: "telemetry-source",
      urn,
      signal: { property: "type", value: read.text("type") },
      retentionDays: { property: "retentionDays", value: read.count("retentionDays") },
    },
  ]),
];
