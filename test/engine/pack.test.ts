import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Output } from "@pulumi/pulumi";
import { LocalWorkspace, PulumiCommand, type PulumiFn, type Stack } from "@pulumi/pulumi/automation/index.js";
import * as scaleway from "@pulumiverse/scaleway";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stableJson } from "../../kernel/order.ts";
import type { Toolchain } from "../../local/toolchain/toolchain.ts";
import { RULE_IDS } from "../../policy-packs/bastide/rules/ids.ts";
import { builtToolchain, repoRoot } from "../harness/built-toolchain.ts";
import { testLaw } from "../harness/law.ts";

/** The pack in the real engine, on programs that are not ours: a sound one passes, one hole is refused by name. */
const pack = join(repoRoot, "policy-packs", "bastide");
const projectId = "99999999-2222-4333-8444-555555555555";
const tags = ["data-class=technical", "env=prod", "owner=platform", "tier=compute"];

let toolchain: Toolchain;
let pulumiCommand: PulumiCommand;
let proxy: Server;
let work: string;
const asked: string[] = [];

beforeAll(async () => {
  toolchain = await builtToolchain();
  pulumiCommand = await PulumiCommand.get({ root: dirname(toolchain.binDir) });
  work = mkdtempSync(join(tmpdir(), "bastide-pack-"));
  // Whatever the provider would ask for is noted here, and refused.
  proxy = createServer((_, response) => response.writeHead(502).end());
  proxy.on("connect", (request, socket) => {
    asked.push(request.url ?? "");
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
});

afterAll(() => {
  proxy?.close();
  if (work !== undefined) rmSync(work, { recursive: true, force: true });
});

/** What a case changes in a program that is sound. */
interface Hole {
  readonly sources?: readonly string[];
  readonly publicIpDisabled?: boolean;
  readonly region?: (network: scaleway.network.PrivateNetwork) => Output<string>;
  readonly attachData?: boolean;
}

const program =
  (hole: Hole): PulumiFn =>
  async () => {
    const options = {
      provider: new scaleway.Provider("local", {
        accessKey: "SCWXXXXXXXXXXXXXXXXX",
        secretKey: "00000000-2222-4333-8444-555555555555",
        projectId,
        region: "fr-par",
        zone: "fr-par-1",
      }),
      pluginDownloadURL: "",
    };
    const region = "fr-par";
    const zone = "fr-par-1";
    const vpc = new scaleway.network.Vpc("town", { region, tags }, options);
    for (const isIpv6 of [false, true]) {
      new scaleway.network.Acl(
        isIpv6 ? "walls-v6" : "walls-v4",
        { vpcId: vpc.id, defaultPolicy: "drop", isIpv6, rules: [], region },
        { ...options, protect: true, retainOnDelete: true, replaceOnChanges: ["vpcId"] },
      );
    }
    const data = ["data-class=health-pseudo", "env=prod", "owner=office", "tier=data"];
    const network = (name: string, its: string[]) =>
      new scaleway.network.PrivateNetwork(name, { vpcId: vpc.id, region, tags: its }, options);
    const compute = network("compute", tags);
    const vault = network("vault", data);
    const gateway = new scaleway.network.PublicGateway("nat", { type: "VPC-GW-S", zone, tags }, options);
    new scaleway.network.GatewayNetwork(
      "nat-compute",
      { gatewayId: gateway.id, privateNetworkId: hole.attachData ? vault.id : compute.id, zone },
      options,
    );
    const group = new scaleway.instance.SecurityGroup(
      "nodes",
      { inboundDefaultPolicy: "drop", outboundDefaultPolicy: "drop", zone, tags },
      options,
    );
    const cluster = new scaleway.kubernetes.Cluster(
      "main",
      {
        version: "1.35.3",
        cni: "cilium",
        deleteAdditionalResources: false,
        privateNetworkId: compute.id,
        region: hole.region?.(compute) ?? region,
        tags,
      },
      options,
    );
    if (hole.sources === undefined || hole.sources.length > 0) {
      const aclRules = (hole.sources ?? ["192.0.2.0/28"]).map((ip) => ({ ip, description: "admins" }));
      const kept = { ...options, protect: true, retainOnDelete: true };
      new scaleway.kubernetes.Acl("main-acl", { clusterId: cluster.id, aclRules, region }, kept);
    }
    new scaleway.kubernetes.Pool(
      "pool",
      {
        clusterId: cluster.id,
        nodeType: "POP2-2C-8G",
        size: 1,
        publicIpDisabled: hole.publicIpDisabled ?? true,
        securityGroupId: group.id,
        region,
        zone,
        tags,
      },
      options,
    );
  };

/** The law that a foreign program's owner would write: what no resource shows is declared, other doors are named. */
const lawFile = (): string => {
  const file = join(work, "law.json");
  const coveredElsewhere = { "EVD-05": "preview-file", G12: "gate", "SUP-02": "gate" };
  // The holes are of networks and places; what else a whole estate needs is lowered, as a law may.
  const others = RULE_IDS.filter((id) => !/^(NET|LOC|CLS|EVD-02)/.test(id));
  const levels = Object.fromEntries(others.map((id) => [id, "advisory" as const]));
  writeFileSync(file, stableJson({ bastide: { law: testLaw({ coveredElsewhere, levels }) } }));
  return file;
};

let count = 0;

async function stackOf(run: PulumiFn): Promise<Stack> {
  count += 1;
  const folder = join(work, `case-${count}`);
  mkdirSync(folder);
  return LocalWorkspace.createOrSelectStack(
    { stackName: "foreign", projectName: "holes", program: run },
    {
      workDir: folder,
      pulumiCommand,
      envVars: environment(),
      projectSettings: { name: "holes", runtime: "nodejs", backend: { url: pathToFileURL(folder).href } },
    },
  );
}

/** What the engine printed when it refused; fails when it did not refuse. */
async function refusal(what: Promise<unknown>): Promise<string> {
  try {
    await what;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("the engine did not refuse");
}

const preview = async (hole: Hole, options: object = {}): Promise<string> => {
  const stack = await stackOf(program(hole));
  return refusal(stack.preview({ policyPacks: [pack], policyPackConfigs: [lawFile()], ...options }));
};

describe("the pack at preview", () => {
  it("lets a sound program pass, with ids that are not known yet", async () => {
    const stack = await stackOf(program({}));
    const { stdout, changeSummary } = await stack.preview({ policyPacks: [pack], policyPackConfigs: [lawFile()] });
    expect(changeSummary.create).toBeGreaterThan(8);
    expect(stdout).toContain("bastide");
    expect(stdout).not.toContain("[mandatory]");
  });

  it("refuses a cluster without ACL by the rule's id, the resource and the fix", async () => {
    const said = await preview({ sources: [] });
    expect(said).toMatch(/\[mandatory\].*NET-10.*main/);
    expect(said).toContain("open to 0.0.0.0/0");
    expect(said).toContain("fix: Give the cluster a `kubernetes.Acl`");
  });

  it("refuses a control plane that is open to every source", async () => {
    const said = await preview({ sources: ["192.0.2.0/28", "0.0.0.0/0"] });
    expect(said).toMatch(/NET-10.*main-acl/);
    expect(said).toContain("aclRules[1].ip is 0.0.0.0/0");
  });

  it("refuses a data network behind a gateway, known by a dependency alone", async () => {
    const said = await preview({ attachData: true });
    expect(said).toMatch(/\[mandatory\].*NET-05.*nat-compute/);
    expect(said).toContain(
      "by way of urn:pulumi:foreign::holes::scaleway:network/privateNetwork:PrivateNetwork::vault",
    );
  });

  it("blocks what it cannot know instead of remarking on it", async () => {
    const said = await preview({ region: (network) => network.id.apply((id) => id.split("/")[0] ?? "") });
    expect(said).toMatch(/\[mandatory\].*LOC-01.*main/);
    expect(said).toContain("cannot know: region is not known yet");
    expect(said).toContain("PrivateNetwork::compute");
    expect(said).not.toMatch(/\[advisory\].*LOC-01/);
  });

  it("judges by the law that it is given", async () => {
    const config = join(work, "config.json");
    const profile = { bastide: { profile: "eu" } };
    writeFileSync(config, stableJson(profile));
    const said = await preview({}, { policyPackConfigs: [config] });
    expect(said).toMatch(/CLS-01.*vault/);
    writeFileSync(config, stableJson({ bastide: { law: { schema: "bastide.law/0" } } }));
    expect(await preview({}, { policyPackConfigs: [config] })).toContain("the law can't be read");
  });
});

describe("the pack at up", () => {
  it("refuses a resource before anything is asked of Scaleway", async () => {
    asked.length = 0;
    const stack = await stackOf(async () => {
      const provider = new scaleway.Provider("local", {
        accessKey: "SCWXXXXXXXXXXXXXXXXX",
        secretKey: "00000000-2222-4333-8444-555555555555",
        projectId,
        region: "fr-par",
        zone: "fr-par-1",
      });
      new scaleway.instance.Ip("door", { zone: "fr-par-1", tags, projectId }, { provider });
    });
    const said = await refusal(stack.up({ policyPacks: [pack] }));
    expect(said).toMatch(/\[mandatory\].*NET-01.*door/);
    expect(asked).toEqual([]);
  });
});

/** Of this process only what programs need; everything about Pulumi from the toolchain. */
function environment(): Record<string, string> {
  const { port } = proxy.address() as AddressInfo;
  const wanted = {
    HOME: work,
    PULUMI_CONFIG_PASSPHRASE: "proof",
    HTTPS_PROXY: `http://127.0.0.1:${port}`,
    ...toolchain.env(),
  };
  return Object.fromEntries(Object.entries(wanted).filter((e): e is [string, string] => e[1] !== undefined));
}
