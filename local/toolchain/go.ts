import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { type BastideError, toolError } from "../../kernel/errors.ts";
import { goPlatform } from "./fingerprint.ts";
import { versions } from "./versions.ts";

const run = promisify(execFile);

/** The Go that builds the sources. */
export interface Go {
  readonly path: string;
  /** As Go says it, e.g. `go1.26.8`. */
  readonly release: string;
  readonly fits: boolean;
}

/** Where Go's own installer puts it; often not on the PATH of a service or a login shell. */
export const usualGoFolders: readonly string[] = ["/usr/local/go/bin", "/usr/lib/go/bin"];

/**
 * Settings under which a build is the same on every machine: no cgo (static programs, no C compiler needed), no download
 * of another Go, no workspace, nothing of the user's own flags. Proxy and caches stay the user's.
 */
export const goEnvironment: Readonly<Record<string, string>> = {
  CGO_ENABLED: "0",
  GOTOOLCHAIN: "local",
  GOWORK: "off",
  GOFLAGS: "-mod=readonly",
  GO111MODULE: "on",
  GOOS: goPlatform.os,
  GOARCH: goPlatform.arch,
};

const fits = (release: string): boolean => {
  const [, major, minor] = /^go(\d+)\.(\d+)/.exec(release) ?? [];
  const [wantMajor = 0, wantMinor = 0] = versions.go.split(".").map(Number);
  return Number(major) === wantMajor && Number(minor) >= wantMinor;
};

/** The first Go on PATH, then in `folders`, whose release fits; else the first that answers; else nothing. */
export async function findGo(
  env: Readonly<Record<string, string | undefined>>,
  folders: readonly string[],
): Promise<Go | undefined> {
  let unfit: Go | undefined;
  for (const folder of [...(env.PATH ?? "").split(delimiter), ...folders]) {
    const path = join(folder, "go");
    if (folder === "" || !(await isExecutable(path))) continue;
    const release = await releaseOf(path, env);
    if (release === undefined) continue;
    if (fits(release)) return { path, release, fits: true };
    unfit ??= { path, release, fits: false };
  }
  return unfit;
}

/** What to tell the user when no Go fits. */
export const goMissing = (found: Go | undefined, forWhat: readonly string[]): BastideError =>
  toolError(`cannot build ${forWhat.join(" and ")} from source`, [
    {
      code: found === undefined ? "toolchain.go-missing" : "toolchain.go-unfit",
      path: "PATH",
      got: found === undefined ? "no `go`" : `${found.path} is ${found.release}`,
      want: `Go ${versions.go} or later`,
      fix: "install Go from your distribution or as its makers describe and put it on PATH; or put official Pulumi binaries on PATH (`bastide toolchain doctor` names them)",
    },
  ]);

export async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function releaseOf(path: string, env: Readonly<Record<string, string | undefined>>): Promise<string | undefined> {
  try {
    const { stdout } = await run(path, ["env", "GOVERSION"], {
      env: { ...env, GOTOOLCHAIN: "local" },
      timeout: 20_000,
    });
    return stdout.trim();
  } catch {
    return undefined; // Present but broken: the same as absent, and the error says "no go".
  }
}
