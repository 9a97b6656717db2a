import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * The engine's file backend keeps content type and checksum of each file in a second one beside it, `<file>.attrs`, which it writes in
 * place, unlike the file itself (gocloud.dev v0.46.0, `fileblob/attrs.go`). One that a kill cut short makes every later command fail with
 * `failed to load checkpoint: EOF`; without it the file is read all the same.
 * @returns what was taken away, relative to the state's folder.
 */
export function removeHalfWritten(stateDir: string): readonly string[] {
  const root = join(stateDir, ".pulumi");
  if (!existsSync(root)) return [];
  const broken = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".attrs"))
    .filter((file) => !isJson(join(root, file)));
  for (const file of broken) rmSync(join(root, file), { force: true });
  return broken;
}

function isJson(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, "utf8"));
    return true;
  } catch {
    return false;
  }
}
