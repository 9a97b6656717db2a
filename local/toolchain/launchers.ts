import { randomUUID } from "node:crypto";
import { chmod, mkdir, readdir, readFile, readlink, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What one name in the folder of launchers leads to. */
export type Launcher =
  | { readonly kind: "link"; readonly target: string }
  /** Two lines of shell: the pinned Node runs a TypeScript entry. */
  | { readonly kind: "script"; readonly node: string; readonly entry: string };

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const scriptText = (node: string, entry: string): string =>
  `#!/bin/sh\nexec ${quoted(node)} --disable-warning=ExperimentalWarning ${quoted(entry)} "$@"\n`;

/**
 * Makes the folder hold exactly these launchers. Each appears by a rename, and one that is right already is not touched, so
 * engines that run meanwhile never miss one.
 */
export async function writeLaunchers(folder: string, wanted: ReadonlyMap<string, Launcher>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, launcher] of wanted) {
    const path = join(folder, name);
    if (await isRight(path, launcher)) continue;
    const draft = join(folder, `.${name}.${randomUUID()}`);
    if (launcher.kind === "link") await symlink(launcher.target, draft);
    else {
      await writeFile(draft, scriptText(launcher.node, launcher.entry));
      await chmod(draft, 0o755);
    }
    await rename(draft, path);
  }
  // A draft of a run that goes on beside this one starts with a dot and is left alone.
  for (const name of await readdir(folder))
    if (!wanted.has(name) && !name.startsWith(".")) await rm(join(folder, name), { force: true });
}

async function isRight(path: string, launcher: Launcher): Promise<boolean> {
  try {
    return launcher.kind === "link"
      ? (await readlink(path)) === launcher.target
      : (await readFile(path, "utf8")) === scriptText(launcher.node, launcher.entry);
  } catch {
    return false; // Missing, or of the other kind: written anew.
  }
}
