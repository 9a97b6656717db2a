import { existsSync } from "node:fs";
import { join } from "node:path";
import { writeLayout } from "../../local/registry/layout.ts";
import { syntheticImage } from "../../local/registry/synthetic-image.ts";
import type { Crane } from "./crane.ts";
import type { ImageSource } from "./mirror.ts";

/** The small images that the rehearsal makes for itself. @param folder where they are laid out. */
export const syntheticSource = (crane: Crane, folder: string): ImageSource => ({
  origin: "synthetic",
  digest: async ({ name, version }) => syntheticImage(name, version).manifest.digest,
  put: async ({ name, version }, _digest, to) => {
    const layout = join(folder, name);
    if (!existsSync(layout)) writeLayout(syntheticImage(name, version), layout);
    await crane.push(layout, to);
  },
});
