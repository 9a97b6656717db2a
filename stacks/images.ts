import { z } from "zod";
import { inputError } from "../kernel/errors.ts";
import synthetic from "./images/synthetic.lock.json" with { type: "json" };
import { IMAGES, type ImageName } from "./images.data.ts";

/**
 * The lock file of an environment's images: what each one's bytes are. `mirrored`: taken from upstream by `bastide images
 * mirror`, into the environment's registry. `synthetic`: small images that the rehearsal makes for itself, which run nothing.
 */
export const imageLockSchema = z.strictObject({
  schema: z.literal("bastide.images/1"),
  origin: z.enum(["mirrored", "synthetic"]),
  images: z.array(
    z.strictObject({
      name: z.string(),
      upstream: z.string(),
      version: z.string(),
      licence: z.string(),
      digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
    }),
  ),
});
export type ImageLock = z.infer<typeof imageLockSchema>;

/** The lock of the rehearsal, and of every environment that has mirrored nothing yet: `preflight` refuses it on a real account. */
export const syntheticLock: ImageLock = imageLockSchema.parse(synthetic);

/** Digest of an image. A lock that misses one, or has it in another version than the manifests were written for, is an input error. */
export function digestOf(lock: ImageLock, name: ImageName): string {
  const wanted = IMAGES.find((image) => image.name === name);
  const found = lock.images.find((image) => image.name === name);
  if (found !== undefined && found.version === wanted?.version) return found.digest;
  throw inputError("an image is not locked", [
    {
      code: "images.not-locked",
      path: `images.${name}`,
      got: found?.version ?? "nothing",
      want: `${wanted?.upstream ?? name}:${wanted?.version ?? ""} with its digest`,
      fix: "mirror the images again, or take the lock file of this version",
    },
  ]);
}
