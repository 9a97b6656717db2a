import type { core } from "@pulumi/kubernetes/types/input.js";
import { type ManifestCheck, OBJECT } from "../../../../judge/kit/manifest/check.ts";
import { oneOf, way } from "../../../../judge/kit/manifest/condition.ts";

/** Drivers of Scaleway's block and file storage. Any other source of a volume is a node's disk or somebody's server. */
const DRIVERS = ["csi.scaleway.com", "filestorage.csi.scaleway.com"];

const spec = way<core.v1.PersistentVolumeSpec>(OBJECT, "spec");

/** A claim hides what its volume is from every check on pods: so the volume itself is asked. */
export const volumeChecks: readonly ManifestCheck[] = [
  {
    name: "source of a volume",
    on: ["PersistentVolume"],
    holds: oneOf(spec("csi", "driver"), ...DRIVERS),
    want: DRIVERS,
    message: "a volume comes from Scaleway's own storage drivers: no path of a node, no file server, no other driver",
  },
];
