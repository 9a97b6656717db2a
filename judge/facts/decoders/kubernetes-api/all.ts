import type { Decoder } from "../decoder.ts";
import { accessDecoders } from "./access.ts";
import { admissionDecoders } from "./admission.ts";
import { manifestDecoders } from "./manifest.ts";
import { networkObjectDecoders } from "./network.ts";
import { podDecoders } from "./pods.ts";
import { storageDecoders } from "./storage.ts";

/** Decoders of what runs inside clusters; Scaleway's managed clusters are in `../kubernetes.ts`. */
export const kubernetesApiDecoders: readonly Decoder[] = [
  ...manifestDecoders,
  ...podDecoders,
  ...networkObjectDecoders,
  ...accessDecoders,
  ...storageDecoders,
  ...admissionDecoders,
];
