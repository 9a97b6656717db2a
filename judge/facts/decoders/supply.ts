import type { ContainerArgs } from "@pulumiverse/scaleway/containers/index.js";
import type { NamespaceArgs } from "@pulumiverse/scaleway/registry/index.js";
import { type Decoder, decoder } from "./decoder.ts";

/** Registries, and what runs their images beside clusters. */
export const supplyDecoders: readonly Decoder[] = [
  decoder<NamespaceArgs>("scaleway:registry/namespace:Namespace", (read, { urn }) => [
    { kind: "image-registry", urn, name: read.text("name") },
  ]),

  decoder<ContainerArgs>("scaleway:containers/container:Container", (read, { urn }) => {
    const old = read.text("registryImage");
    const property = old.known && old.value === undefined ? "image" : "registryImage";
    return [{ kind: "image-use", urn, image: { property, value: read.text(property) } }];
  }),
];
