import { createHash } from "node:crypto";

/** One blob of an OCI registry. */
export interface Blob {
  readonly mediaType: string;
  readonly digest: string;
  readonly bytes: Buffer;
}

export interface SyntheticImage {
  readonly name: string;
  readonly manifest: Blob;
  /** What the manifest refers to. */
  readonly blobs: readonly Blob[];
}

/**
 * A small image that stands for a real one in the rehearsal: it has no layer and runs nothing, and its digest is true of its
 * bytes. A pure function of name and version, so that the lock file of the rehearsal can be committed and compared.
 *
 * Source of the forms: OCI image specification 1.1 (image manifest, image configuration).
 */
export function syntheticImage(name: string, version: string): SyntheticImage {
  const config = blob("application/vnd.oci.image.config.v1+json", {
    architecture: "amd64",
    os: "linux",
    config: { Labels: { "org.opencontainers.image.title": name, "org.opencontainers.image.version": version } },
    rootfs: { type: "layers", diff_ids: [] },
  });
  const manifest = blob("application/vnd.oci.image.manifest.v1+json", {
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    config: { mediaType: config.mediaType, digest: config.digest, size: config.bytes.length },
    layers: [],
    annotations: { "dev.bastide.synthetic": "true" },
  });
  return { name, manifest, blobs: [config] };
}

function blob(mediaType: string, content: unknown): Blob {
  const bytes = Buffer.from(JSON.stringify(content));
  return { mediaType, digest: `sha256:${createHash("sha256").update(bytes).digest("hex")}`, bytes };
}
