import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

/** Set by the bundler: a packed judge has no sources to digest, and says what it was made from. */
declare const PACK_DIGEST_AT_BUILD: string | undefined;

/** True in the packed judge, which has no clone around it. */
export const isPacked = (): boolean => typeof PACK_DIGEST_AT_BUILD === "string";

/** Folders whose code decides a verdict. */
const JUDGING = ["kernel", "judge", "policy-packs/bastide"];

/**
 * SHA-256 (hex) over the sources of judge and rules of a clone, and of a folder of own rules. Equal digests: the same code
 * judged. Absent `root`: this clone, or what this bundle was made from.
 */
export function packDigest(root?: string, ownRules?: string): string {
  const built = typeof PACK_DIGEST_AT_BUILD === "string" && root === undefined ? PACK_DIGEST_AT_BUILD : undefined;
  if (built !== undefined && ownRules === undefined) return built;
  const folder = root ?? resolve(import.meta.dirname, "../..");
  const hash = createHash("sha256");
  if (built !== undefined) hash.update(built);
  else for (const name of JUDGING) for (const file of filesUnder(folder, name)) add(hash, file, join(folder, file));
  if (ownRules !== undefined) for (const file of filesUnder(ownRules, "")) add(hash, file, join(ownRules, file));
  return hash.digest("hex");
}

function add(hash: ReturnType<typeof createHash>, name: string, path: string): void {
  hash.update(`${name}\n`).update(readFileSync(path)).update("\n");
}

/** Relative paths of the sources below a folder, in one order everywhere. */
function filesUnder(root: string, folder: string): readonly string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => name !== "node_modules")
    .sort()
    .flatMap((name) => {
      const inner = folder === "" ? name : `${folder}/${name}`;
      if (statSync(join(root, inner)).isDirectory()) return filesUnder(root, inner);
      return /\.(ts|js|mjs|json|ya?ml)$/.test(name) ? [inner] : [];
    });
}
