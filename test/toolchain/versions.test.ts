import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { goParts } from "../../local/toolchain/parts.ts";
import { versions } from "../../local/toolchain/versions.ts";
import { builtToolchain, repoRoot } from "../harness/built-toolchain.ts";

const goMod = (part: string): string =>
  readFileSync(join(repoRoot, "local", "toolchain", "go", part, "go.mod"), "utf8");
const packageJson = JSON.parse(readFileSync(join(repoRoot, "package.json"), "utf8"));

describe("one version, wherever it is written", () => {
  test("go.mod pins what versions.ts says", () => {
    expect(goMod("engine")).toContain(`github.com/pulumi/pulumi/pkg/v3 v${versions.engine}\n`);
    expect(goMod("scaleway")).toContain(
      `github.com/scaleway/terraform-provider-scaleway/v2 v${versions.scalewayUpstream}\n`,
    );
  });

  test("sources ask for no newer Go than the toolchain does", () => {
    for (const { source } of goParts) {
      const asked = /^go (\d+\.\d+)/m.exec(goMod(source))?.[1];
      expect(Number(asked?.split(".")[1])).toBeLessThanOrEqual(Number(versions.go.split(".")[1]));
    }
  });

  test("the npm packages are of the same versions, exactly pinned", () => {
    expect(packageJson.dependencies["@pulumiverse/scaleway"]).toBe(versions.scaleway);
    expect(packageJson.dependencies["@pulumi/random"]).toMatch(new RegExp(`^${versions.randomMajor}\\.`));
  });

  test("the built programs say them", async () => {
    const { binDir, env } = await builtToolchain();
    const ask = (name: string, ...args: string[]): string =>
      execFileSync(join(binDir, name), args, { encoding: "utf8", env: { ...process.env, ...env() } }).trim();
    expect(ask("pulumi", "version")).toBe(`v${versions.engine}`);
    expect(ask("pulumi-resource-scaleway", "-version")).toBe(versions.scaleway);
  });
});
