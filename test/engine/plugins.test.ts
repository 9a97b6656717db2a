import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { RandomPassword } from "@pulumi/random";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Toolchain } from "../../local/toolchain/toolchain.ts";
import { builtToolchain, repoRoot } from "../harness/built-toolchain.ts";
import { type ScalewayDouble, scalewayDouble } from "../harness/key-manager-double.ts";
import { SECRET_KEY } from "../harness/plugin-bench.ts";
import { type PulumiProject, pulumiProject } from "../harness/pulumi-project.ts";

/** The real engine from its command line, over our language host, policy launcher, random provider and first-party plug-in. */
const PROJECT_ID = "105bdce1-64c0-48ab-899d-868455867ecf";
const KEY_URN = "urn:pulumi:trial::trial::bastide:keymanager:Key::records";

const PROGRAM = `
import { BastideProvider, ExportJob, Key } from ${JSON.stringify(join(repoRoot, "plugins/bastide/resources.ts"))};
import { Config, type Output } from "@pulumi/pulumi";
import { Provider, RandomPassword } from "@pulumi/random";
console.log("the program speaks");
const provider = new BastideProvider("bastide");
const password = new RandomPassword("door", { length: 24, minSpecial: 2 }, { provider: new Provider("random") });
const key = new Key("records", { name: "records", region: "fr-par", projectId: "${PROJECT_ID}", usage: "symmetric_encryption",
  algorithm: "aes_256_gcm", protectionLevel: "hsm", rotationPolicy: { rotationPeriod: "2160h" } }, { provider });
new ExportJob("audit", { name: "audit", region: "fr-par", organizationId: "${PROJECT_ID}",
  s3: { bucket: "audit-log", region: "fr-par" } }, { provider });
export const secret: Output<string> = password.result;
export const level = key.protectionLevel;
export const greeting = new Config().require("greeting");
`;

const PACK = `
import { PolicyPack } from "@pulumi/policy";
import { getStack } from "@pulumi/pulumi";
const stack: string = getStack();
new PolicyPack("trial-pack", { policies: [{ name: "TRY-01", description: "no passwords", enforcementLevel: "mandatory",
  validateResource: (args, report) => { if (args.type.endsWith("RandomPassword")) report("door found in stack " + stack); } }] });
`;

let toolchain: Toolchain;
let api: ScalewayDouble;
let project: PulumiProject;

beforeAll(async () => {
  toolchain = await builtToolchain();
  api = await scalewayDouble();
  const credentials = { SCW_ACCESS_KEY: "SCWBASTIDE0000000000", SCW_SECRET_KEY: SECRET_KEY, SCW_API_URL: api.url };
  project = pulumiProject(toolchain, credentials);
  project.write("index.ts", PROGRAM);
  project.write("pack/PulumiPolicy.yaml", "runtime: nodejs\nversion: 0.0.1\n");
  project.write(
    "pack/package.json",
    JSON.stringify({ name: "trial-pack", version: "0.0.1", type: "module", main: "index.js" }),
  );
  project.write("pack/index.js", 'import "./pack.ts";\n');
  project.write("pack/pack.ts", PACK);
  for (const args of [
    ["stack", "init", "trial"],
    ["config", "set", "greeting", "bonjour"],
  ]) {
    const { code, output } = await project.pulumi(...args);
    expect(code, output).toBe(0);
  }
});
afterAll(async () => {
  await api?.close();
  project?.remove();
});

