import type { Decoder } from "./decoder.ts";
import { engineDecoders, isProviderType, providerDecoder } from "./engine.ts";
import { failoverDecoders } from "./failover.ts";
import { iamDecoders } from "./iam.ts";
import { instanceDecoders } from "./instance.ts";
import { keymanagerDecoders } from "./keymanager.ts";
import { kubernetesDecoders } from "./kubernetes.ts";
import { kubernetesApiDecoders } from "./kubernetes-api.ts";
import { managedServiceDecoders } from "./managed-services.ts";
import { networkDecoders } from "./network.ts";
import { objectDecoders } from "./object.ts";
import { serviceDecoders } from "./services.ts";

/** Every decoder, by canonical type token. */
export const DECODERS: ReadonlyMap<string, Decoder> = new Map(
  [
    ...engineDecoders,
    ...failoverDecoders,
    ...iamDecoders,
    ...instanceDecoders,
    ...keymanagerDecoders,
    ...kubernetesDecoders,
    ...kubernetesApiDecoders,
    ...managedServiceDecoders,
    ...networkDecoders,
    ...objectDecoders,
    ...serviceDecoders,
  ].map((d) => [d.type, d]),
);

/** Decoder of a canonical type; provider instances of every package have one. */
export const decoderOf = (type: string): Decoder | undefined =>
  DECODERS.get(type) ?? (isProviderType(type) ? providerDecoder(type) : undefined);
