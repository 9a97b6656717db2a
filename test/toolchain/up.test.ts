import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { LocalWorkspace, type PulumiFn } from "@pulumi/pulumi/automation/index.js";
import * as scaleway from "@pulumiverse/scaleway";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Toolchain } from "../../local/toolchain/toolchain.ts";
import { builtToolchain } from "../harness/built-toolchain.ts";

/** The built engine and plug-in do real work: one resource of each half of the provider against the least API there is. */
const keyId = "11111111-2222-4333-8444-555555555555";
const projectId = "99999999-2222-4333-8444-555555555555";
const vpcId = "77777777-2222-4333-8444-555555555555";

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: Record<string, unknown>;
}

let toolchain: Toolchain;
let api: Server;
let work: string;
const asked: Asked[] = [];

beforeAll(async () => {
  toolchain = await builtToolchain();
  work = mkdtempSync(join(tmpdir(), "bastide-up-"));
  api = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString("utf8");
    const body: Record<string, unknown> = text === "" ? {} : JSON.parse(text);
    const path = (request.url ?? "").split("?")[0] ?? "";
    asked.push({ method: request.method ?? "", path, body });
    const answer = answerTo(request.method ?? "", path);
    response.writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? { type: "not_found", resource: "any", resource_id: path }));
  });
  await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
});

afterAll(() => {
  api?.close();
  if (work !== undefined) rmSync(work, { recursive: true, force: true });
});

function answerTo(method: string, path: string): Record<string, unknown> | undefined {
  const created = asked.find((a) => a.method === "POST" && a.path === "/vpc/v2/regions/fr-par/vpcs");
  const vpc = { id: vpcId, region: "fr-par", name: created?.body.name, project_id: projectId, routing_enabled: true };
  if (path === "/vpc/v2/regions/fr-par/vpcs" && method === "POST") return vpc;
  if (path === `/vpc/v2/regions/fr-par/vpcs/${vpcId}`) return vpc;
  const key = { id: keyId, region: "fr-par", project_id: projectId, origin: "external", state: "enabled" };
  return path.startsWith(`/key-manager/v1alpha1/regions/fr-par/keys/${keyId}`) ? key : undefined;
}

const program: PulumiFn = async () => {
  const { port } = api.address() as AddressInfo;
  const provider = new scaleway.Provider("local", {
    accessKey: "SCWXXXXXXXXXXXXXXXXX",
    secretKey: "00000000-2222-4333-8444-555555555555",
    projectId,
    region: "fr-par",
    zone: "fr-par-1",
    apiUrl: `http://127.0.0.1:${port}`,
  });
  const vpc = new scaleway.network.Vpc("town", { region: "fr-par" }, { provider });
  const material = new scaleway.keymanager.KeyMaterial(
    "imported",
    { keyId: `fr-par/${keyId}`, keyMaterial: Buffer.alloc(32, 7).toString("base64"), region: "fr-par" },
    { provider },
  );
  return { vpcId: vpc.id, vpcName: vpc.name, keyState: material.keyState, keyMaterial: material.keyMaterial };
};

describe("engine and plug-in from source", () => {
  test("apply a resource of each half, with a name made up where none is given and secrets kept secret", async () => {
    // The Automation API looks for its command line on this process's own PATH.
    process.env.PATH = `${toolchain.binDir}:${process.env.PATH ?? ""}`;
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: "proof", projectName: "toolchain", program },
      {
        workDir: work,
        envVars: environment(),
        projectSettings: { name: "toolchain", runtime: "nodejs", backend: { url: pathToFileURL(work).href } },
      },
    );
    const { outputs } = await stack.up();
    expect(outputs.vpcId?.value).toBe(`fr-par/${vpcId}`);
    expect(outputs.vpcName?.value).toMatch(/^town-[0-9a-f]{7}$/);
    expect(outputs.keyState?.value).toBe("enabled");
    expect(outputs.keyMaterial?.secret).toBe(true);
    const imported = asked.find((a) => a.path.endsWith("/import-key-material"));
    expect(imported?.body).toEqual({ key_material: Buffer.alloc(32, 7).toString("base64") });
    const again = await stack.preview();
    expect(again.changeSummary).toEqual({ same: 4 });
  });
});

/** Of this process only what programs need; everything about Pulumi from the toolchain. */
function environment(): Record<string, string> {
  const wanted = { HOME: work, PULUMI_CONFIG_PASSPHRASE: "proof", ...toolchain.env() };
  return Object.fromEntries(Object.entries(wanted).filter((e): e is [string, string] => e[1] !== undefined));
}
