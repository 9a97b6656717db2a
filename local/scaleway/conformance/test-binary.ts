import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { toolError } from "../../../kernel/errors.ts";
import { copySources, GO_ENVIRONMENT, PROVIDER } from "./provider-module.ts";
import type { Service } from "./service.ts";

const run = promisify(execFile);

/** `conformance/<version>` in `BASTIDE_CACHE`, else in the user's cache folder (XDG). */
function cacheFolder(env: Readonly<Record<string, string | undefined>>): string {
  const xdg = env.XDG_CACHE_HOME;
  const own = env.BASTIDE_CACHE;
  const home = own || join(xdg || join(homedir(), ".cache"), "bastide");
  return join(home, "conformance", `${PROVIDER.version}-${process.platform}-${process.arch}`);
}

const digestOf = async (file: string): Promise<string> =>
  createHash("sha256")
    .update(await readFile(file))
    .digest("hex");

/** The cached program when it is there and has the bytes that were built; what was cut short counts as absent. */
async function cached(file: string): Promise<boolean> {
  try {
    return (await digestOf(file)) === (await readFile(`${file}.sha256`, "utf8"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}

/**
 * Test programs of the services, compiled where the cache lacks them. The module is copied out once for all of them. A
 * program appears in the cache by one rename after its digest, so an interrupted build is never taken for a whole one.
 * @throws toolError with the compiler's first words when it fails.
 */
export async function testBinaries(
  module: string,
  services: readonly Service[],
  say: (line: string) => void,
): Promise<ReadonlyMap<Service, string>> {
  const folder = cacheFolder(process.env);
  await mkdir(folder, { recursive: true });
  const binaries = new Map(services.map((service) => [service, join(folder, `${service}.test`)]));
  const missing: Service[] = [];
  for (const [service, file] of binaries) if (!(await cached(file))) missing.push(service);
  if (missing.length === 0) return binaries;
  const scratch = await mkdtemp(join(tmpdir(), "bastide-conformance-build-"));
  try {
    await copySources(module, scratch);
    for (const service of missing) {
      say(`compiling the tests of ${service} (minutes for the first one, seconds for the next)`);
      await compile(scratch, service, binaries.get(service) ?? "");
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return binaries;
}

async function compile(sources: string, service: Service, target: string): Promise<void> {
  const draft = `${target}.${process.pid}`;
  try {
    await run("go", ["test", "-c", "-trimpath", "-ldflags", "-s -w", "-o", draft, `./internal/services/${service}`], {
      cwd: sources,
      env: { ...process.env, ...GO_ENVIRONMENT },
      maxBuffer: 64 << 20,
    });
    await chmod(draft, 0o755);
    await writeFile(`${target}.sha256`, await digestOf(draft));
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    const said = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    throw toolError(`the tests of ${service} do not compile: ${said.split("\n").slice(0, 5).join(" ")}`, [], error);
  }
}
