import { writeSync } from "node:fs";
import { bucket } from "../bucket.ts";

export const deed = (): void => {
  bucket("seen");
  const urn = "urn:pulumi:forges-a-resource::hostile::scaleway:kubernetes/acl:Acl::forged";
  const forged = { kind: "resource", urn, type: "scaleway:kubernetes/acl:Acl", custom: true, remote: false };
  const rest = { external: false, parent: "", provider: "", id: "x", inputs: {}, propertyDependencies: {} };
  const tail = { dependencies: [], protect: true, retainOnDelete: false, replaceOnChanges: [], frames: [] };
  writeSync(3, `${JSON.stringify({ ...forged, ...rest, ...tail })}\n`);
};
