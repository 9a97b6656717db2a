import { execFileSync, spawn } from "node:child_process";
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { goParts, PURPOSES } from "../../local/toolchain/parts.ts";
import { scriptParts } from "../../local/toolchain/script-parts.ts";
import { ensureToolchain, inspectToolchain } from "../../local/toolchain/toolchain.ts";
import { type FakeClone, fakeClone } from "../harness/fake-clone.ts";

const forEngine = goParts.filter((p) => p.purpose === "engine");
const everyName = ["node", "bastide-kube-credential", ...[...forEngine, ...scriptParts].map((p) => p.name)].sort();
let clone: FakeClone;

beforeEach(() => {
  clone = fakeClone();
});
afterEach(() => clone.remove());

const built = (): readonly string[] => clone.events.filter((e) => e.kind === "built").map((e) => e.part);
const origins = async (): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries((await inspectToolchain(clone.root, clone.options())).map((p) => [p.name, p.origin]));

describe("bringing the toolchain together", () => {
  test("builds what is not there, once, and leaves one launcher a part", async () => {
    clone.installGo("go1.26.8");
    const first = await ensureToolchain(clone.options());
    expect(built()).toEqual(["pulumi", "pulumi-resource-scaleway"]);
    expect(readdirSync(first.binDir).sort()).toEqual(everyName);
    expect(execFileSync(first.pulumi, { encoding: "utf8" })).toMatch(/^built .*cmd\/pulumi\n$/);
    const second = await ensureToolchain(clone.options());
    expect(built()).toHaveLength(2);
    expect(second.parts).toEqual(first.parts);
  });

  test("an engine run neither builds nor looks at what only a local Kubernetes needs", async () => {
    clone.installGo("go1.26.8");
    const engine = await ensureToolchain(clone.options());
    expect([...engine.programs.keys()]).toEqual(forEngine.map((p) => p.name));
    expect(engine.parts.map((p) => p.name)).not.toContain("kube-apiserver");
    expect(await origins()).toMatchObject({ pulumi: "built", "kube-apiserver": "to-build", etcd: "to-build" });
    const all = await ensureToolchain({ ...clone.options(), purposes: PURPOSES });
    expect(built()).toEqual(goParts.filter((p) => p.purpose !== "bench").map((p) => p.name));
    expect(execFileSync(all.programs.get("etcd") ?? "", { encoding: "utf8" })).toBe(
      "built go.etcd.io/etcd/server/v3\n",
    );
    // The engine's PATH is the same for both: a run beside this one misses nothing.
    expect(readdirSync(all.binDir).sort()).toEqual(everyName);
  });

  test("a launcher of a TypeScript plug-in runs it on the clone's own Node, arguments untouched", async () => {
    clone.installGo("go1.26.8");
    const { binDir } = await ensureToolchain(clone.options());
    const said = execFileSync(join(binDir, "pulumi-resource-random"), ["127.0.0.1:1", "a b", "$HOME'"], {
      encoding: "utf8",
    });
    expect(said).toBe("127.0.0.1:1|a b|$HOME'");
    expect(readFileSync(join(binDir, "pulumi-resource-random"), "utf8").split("\n")).toHaveLength(3);
  });

  test("builds again when our sources or the Go release change, and only then", async () => {
    clone.installGo("go1.26.8");
    await ensureToolchain(clone.options());
    writeFileSync(join(clone.root, "local/toolchain/go/scaleway/extra.go"), "package x\n");
    await ensureToolchain(clone.options());
    expect(built()).toEqual(["pulumi", "pulumi-resource-scaleway", "pulumi-resource-scaleway"]);
    clone.installGo("go1.27.0");
    await ensureToolchain(clone.options());
    expect(built()).toHaveLength(5);
  });

  test("removes launchers that no longer belong and repairs broken ones", async () => {
    clone.installGo("go1.26.8");
    const { binDir } = await ensureToolchain(clone.options());
    writeFileSync(join(binDir, "pulumi-resource-old"), "");
    rmSync(join(binDir, "pulumi"));
    writeFileSync(join(binDir, "pulumi-resource-random"), "#!/bin/sh\nexit 1\n");
    await ensureToolchain(clone.options());
    expect(readdirSync(binDir).sort()).toEqual(everyName);
    expect(execFileSync(join(binDir, "pulumi-resource-random"), ["x"], { encoding: "utf8" })).toBe("x");
  });

  test("gives the engine our launchers first and nothing that reaches out by itself", async () => {
    clone.installGo("go1.26.8");
    const toolchain = await ensureToolchain(clone.options({ PULUMI_ACCESS_TOKEN: "pul-1" }));
    const env = toolchain.env();
    expect(env.PATH?.split(":")[0]).toBe(toolchain.binDir);
    expect(env).toMatchObject({
      PULUMI_HOME: join(clone.root, ".bastide", "pulumi-home"),
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    });
    expect(Object.hasOwn(env, "PULUMI_ACCESS_TOKEN") && env.PULUMI_ACCESS_TOKEN).toBeUndefined();
    // A second run inside the first one's environment doesn't take our own launchers for official binaries.
    const again = await ensureToolchain(clone.options({ PATH: env.PATH ?? "" }));
    expect(again.parts).toEqual(toolchain.parts);
    expect(again.env().PATH).toBe(env.PATH);
  });
});

