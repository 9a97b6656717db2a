import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { toolError } from "../../kernel/errors.ts";
import { stableJson } from "../../kernel/order.ts";
import type { Report } from "./events.ts";
import { fileDigest } from "./fingerprint.ts";
import { withLock } from "./lock.ts";

/**
 * Store of built programs outside the repository, shared by all clones. An entry is a folder `<part>/<key>` that appears by
 * one rename, with a manifest of digests that every use checks: what was interrupted, cut short or altered is never taken
 * for whole.
 */
export interface EntryName {
  readonly part: string;
  readonly key: string;
}

/** Fills an empty folder with the files of an entry. */
export type Builder = (into: string) => Promise<void>;

export type EntryState =
  | { readonly state: "whole"; readonly folder: string }
  | { readonly state: "absent" }
  | { readonly state: "corrupted"; readonly folder: string; readonly why: string };

const manifestName = "manifest.json";
const Manifest = z.strictObject({
  schema: z.literal("bastide.toolchain-entry/1"),
  key: z.string(),
  files: z.record(z.string(), z.strictObject({ bytes: z.number().int(), sha256: z.string() })),
});

/** `BASTIDE_CACHE`, else `bastide` in the user's cache folder (XDG). */
export function cacheFolder(env: Readonly<Record<string, string | undefined>>): string {
  const own = env.BASTIDE_CACHE;
  if (own !== undefined && own !== "") return own;
  const xdg = env.XDG_CACHE_HOME;
  return join(xdg !== undefined && xdg !== "" ? xdg : join(homedir(), ".cache"), "bastide");
}

/** Looks an entry up and checks every byte of it. */
export async function inspectEntry(cache: string, name: EntryName): Promise<EntryState> {
  const folder = join(cache, name.part, name.key);
  if (!(await exists(folder))) return { state: "absent" };
  const corrupted = (why: string): EntryState => ({ state: "corrupted", folder, why });
  let manifest: z.infer<typeof Manifest>;
  try {
    manifest = Manifest.parse(JSON.parse(await readFile(join(folder, manifestName), "utf8")));
  } catch {
    return corrupted("its manifest is missing or unreadable");
  }
  if (manifest.key !== name.key) return corrupted(`its manifest is that of ${manifest.key}`);
  for (const [file, want] of Object.entries(manifest.files)) {
    const path = join(folder, file);
    if (!(await exists(path))) return corrupted(`${file} is missing`);
    const { size } = await stat(path);
    if (size !== want.bytes) return corrupted(`${file} has ${size} bytes, not ${want.bytes}`);
    if ((await fileDigest(path)) !== want.sha256) return corrupted(`${file} has other bytes than were built`);
  }
  return { state: "whole", folder };
}

/** Keys of the entries of a part, whole or not. */
export async function keysOf(cache: string, part: string): Promise<readonly string[]> {
  const folder = join(cache, part);
  return (await exists(folder)) ? (await readdir(folder)).filter((key) => !key.startsWith(".")).sort() : [];
}

/**
 * The folder of a whole entry, built when it is absent or damaged. Of several callers, in one process or many, one builds;
 * the others wait and use what it made. A builder that throws leaves nothing behind.
 */
export async function obtainEntry(
  cache: string,
  name: EntryName,
  build: Builder,
  options: { readonly report: Report; readonly signal?: AbortSignal | undefined },
): Promise<string> {
  const found = await inspectEntry(cache, name);
  if (found.state === "whole") return found.folder;
  const home = join(cache, name.part);
  await makeFolder(home);
  return withLock(
    join(home, `.${name.key}.lock`),
    async () => {
      const now = await inspectEntry(cache, name);
      if (now.state === "whole") return now.folder;
      if (now.state === "corrupted") {
        options.report({ kind: "corrupted", part: name.part, why: now.why });
        await rm(now.folder, { recursive: true, force: true });
      }
      return buildEntry(home, name, build);
    },
    { onWait: (holder) => options.report({ kind: "waiting", part: name.part, holder }), signal: options.signal },
  );
}

/** Builds under the lock: whatever an earlier holder left half-made is removed first. */
async function buildEntry(home: string, name: EntryName, build: Builder): Promise<string> {
  const prefix = `.building-${name.key}-`;
  for (const left of await readdir(home))
    if (left.startsWith(prefix)) await rm(join(home, left), { recursive: true, force: true });
  const draft = await mkdtemp(join(home, prefix));
  try {
    await build(draft);
    await chmod(draft, 0o755);
    const files: Record<string, { bytes: number; sha256: string }> = {};
    for (const entry of await readdir(draft, { withFileTypes: true })) {
      const path = join(draft, entry.name);
      if (entry.isFile()) files[entry.name] = { bytes: (await stat(path)).size, sha256: await fileDigest(path) };
    }
    if (Object.keys(files).length === 0) throw toolError(`the build of ${name.part} made no file`);
    const manifest: z.infer<typeof Manifest> = { schema: "bastide.toolchain-entry/1", key: name.key, files };
    await writeFile(join(draft, manifestName), stableJson(manifest, 2), { flush: true });
    const folder = join(home, name.key);
    await rename(draft, folder);
    return folder;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    const fault = {
      code: "toolchain.cache-unwritable",
      path: "BASTIDE_CACHE",
      got: `${folder}: ${error instanceof Error ? error.message : String(error)}`,
      want: "a folder that this user can write",
      fix: "set BASTIDE_CACHE to such a folder",
    };
    throw toolError("the toolchain cache cannot be written", [fault], error);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "ENOTDIR") return false;
      throw error;
    },
  );
}
