import { syntheticImage } from "./synthetic-image.ts";

interface ImageRow {
  readonly name: string;
  readonly upstream: string;
  readonly version: string;
  readonly licence: string;
}

/** Lock file (`bastide.images/1`) of the synthetic images that stand for these. */
export const syntheticLock = (images: readonly ImageRow[]) => ({
  schema: "bastide.images/1",
  origin: "synthetic",
  images: images.map(({ name, upstream, version, licence }) => ({
    name,
    upstream,
    version,
    licence,
    digest: syntheticImage(name, version).manifest.digest,
  })),
});
