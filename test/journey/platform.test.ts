import { lstatSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { waysOf } from "../../cli/engine/platform.ts";
import type { EngineContext } from "../../cli/engine/stack.ts";
import { localWorld } from "../../cli/local-world.ts";
import { openTunnel, type Tunnel, type Way } from "../../cli/tunnel/tunnel.ts";
import { kubernetesBehind } from "../../local/kubernetes/clusters.ts";
import { type LocalScaleway, startLocalScaleway } from "../../local/scaleway/server.ts";
import { loadEnvironment } from "../../stacks/load.ts";
import { builtToolchain } from "../harness/built-toolchain.ts";
import { type Clone, type Finished, makeClone } from "../harness/clone.ts";
import { ask } from "../harness/through-proxy.ts";

/** The data platform on the clusters of the rehearsal, from its `up` to its `destroy`, on one clone. */
const STACK = "rehearsal.platform";
let clone: Clone;
let applied: Finished;
const env = (): Readonly<Record<string, string>> => ({ BASTIDE_WORK: clone.work });
const run = (...args: readonly string[]): Promise<Finished> => clone.run(args, env());

beforeAll(async () => {
  clone = makeClone();
  const foundation = await run("up", "--stack", "rehearsal", "--local");
  expect(foundation.code, foundation.output).toBe(0);
  applied = await run("up", "--stack", STACK, "--local");
});
afterAll(() => clone.remove());

/** As Pod Security's `restricted` wants a container: what is left to refuse is the platform's own policies' to see. */
const RESTRICTED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  runAsNonRoot: true,
  runAsUser: 1000,
  readOnlyRootFilesystem: true,
  seccompProfile: { type: "RuntimeDefault" },
};
const SMALL = { requests: { cpu: "10m", memory: "16Mi" }, limits: { cpu: "10m", memory: "16Mi" } };
const foreign = (name: string, securityContext: object): object => ({
  name,
  image: `docker.io/library/busybox@sha256:${"0".repeat(64)}`,
  securityContext,
  resources: SMALL,
});
const HOSTILE: readonly (readonly [what: string, spec: object, by: RegExp])[] = [
  [
    "on its node's network, privileged",
    { hostNetwork: true, containers: [foreign("x", { privileged: true })] },
    /PodSecurity/,
  ],
  [
    "that Pod Security would let through, with the account that everybody has",
    { automountServiceAccountToken: false, containers: [foreign("x", RESTRICTED)] },
    /ValidatingAdmissionPolicy .*(K8S|SUP)-\d\d/,
  ],
];

/** Every file that runs left behind, but those of the local Scaleway, which may know its own clusters' tokens. */
const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (path === join(clone.work, "local")) return [];
    const found = lstatSync(path);
    // Launchers are links to the toolchain, which no run writes.
    return found.isDirectory() ? filesIn(path) : found.isFile() ? [path] : [];
  });

/** Tokens of the admin kubeconfigs that Kapsule hands out. */
function adminTokens(): readonly string[] {
  const database = new DatabaseSync(join(clone.work, "local", "scaleway.sqlite"), { readOnly: true });
  const rows = database.prepare("SELECT body FROM records WHERE kind = 'k8s.cluster'").all();
  database.close();
  return rows.map((row) => String(JSON.parse(String(row.body)).token));
}

describe("up of the platform", () => {
  it("applies it, judged beside its foundation with nothing undecided", () => {
    expect(applied.code, applied.output).toBe(0);
    expect(applied.output).toMatch(/pass: .* 0 unknown; \d+ assumed; 0 waived; 0 not judged; \d+ to create/);
    expect(applied.output).toContain(`apply ${STACK}`);
  });

  it("leaves no difference: a second preview is empty", async () => {
    const again = await run("preview", "--stack", STACK, "--local");
    expect(again.code, again.output).toBe(0);
    expect(again.output).toContain("; no change");
  });

  it("keeps the clusters' admin tokens out of every output, state and report", () => {
    const tokens = adminTokens();
    expect(tokens).toHaveLength(2);
    const state = join(clone.work, "state", ".pulumi", "stacks", "bastide", `${STACK}.json`);
    expect(readFileSync(state, "utf8")).toContain("bastide-kube-credential");
    for (const token of tokens) {
      expect(applied.output).not.toContain(token);
      const base64 = Buffer.from(token).toString("base64").slice(0, -3);
      for (const file of filesIn(clone.work)) {
        const text = readFileSync(file, "utf8");
        expect(text.includes(token) || text.includes(base64), file).toBe(false);
      }
    }
  });
});