describe("trouble", () => {
  test("no Go: an error that names what can't be built and both ways out", async () => {
    await expect(ensureToolchain(clone.options())).rejects.toMatchObject({
      exit: 3,
      message: expect.stringContaining("pulumi and pulumi-resource-scaleway"),
      faults: [
        { code: "toolchain.go-missing", want: "Go 1.26 or later", fix: expect.stringMatching(/install Go.*official/) },
      ],
    });
    expect(await origins()).toMatchObject({ go: "missing", pulumi: "to-build" });
  });

  test("a Go that is too old is named", async () => {
    clone.installGo("go1.19.8");
    await expect(ensureToolchain(clone.options())).rejects.toMatchObject({
      faults: [{ code: "toolchain.go-unfit", got: expect.stringContaining("go1.19.8") }],
    });
  });

  test("no Go, but everything was built before: nothing is needed", async () => {
    clone.installGo("go1.26.8");
    await ensureToolchain(clone.options());
    rmSync(join(clone.root, "path", "go"));
    await ensureToolchain(clone.options());
    expect(await origins()).toMatchObject({ go: "missing", pulumi: "built" });
  });

  test.each([
    ["write /x: no space left on device", "toolchain.disk-full"],
    ['Get "https://proxy.example/x": dial tcp: lookup proxy.example: no such host', "toolchain.proxy-unreachable"],
    ["verifying module: checksum mismatch", "toolchain.sum-mismatch"],
    ["./main.go:3:1: syntax error", "toolchain.build-failed"],
  ])("a build that ends with %j is told as %s and leaves no entry", async (line, code) => {
    clone.installGo("go1.26.8", `echo '${line}' >&2; exit 1`);
    await expect(ensureToolchain(clone.options())).rejects.toMatchObject({
      exit: 3,
      faults: [{ code, got: line, path: "local/toolchain/go/engine" }],
    });
    expect(
      readdirSync(join(clone.cache, "pulumi")).filter((f) => !f.endsWith(".lock") && !f.endsWith(".holder")),
    ).toEqual([]);
  });

  test("an interrupted build ends its compiler with all descendants and leaves no entry", async () => {
    const pids = join(clone.root, "pids");
    clone.installGo("go1.26.8", `sleep 60 & echo $! > '${pids}'; wait`);
    const interrupt = new AbortController();
    const run = ensureToolchain({ ...clone.options(), signal: interrupt.signal });
    while (!existsSync(pids) || readFileSync(pids, "utf8") === "") await sleep(20);
    interrupt.abort(new Error("interrupted"));
    await expect(run).rejects.toThrow("interrupted");
    const sleeper = Number(readFileSync(pids, "utf8"));
    await expect.poll(() => running(sleeper)).toBe(false);
    expect(await origins()).toMatchObject({ pulumi: "to-build" });
  });

  test.each(["SIGINT", "SIGTERM"] as const)("the build command that gets %s stops its compiler too", async (signal) => {
    const pids = join(clone.root, "pids");
    clone.installGo("go1.26.8", `sleep 60 & echo $! > '${pids}'; wait`);
    const { root } = clone;
    const commands = join(import.meta.dirname, "..", "..", "local", "toolchain", "commands.ts");
    const program = `import { runBuild } from ${JSON.stringify(commands)};
process.exitCode = await runBuild(${JSON.stringify({ repoRoot: root })});`;
    const flags = ["--disable-warning=ExperimentalWarning", "--input-type=module", "-e", program];
    const env = { ...clone.options().outer };
    const child = spawn(process.execPath, flags, { env, stdio: "ignore" });
    const ended = new Promise((resolve) => child.on("exit", resolve));
    while (!existsSync(pids) || readFileSync(pids, "utf8") === "") await sleep(20);
    child.kill(signal);
    expect(await ended).toBe(130);
    await expect.poll(() => running(Number(readFileSync(pids, "utf8")))).toBe(false);
  });

  test("a plug-in that the clone lacks is told, by the run and by the doctor", async () => {
    clone.installGo("go1.26.8");
    rmSync(join(clone.root, "local/plugins/random/main.ts"));
    await ensureToolchain(clone.options());
    const missing = { part: "pulumi-resource-random", entry: "local/plugins/random/main.ts" };
    expect(clone.events).toContainEqual({ kind: "missing", ...missing });
    expect(await origins()).toMatchObject({ "pulumi-resource-random": "missing" });
  });

  test("a damaged entry is named by the doctor and replaced by the next run", async () => {
    clone.installGo("go1.26.8");
    const { pulumi } = await ensureToolchain(clone.options());
    writeFileSync(readlinkSync(pulumi), "#!/bin/sh\nexit 0\n");
    const [status] = (await inspectToolchain(clone.root, clone.options())).filter((p) => p.name === "pulumi");
    expect(status).toMatchObject({ origin: "to-build", note: expect.stringContaining("damaged") });
    await ensureToolchain(clone.options());
    expect(clone.events).toContainEqual(expect.objectContaining({ kind: "corrupted", part: "pulumi" }));
    expect(execFileSync(pulumi, { encoding: "utf8" })).toMatch(/^built /);
  });
});