describe("a project of our own, over the command line", () => {
  it("is refused at preview by a mandatory rule, which knows its stack, before anything is written", async () => {
    const { code, output } = await project.pulumi("preview", "--policy-pack", "pack");
    expect(code).not.toBe(0);
    expect(output).toMatch(/\[mandatory\] +TRY-01/);
    expect(output).toContain("door found in stack trial");
    expect(api.seen).toEqual([]);
  });

  it("goes up, and a second preview and a refresh find nothing to do", async () => {
    const up = await project.pulumi("up", "--yes", "--skip-preview");
    expect(up.code, up.output).toBe(0);
    expect(up.output).toContain("the program speaks");
    const again = await project.pulumi("preview", "--refresh", "--expect-no-changes");
    expect(again.code, again.output).toBe(0);
    const { output } = await project.pulumi("stack", "output", "--json");
    expect(JSON.parse(output)).toEqual({ secret: "[secret]", level: "hsm", greeting: "bonjour" });
  });

  it("keeps password and hash encrypted in the state, and no credential in it", async () => {
    const { output } = await project.pulumi("stack", "export");
    const { deployment } = JSON.parse(output);
    const outputs = (type: string): Record<string, unknown> =>
      deployment.resources.find((r: { type: string }) => r.type === type).outputs;
    const { result, bcryptHash, length } = outputs("random:index/randomPassword:RandomPassword");
    for (const value of [result, bcryptHash]) expect(value).toHaveProperty("ciphertext");
    expect(length).toBe(24);
    expect(outputs("bastide:keymanager:Key")).toMatchObject({ protectionLevel: "hsm", protected: true });
    expect(output).not.toContain(SECRET_KEY);
  });

  it("destroys no key without a consent, and with one schedules its deletion and says so", async () => {
    const refused = await project.pulumi("destroy", "--yes", "--skip-preview", "--target", KEY_URN);
    expect(refused.code).not.toBe(0);
    expect(refused.output).toMatch(/the loss of urn:\S+::records has no consent.*BASTIDE_CONSENT/s);
    expect(api.seen.some((s) => s.method === "DELETE")).toBe(false);
    const consent = {
      schema: "bastide.consent/1",
      destroy: [KEY_URN],
      expires: "2999-01-01T00:00:00Z",
      owner: "t",
      reason: "t",
    };
    project.write("consent.json", JSON.stringify(consent));
    project.variables.BASTIDE_CONSENT = join(project.folder, "consent.json");
    const { code, output } = await project.pulumi("destroy", "--yes", "--skip-preview");
    expect(code, output).toBe(0);
    expect(output).toContain("is scheduled for deletion in 7 days");
    expect([...api.keys.values()].map((k) => k.state)).toEqual(["scheduled_for_deletion"]);
    delete project.variables.BASTIDE_CONSENT;
  });

  it("never takes a software key for an HSM key", async () => {
    api.level = "software";
    const up = await project.pulumi("up", "--yes", "--skip-preview");
    expect(up.code).not.toBe(0);
    expect(up.output).toMatch(/asked for protection level "hsm", but the API answered "software" for key fr-par\//);
    const made = api.keys.size;
    const again = await project.pulumi("up", "--yes", "--skip-preview");
    expect(again.output).toContain("has no consent");
    expect(api.keys.size, "no further key is made before the wrong one is given up").toBe(made);
    api.level = undefined;
  });
});

describe("the language host", () => {
  it.each([
    ["throws", 'throw new Error("no such town");', /no such town/],
    ["exits", "process.exit(3);", /the program exited with code 3/],
    ["is not TypeScript", "const = 3;", /SyntaxError|Expected|Unexpected/],
  ])("fails when the program %s", async (_what, text, says) => {
    project.write("index.ts", text);
    const { code, output } = await project.pulumi("preview");
    expect(code).not.toBe(0);
    expect(output).toMatch(says);
  });

  it("leaves no program behind when the engine is interrupted", async () => {
    project.write(
      "index.ts",
      'import { writeFileSync } from "node:fs";\nwriteFileSync("pid", String(process.pid));\nsetInterval(() => 0, 1000);\n',
    );
    const engine = project.start("preview");
    const ended = new Promise<void>((resolve) => engine.on("close", () => resolve()));
    await expect.poll(() => pidOf(project), { timeout: 30_000 }).toBeGreaterThan(0);
    engine.kill("SIGINT");
    await ended;
    await expect.poll(() => alive(pidOf(project)), { timeout: 15_000 }).toBe(false);
  });
});

describe("the policy launcher", () => {
  it("runs a pack where there is no language host", async () => {
    const bin = join(project.folder, "bin");
    mkdirSync(bin);
    for (const name of ["node", "pulumi", "pulumi-resource-random", "pulumi-analyzer-policy-nodejs"])
      symlinkSync(join(toolchain.binDir, name), join(bin, name));
    const env = project.environment();
    const PATH = [bin, ...(env.PATH ?? "").split(delimiter).filter((f) => f !== toolchain.binDir)].join(delimiter);
    const stack = await LocalWorkspace.createOrSelectStack(
      {
        stackName: "inline",
        projectName: "trial",
        program: async () => void new RandomPassword("door", { length: 8 }),
      },
      {
        workDir: bin,
        pulumiCommand: await PulumiCommand.get({ root: project.folder }),
        envVars: { ...env, PATH },
        projectSettings: { name: "trial", runtime: "nodejs", backend: { url: env.PULUMI_BACKEND_URL ?? "" } },
      },
    );
    const refusal = await stack
      .preview({ policyPacks: [join(project.folder, "pack")] })
      .catch((e: unknown) => String(e));
    expect(refusal).toMatch(/TRY-01/);
    expect(refusal).toContain("door found in stack inline");
  });
});

function pidOf({ folder }: PulumiProject): number {
  try {
    return Number(readFileSync(join(folder, "pid"), "utf8"));
  } catch {
    return 0; // Not written yet.
  }
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