describe("its clusters", () => {
  let local: LocalScaleway;
  let tunnel: Tunnel;
  let ways: readonly Way[];
  const kube = (way: Way, method: string, path: string, input?: unknown) =>
    ask(
      local,
      method,
      `https://${way.api.host}:${way.api.port}${path}`,
      local.env.SCW_SECRET_KEY ?? "",
      input,
      tunnel.url,
    );

  beforeAll(async () => {
    const { programs } = await builtToolchain(["engine", "kubernetes"]);
    const clusters = kubernetesBehind(programs);
    const environment = loadEnvironment("rehearsal");
    const dataDir = join(clone.work, "local");
    local = await startLocalScaleway({ dataDir, ...localWorld(environment), ...(clusters && { clusters }) });
    const context: EngineContext = {
      pulumi: join(clone.work, "bin", "pulumi"),
      configDir: join(clone.work, "settings"),
      env: {
        PATH: `${join(clone.work, "bin")}:${process.env.PATH}`,
        HOME: clone.work,
        PULUMI_HOME: join(clone.work, "pulumi-home"),
        PULUMI_BACKEND_URL: `file://${join(clone.work, "state")}`,
        PULUMI_CONFIG_PASSPHRASE_FILE: join(clone.work, "passphrase"),
        PULUMI_SKIP_UPDATE_CHECK: "true",
      },
    };
    ways = await waysOf(environment, context);
    tunnel = await openTunnel({
      ways: async () => ways,
      entrance: {
        keyFile: local.env.BASTIDE_SSH_KEY,
        passphrase: undefined,
        agent: undefined,
        proxy: local.env.BASTIDE_SSH_PROXY,
        hostKeys: join(clone.work, "host-keys.json"),
      },
      upstream: local.url,
    });
  });
  afterAll(async () => {
    await tunnel?.close();
    await local?.stop();
  });

  it("come to have every pod Running and Ready, or ended well", async () => {
    for (const way of ways) {
      let late: readonly string[] = ["not asked yet"];
      for (let tries = 0; tries < 60 && late.length > 0; tries += 1) {
        const { status, body } = await kube(way, "GET", "/api/v1/pods");
        expect(status).toBe(200);
        expect(body.items.length).toBeGreaterThan(10);
        late = body.items.flatMap((pod: PodView) =>
          isWell(pod) ? [] : [`${pod.metadata.namespace}/${pod.metadata.name}`],
        );
        if (late.length > 0) await sleep(1000);
      }
      expect(late).toEqual([]);
    }
  });

  it.each(HOSTILE)("refuse a pod %s, and say by what", async (_, spec, by) => {
    const [way] = ways;
    if (way === undefined) throw new Error("the foundation has no cluster");
    const { body } = await kube(way, "GET", "/api/v1/namespaces");
    const space = body.items.find((n: PodView) => n.metadata.name.includes("diabetes"))?.metadata.name;
    const pod = { metadata: { name: "hostile" }, spec };
    const answer = await kube(way, "POST", `/api/v1/namespaces/${space}/pods`, pod);
    expect(answer.status, JSON.stringify(answer.body)).toBeGreaterThanOrEqual(400);
    expect(answer.body.message).toMatch(by);
  });

  it("reset whoever comes without the tunnel", async () => {
    const [way] = ways;
    const there = `https://${way?.api.host}:${way?.api.port}/version`;
    await expect(ask(local, "GET", there, local.env.SCW_SECRET_KEY ?? "")).rejects.toThrow(
      /hang up|ECONNRESET|disconn/,
    );
  });
});

describe("destroy of the platform", () => {
  it("wants a consent for what holds data, and then leaves nothing", async () => {
    const refused = await run("destroy", "--stack", STACK, "--local");
    expect(refused.code, refused.output).toBe(1);
    const named = [...refused.output.matchAll(/^ {2}(urn:\S+) {2}\[destroy\.no-consent\]/gm)].map((m) => m[1] ?? "");
    expect(named.length).toBeGreaterThan(0);
    const consent = join(clone.work, "consent.json");
    writeFileSync(
      consent,
      JSON.stringify({
        schema: "bastide.consent/1",
        destroy: named,
        owner: "platform-team",
        reason: "end of the rehearsal",
        expires: "2099-01-01T00:00:00Z",
      }),
    );
    const destroyed = await run("destroy", "--stack", STACK, "--local", "--consent", consent);
    expect(destroyed.code, destroyed.output).toBe(0);
    const after = await run("destroy", "--stack", STACK, "--local");
    expect(after.code, after.output).toBe(0);
  });
});

interface PodView {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

const isWell = ({ status }: PodView): boolean =>
  status?.phase === "Succeeded" ||
  (status?.phase === "Running" && status.conditions?.some((c) => c.type === "Ready" && c.status === "True") === true);
