import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { byText, stableJson } from "../../kernel/order.ts";
import type { GoPart } from "./parts.ts";

/** Platform names as Go spells them; the toolchain runs where it is built. */
export const goPlatform = { os: "linux", arch: process.arch === "x64" ? "amd64" : process.arch } as const;

/** Raised when the way of building changes in a manner that the inputs below don't show. */
const recipe = 1;

/** Digest of a file's bytes, hexadecimal SHA-256. */
export async function fileDigest(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest("hex");
}

/** Relative paths of all files below a folder, in canonical order. */
export async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((e) => e.isFile())
    .map((e) => join(e.parentPath, e.name).slice(folder.length + 1))
    .sort(byText);
}

/**
 * Identity of a part's build without the Go release: our sources byte by byte, versions, build steps and platform. The
 * cache key is this and the Go release, so that a machine without Go still finds what was built.
 */
export async function sourceFingerprint(part: GoPart, sourceFolder: string): Promise<string> {
  const hash = createHash("sha256");
  hash.update(stableJson({ recipe, name: part.name, version: part.version, steps: part.steps, platform: goPlatform }));
  for (const path of await filesBelow(sourceFolder)) {
    const bytes = await readFile(join(sourceFolder, path));
    hash.update(`\n${path} ${bytes.length}\n`);
    hash.update(bytes);
  }
  return hash.digest("hex").slice(0, 20);
}
