import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ToolchainEvent } from "../../local/toolchain/events.ts";
import { goParts } from "../../local/toolchain/parts.ts";
import { scriptParts } from "../../local/toolchain/script-parts.ts";
import type { EnsureOptions } from "../../local/toolchain/toolchain.ts";

/**
 * A clone with the toolchain's files but no real source, a PATH of its own and a Go that "compiles" anything into a script
 * in no time: everything around the compiler is the real code.
 */
export interface FakeClone {
  readonly root: string;
  readonly cache: string;
  readonly events: ToolchainEvent[];
  /** Options for `ensureToolchain` on this clone; more variables may be laid over its environment. */
  options(added?: Readonly<Record<string, string>>): EnsureOptions;
  /** Puts an executable shell script on this clone's PATH; gives its path. */
  putOnPath(name: string, script: string, folder?: string): string;
  installGo(release: string, build?: string): void;
  remove(): void;
}

const compiled = `while [ "$1" != -o ]; do shift; done
echo "golang.org/x/some/package" >&2
printf '#!/bin/sh\\necho built %s\\n' "$3" > "$2"
chmod +x "$2"`;

export function fakeClone(): FakeClone {
  const root = mkdtempSync(join(tmpdir(), "bastide-clone-"));
  const cache = join(root, "cache");
  const events: ToolchainEvent[] = [];
  for (const part of goParts) {
    const folder = join(root, "local", "toolchain", "go", part.source);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "go.mod"), `module ${part.source}\n`);
  }
  for (const part of scriptParts) {
    mkdirSync(dirname(join(root, part.entry)), { recursive: true });
    writeFileSync(join(root, part.entry), 'process.stdout.write(process.argv.slice(2).join("|"));\n');
  }
  const node = join(root, "node_modules", `node-linux-${process.arch}`, "bin", "node");
  mkdirSync(dirname(node), { recursive: true });
  writeFileSync(node, `#!/bin/sh\nexec '${process.execPath}' "$@"\n`, { mode: 0o755 });

  const putOnPath = (name: string, script: string, folder = "path"): string => {
    const path = join(root, folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  };
  // Nothing else of this machine is on PATH: its own Go or Pulumi must not answer.
  mkdirSync(join(root, "path"));
  for (const tool of ["chmod", "sleep"]) symlinkSync(`/bin/${tool}`, join(root, "path", tool));
  return {
    root,
    cache,
    events,
    putOnPath,
    options: (added = {}) => ({
      repoRoot: root,
      progress: (event) => void events.push(event),
      outer: { PATH: join(root, "path"), BASTIDE_CACHE: cache, HOME: root, ...added },
      goFolders: [],
    }),
    installGo: (release, build = compiled) => {
      putOnPath(
        "go",
        `case "$1 $2" in
"env GOVERSION") echo ${release} ;;
"env GOCACHE") echo "${root}/go-build"; echo "${root}/go-mod" ;;
list*) echo stale; echo; echo stale ;;
build*) ${build}
esac`,
      );
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
