import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { basename, join, sep } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { toolError } from "../../../kernel/errors.ts";

/** Modules from the Go proxy, and programs built from them into the cache. */
export interface GoModule {
  readonly path: string;
  readonly version: string;
}

const run = promisify(execFile);
const downloaded = z.object({ Dir: z.string() });

/** Settings under which sources compile alike everywhere: no C compiler, no other Go, nobody's flags. */
export const GO_ENVIRONMENT: Readonly<Record<string, string>> = {
  CGO_ENABLED: "0",
  GOTOOLCHAIN: "local",
  GOWORK: "off",
  GOFLAGS: "-mod=readonly",
};

/** Folder of a module's sources in Go's module cache, fetched (and checked against Go's checksums) when absent. */
export async function moduleFolder({ path, version }: GoModule): Promise<string> {
  try {
    const { stdout } = await run("go", ["mod", "download", "-json", `${path}@${version}`], {
      cwd: sep,
      env: { ...process.env, ...GO_ENVIRONMENT },
    });
    return downloaded.parse(JSON.parse(stdout)).Dir;
  } catch (error) {
    throw toolError(
      "a Go module that conformance needs cannot be had",
      [
        {
          code: "conformance.module-missing",
          path: "go mod download",
          got: error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error),
          want: `${path} ${version}`,
          fix: "put Go 1.26 or later on PATH, with a module proxy that it reaches",
        },
      ],
      error,
    );
  }
}

const isRecording = (path: string): boolean => basename(path).includes(".cassette.yaml");

/** Copies sources out of the read-only module cache, without the recordings: the tests run live and write their own. */
export async function copySources(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await cp(from, to, { recursive: true, filter: (source) => !isRecording(source) });
  await run("chmod", ["-R", "u+w", to]);
}

/** `conformance/<name>` in `BASTIDE_CACHE`, else in the user's cache folder (XDG); made when absent. */
export async function cacheFolder(name: string): Promise<string> {
  const { XDG_CACHE_HOME: xdg, BASTIDE_CACHE: own } = process.env;
  const home = own || join(xdg || join(homedir(), ".cache"), "bastide");
  const folder = join(home, "conformance", `${name}-${process.platform}-${process.arch}`);
  await mkdir(folder, { recursive: true });
  return folder;
}

const digestOf = async (file: string): Promise<string> =>
  createHash("sha256")
    .update(await readFile(file))
    .digest("hex");

/** Whether a program is there with the bytes that were built; what was cut short counts as absent. */
export async function isBuilt(file: string): Promise<boolean> {
  try {
    return (await digestOf(file)) === (await readFile(`${file}.sha256`, "utf8"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}

/** A writable copy of a module for as long as `work` takes. Replacements that it names count, as in its own build. */
export async function withSources<T>(module: string, work: (sources: string) => Promise<T>): Promise<T> {
  const scratch = await mkdtemp(join(tmpdir(), "bastide-conformance-build-"));
  try {
    await copySources(module, scratch);
    return await work(scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * Compiles one program into the cache. It appears there by one rename after its digest, so an interrupted build is never taken
 * for a whole one.
 * @param args of `go`, without the output. @throws toolError with the compiler's first words when it fails.
 */
export async function compile(sources: string, args: readonly string[], target: string): Promise<void> {
  const [verb = "build", ...rest] = args;
  const draft = `${target}.${process.pid}`;
  try {
    await run(
      "go",
      [verb, ...(verb === "test" ? ["-c"] : []), "-trimpath", "-ldflags", "-s -w", "-o", draft, ...rest],
      {
        cwd: sources,
        env: { ...process.env, ...GO_ENVIRONMENT },
        maxBuffer: 64 << 20,
      },
    );
    await chmod(draft, 0o755);
    await writeFile(`${target}.sha256`, await digestOf(draft));
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    const said = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    throw toolError(`${basename(target)} does not compile: ${said.split("\n").slice(0, 5).join(" ")}`, [], error);
  }
}
