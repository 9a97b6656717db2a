import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import program from "../../index.ts";
import type { Toolchain } from "../../local/toolchain/toolchain.ts";
import { environmentNames } from "../../stacks/load.ts";
import { builtToolchain, repoRoot } from "../harness/built-toolchain.ts";

/**
 * The first preview of what is shipped, in the real engine with the real pack: ids are not known, and yet no rule fails and none
 * is undecided. Nothing is applied; of the bootstrap layer only what the foundation reads is put into its state.
 */
const pack = join(repoRoot, "policy-packs", "bastide");
let toolchain: Toolchain;
let pulumiCommand: PulumiCommand;
let work: string;

beforeAll(async () => {
  toolchain = await builtToolchain();
  pulumiCommand = await PulumiCommand.get({ root: dirname(toolchain.binDir) });
  work = mkdtempSync(join(tmpdir(), "bastide-shipped-"));
});

afterAll(() => {
  if (work !== undefined) rmSync(work, { recursive: true, force: true });
});

async function stackOf(stackName: string): Promise<Stack> {
  const folder = join(work, stackName);
  mkdirSync(folder, { recursive: true });
  return LocalWorkspace.createOrSelectStack(
    { stackName, projectName: "bastide", program },
    {
      workDir: folder,
      pulumiCommand,
      envVars: environment(),
      projectSettings: { name: "bastide", runtime: "nodejs", backend: { url: pathToFileURL(work).href } },
    },
  );
}

/** Puts the deployer's id among the outputs of a bootstrap stack, as if it had been applied. */
async function bootstrapped(stack: Stack): Promise<void> {
  const urn = `urn:pulumi:${stack.name}::bastide::pulumi:pulumi:Stack::bastide-${stack.name}`;
  const outputs = { deployerApplicationId: "77777777-2222-4333-8444-555555555555" };
  await stack.importStack({
    version: 3,
    deployment: {
      manifest: { time: "2026-11-23T12:00:00Z", magic: "", version: "" },
      resources: [{ urn, custom: false, type: "pulumi:pulumi:Stack", outputs }],
    },
  });
}

describe.each(environmentNames)("the first preview of %s", (name) => {
  it("passes layer by layer", async () => {
    const bootstrap = await stackOf(`${name}.bootstrap`);
    const first = await bootstrap.preview({ policyPacks: [pack] });
    expect(first.changeSummary.create).toBeGreaterThan(8);
    await bootstrapped(bootstrap);
    const foundation = await stackOf(`${name}.foundation`);
    const second = await foundation.preview({ policyPacks: [pack] });
    expect(second.changeSummary.create).toBeGreaterThan(150);
    for (const { stdout } of [first, second]) {
      // An advisory finding turns the engine's mark into a warning; what blocks is called mandatory.
      expect(stdout).toMatch(/(✅|⚠️) bastide@v/);
      expect(stdout).not.toContain("[mandatory]");
      expect(stdout).not.toContain("cannot know");
    }
  });
});

/** Of this process only what programs need; everything about Pulumi from the toolchain. */
function environment(): Record<string, string> {
  const wanted = {
    HOME: work,
    PULUMI_CONFIG_PASSPHRASE: "proof",
    SCW_ACCESS_KEY: "SCWXXXXXXXXXXXXXXXXX",
    SCW_SECRET_KEY: "00000000-2222-4333-8444-555555555555",
    ...toolchain.env(),
  };
  return Object.fromEntries(Object.entries(wanted).filter((e): e is [string, string] => e[1] !== undefined));
}
