import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { PURPOSES } from "../../local/toolchain/parts.ts";
import type { Toolchain } from "../../local/toolchain/toolchain.ts";
import { builtToolchain, repoRoot } from "../harness/built-toolchain.ts";

let toolchain: Toolchain;
beforeAll(async () => {
  toolchain = await builtToolchain(PURPOSES);
});

/** Calls one command in a process of its own, as the command line does; its code becomes the exit code. */
function call(command: string, options: unknown, env: Readonly<Record<string, string>> = {}) {
  const module = join(repoRoot, "local", "toolchain", "commands.ts");
  const program = `import * as c from ${JSON.stringify(module)};
process.exitCode = await c[${JSON.stringify(command)}](${JSON.stringify(options)});`;
  const flags = ["--disable-warning=ExperimentalWarning", "--input-type=module", "-e", program];
  return spawnSync(process.execPath, flags, { encoding: "utf8", env: { ...process.env, ...env } });
}

describe("toolchain doctor", () => {
  test("as data names every part with origin, version and reason, and nothing else on stdout", () => {
    const { stdout, status } = call("runDoctor", { repoRoot, json: true });
    const doctor = JSON.parse(stdout);
    expect(doctor).toMatchObject({ schema: "bastide.toolchain/1", usable: true });
    expect(status).toBe(0);
    expect(doctor.parts.map((p: { name: string }) => p.name)).toEqual(toolchain.parts.map((p) => p.name));
    for (const part of doctor.parts)
      expect(part).toMatchObject({ version: expect.stringMatching(/./), why: expect.stringMatching(/./) });
  });

  test("for people says what each part is for and where it stands", () => {
    const { stdout } = call("runDoctor", { repoRoot });
    for (const part of toolchain.parts) expect(stdout).toContain(`for: ${part.why}`);
    expect(stdout).toContain("pulumi-resource-scaleway  ");
    expect(stdout).toMatch(/Complete: a run can start at once\.\n$/);
  });

  test("with an empty cache says what would be built, builds nothing, and names what stands in the way", () => {
    const { stdout, status } = call("runDoctor", { repoRoot }, { BASTIDE_CACHE: "/nonexistent/cache" });
    expect(stdout).toContain(
      "To be built: pulumi, pulumi-resource-scaleway, etcd, kube-apiserver, kube-controller-manager, kube-scheduler, kwok, crane, registry.",
    );
    expect(status).toBe(0);
  });
});

describe("toolchain shell", () => {
  test("gives a program our pulumi and Node, and its exit code back", () => {
    const script = 'pulumi version; node --version; echo "$PULUMI_HOME|$EXTRA|$PULUMI_ACCESS_TOKEN"; exit 7';
    const options = { repoRoot, command: ["sh", "-c", script], added: { EXTRA: "more" } };
    const { stdout, status } = call("runShell", options, { PULUMI_ACCESS_TOKEN: "pul-outer" });
    const home = toolchain.env().PULUMI_HOME;
    expect(stdout.split("\n")).toEqual(["v3.255.0", `v${process.versions.node}`, `${home}|more|`, ""]);
    expect(status).toBe(7);
  });

  test("tells a program that can't be started, and gives the code of a killed one", () => {
    const missing = call("runShell", { repoRoot, command: ["/nonexistent/program"] });
    expect(missing.status).not.toBe(0);
    expect(missing.stderr).toContain("toolchain.shell-program");
    expect(call("runShell", { repoRoot, command: ["sh", "-c", "kill -9 $$"] }).status).toBe(137);
  });
});