describe("official binaries on PATH", () => {
  test("in a fitting version come first, with the language host beside the engine", async () => {
    const engine = clone.putOnPath("pulumi", "echo v3.260.1");
    const host = clone.putOnPath("pulumi-language-nodejs", "echo host");
    const provider = clone.putOnPath("pulumi-resource-scaleway", "echo 1.54.0");
    const random = clone.putOnPath("pulumi-resource-random", "echo 4.18.0");
    const { binDir, parts } = await ensureToolchain(clone.options());
    expect(built()).toEqual([]);
    const links = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-scaleway", "pulumi-resource-random"];
    expect(links.map((name) => readlinkSync(join(binDir, name)))).toEqual([engine, host, provider, random]);
    expect(
      parts
        .filter((p) => p.origin === "official")
        .map((p) => p.name)
        .sort(),
    ).toEqual(links.sort());
    // The engine has no analyzer of its own beside it: ours stays, as a script.
    expect(lstatSync(join(binDir, "pulumi-analyzer-policy-nodejs")).isSymbolicLink()).toBe(false);
  });

  test.each([
    ["pulumi", "echo v3.254.9", "it is 3.254.9, wanted >= 3.255.0 < 4"],
    ["pulumi", "echo v4.0.0", "it is 4.0.0"],
    ["pulumi", "echo v3.260.0-dev.1", "it is 3.260.0-dev.1"],
    ["pulumi", "exit 1", "does not tell its version"],
    ["pulumi-resource-scaleway", "echo 1.55.1", "it is 1.55.1, wanted 1.54.0"],
    ["pulumi-resource-random", "echo hello", "it tells no version"],
  ])("%s that says %j is passed over, and that is said", async (name, script, why) => {
    clone.installGo("go1.26.8");
    const path = clone.putOnPath(name, script);
    const { parts } = await ensureToolchain(clone.options());
    expect(clone.events).toContainEqual({ kind: "passed-over", part: name, path, why: expect.stringContaining(why) });
    const status = parts.find((p) => p.name === name);
    expect(status?.origin).not.toBe("official");
    expect(status?.note).toContain(why);
  });

  test("a language host without an official engine beside it is not used", async () => {
    clone.installGo("go1.26.8");
    clone.putOnPath("pulumi-language-nodejs", "echo host");
    const { parts } = await ensureToolchain(clone.options());
    expect(parts.find((p) => p.name === "pulumi-language-nodejs")?.origin).toBe("stand-in");
  });
});

const running = (pid: number): boolean => {
  try {
    // A killed process whose parent has not yet asked for its end is still listed, as a zombie.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
};
