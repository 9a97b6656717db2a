import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SyntheticImage } from "./synthetic-image.ts";

/** Writes an image as an OCI image layout (image specification 1.1), which clients of registries take. */
export function writeLayout(image: SyntheticImage, folder: string): void {
  const blobs = join(folder, "blobs", "sha256");
  mkdirSync(blobs, { recursive: true });
  for (const { digest, bytes } of [image.manifest, ...image.blobs])
    writeFileSync(join(blobs, digest.replace("sha256:", "")), bytes);
  const { mediaType, digest, bytes } = image.manifest;
  writeFileSync(join(folder, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
  writeFileSync(
    join(folder, "index.json"),
    JSON.stringify({ schemaVersion: 2, manifests: [{ mediaType, digest, size: bytes.length }] }),
  );
}
