import { cp, mkdir, rename, rm, statfs } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { toolError } from "../../kernel/errors.ts";
import type { Builder } from "./cache.ts";
import { runChild } from "./child.ts";
import type { Report } from "./events.ts";
import { type Go, goEnvironment } from "./go.ts";
import type { BuildStep, GoPart } from "./parts.ts";

/**
 * Room that a part needs: a cold one writes about 1.5 GB of modules and 1 GB of compiled packages into Go's caches, beside
 * what it keeps for itself.
 */
const neededBytes = 4e9;

export interface BuildOptions {
  readonly go: Go;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly report: Report;
  readonly signal?: AbortSignal | undefined;
}

interface Workshop extends BuildOptions {
  readonly part: GoPart;
  readonly source: string;
  readonly childEnv: Readonly<Record<string, string | undefined>>;
}

/**
 * Builds a part in a copy of its sources inside the entry's own folder, so that generated files and temporary ones never
 * reach the repository and go away with the entry.
 */
export const sourceBuilder =
  (part: GoPart, sourceFolder: string, options: BuildOptions): Builder =>
  async (into) => {
    const started = performance.now();
    const work = join(into, ".work");
    const source = join(work, "source");
    const temporary = join(work, "tmp");
    await mkdir(temporary, { recursive: true });
    await cp(sourceFolder, source, { recursive: true });
    await mkdir(join(source, "out"));
    const childEnv = { ...options.env, ...goEnvironment, GOTMPDIR: temporary, TMPDIR: temporary };
    const shop: Workshop = { ...options, part, source, childEnv };
    await checkSpace(shop, into);
    for (const step of part.steps) await (step.kind === "compile" ? compile(shop, step) : generate(shop, step));
    for (const step of part.steps) {
      if (step.kind === "compile" && step.output.startsWith("out/"))
        await rename(join(source, step.output), join(into, step.output.slice("out/".length)));
    }
    await rm(work, { recursive: true, force: true });
    options.report({ kind: "built", part: part.name, seconds: (performance.now() - started) / 1000 });
  };

type Compile = Extract<BuildStep, { kind: "compile" }>;
type Generate = Extract<BuildStep, { kind: "run" }>;

async function compile(shop: Workshop, step: Compile): Promise<void> {
  const stamps = [step.stamp ?? []].flat().flatMap((stamp) => ["-X", stamp]);
  const flags = ["-trimpath", `-ldflags=${["-s", "-w", ...stamps].join(" ")}`];
  const { report, part } = shop;
  const total = await packagesToCompile(shop, step, flags);
  const expected = expectedSeconds(part, total);
  report({ kind: "building", part: part.name, packages: total, minutes: expected / 60 });
  const started = performance.now();
  let done = 0;
  await run(shop, shop.go.path, ["build", "-v", ...flags, "-o", step.output, step.package], (line) => {
    if (line.startsWith("go: ") || line.startsWith("#") || line.includes(" ")) return;
    done += 1;
    const passed = (performance.now() - started) / 1000;
    // The heaviest packages and the link come last, so the rate so far is too hopeful: the plan is the lower bound.
    const secondsLeft = Math.max((passed / done) * Math.max(0, total - done), expected - passed, 5);
    report({ kind: "compiling", part: part.name, done: Math.min(done, total), total, secondsLeft });
  });
}

/** Fetches the sources of all packages, then counts those that Go's build cache can't supply. */
async function packagesToCompile(shop: Workshop, step: Compile, flags: readonly string[]): Promise<number> {
  let modules = 0;
  const args = ["list", "-deps", ...flags, "-f", "{{if .Stale}}stale{{end}}", step.package];
  const listed = await run(shop, shop.go.path, args, (line) => {
    if (!line.startsWith("go: downloading")) return;
    modules += 1;
    if (modules === 1 || modules % 25 === 0) shop.report({ kind: "fetching", part: shop.part.name, modules });
  });
  return listed.stdout.filter((line) => line === "stale").length;
}

/** A cold build of a part compiles about 1,300 packages; linking takes some seconds even when nothing is compiled. */
const expectedSeconds = (part: GoPart, packages: number): number =>
  5 + (part.minutes * 60 * Math.min(1, packages / 1300) * 2) / Math.max(1, cpus().length);

async function generate(shop: Workshop, step: Generate): Promise<void> {
  await run(shop, step.program, step.args, () => undefined);
}

async function run(
  shop: Workshop,
  program: string,
  args: readonly string[],
  onLine: (line: string) => void,
): Promise<{ readonly stdout: readonly string[] }> {
  const { source: cwd, childEnv: env, signal } = shop;
  const result = await runChild(program, args, { cwd, env, signal, onLine });
  if (result.code !== 0) throw buildFailed(shop.part, `${program} ${args[0] ?? ""}`, result.tail);
  return result;
}

const reasons: readonly { readonly code: string; readonly sign: RegExp; readonly fix: string }[] = [
  {
    code: "toolchain.disk-full",
    sign: /no space left on device|disk quota exceeded/i,
    fix: "free some space (about 4 GB), or set BASTIDE_CACHE, GOCACHE and GOMODCACHE to a larger disk",
  },
  {
    code: "toolchain.sum-mismatch",
    sign: /checksum mismatch|SECURITY ERROR/,
    fix: "a module's bytes are not those of go.sum: empty Go's module cache (`go clean -modcache`) and distrust the proxy if it happens again",
  },
  {
    code: "toolchain.proxy-unreachable",
    sign: /dial tcp|no such host|connection refused|proxyconnect|i\/o timeout|TLS handshake|x509:|module lookup disabled|unrecognized import path|(reading|Get) "?https?:/i,
    fix: "make a Go module proxy reachable (GOPROXY, HTTPS_PROXY, SSL_CERT_FILE as your network needs) and run the command again",
  },
];

function buildFailed(part: GoPart, command: string, tail: readonly string[]): Error {
  const text = tail.join("\n");
  const reason = reasons.find((r) => r.sign.test(text));
  return toolError(`building ${part.name} ${part.version} from source failed\n${tail.slice(-25).join("\n")}`, [
    {
      code: reason?.code ?? "toolchain.build-failed",
      path: `local/toolchain/go/${part.source}`,
      got: tail.findLast((line) => line.trim() !== "") ?? `${command} ended without a word`,
      want: `${command} ends well`,
      fix: reason?.fix ?? "see the lines above; `bastide toolchain doctor` shows what was found",
    },
  ]);
}

/** Looks at every disk that the build writes to, before minutes are spent. */
async function checkSpace(shop: Workshop, into: string): Promise<void> {
  const asked = await run(shop, shop.go.path, ["env", "GOCACHE", "GOMODCACHE"], () => undefined);
  for (const folder of [into, ...asked.stdout]) {
    if (folder === "" || folder === "off") continue;
    await mkdir(folder, { recursive: true });
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize >= neededBytes) continue;
    throw toolError(`not enough room to build ${shop.part.name}`, [
      {
        code: "toolchain.disk-low",
        path: folder,
        got: `${(bavail * bsize * 1e-9).toFixed(1)} GB free`,
        want: `${neededBytes * 1e-9} GB`,
        fix: "free some space, or set BASTIDE_CACHE, GOCACHE and GOMODCACHE to a larger disk",
      },
    ]);
  }
}
