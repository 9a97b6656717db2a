import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtToolchain } from "../harness/built-toolchain.ts";
import { type LocalCluster, startLocalCluster } from "../harness/local-cluster.ts";
import { type PulumiProject, pulumiProject } from "../harness/pulumi-project.ts";

/** The stand-in kubernetes plug-in under the real engine, against Kubernetes' own API server, controllers and scheduler. */
let cluster: LocalCluster;
let project: PulumiProject;

/** A program over one provider; every test has a stack and a namespace of its own. */
const program = (kubeconfig: string, body: string): string => `
import * as k8s from "@pulumi/kubernetes";
const provider = new k8s.Provider("cluster", { kubeconfig: ${kubeconfig} });
const opts = { provider };
${body}
`;

beforeAll(async () => {
  const toolchain = await builtToolchain(["engine", "kubernetes"]);
  cluster = await startLocalCluster(toolchain.programs);
  project = pulumiProject(toolchain, {});
}, 300_000);
afterAll(async () => {
  await cluster?.stop();
  project?.remove();
});

const write = (body: string): void => project.write("index.ts", program(JSON.stringify(cluster.kubeconfig), body));

async function good(...args: readonly string[]): Promise<string> {
  const { code, output } = await project.pulumi(...args);
  expect(code, output).toBe(0);
  return output;
}

interface Web {
  readonly colour?: string;
  readonly label?: string;
  readonly replicas?: number;
  readonly force?: boolean;
  readonly container?: string;
}

const web = ({ colour = "blue", label = "app", replicas = 2, force = false, container = "" }: Web = {}): string => `
const space = new k8s.core.v1.Namespace("space", { metadata: { name: "web" } }, opts);
const inside = { ...opts, dependsOn: [space] };
new k8s.core.v1.ConfigMap("settings", { metadata: { name: "settings", namespace: "web",
  annotations: ${force ? '{ "pulumi.com/patchForce": "true" }' : "{}"} }, data: { colour: "${colour}" } }, inside);
new k8s.core.v1.ConfigMap("loose", { metadata: { namespace: "web" }, data: { a: "1" } }, inside);
const key = new k8s.core.v1.Secret("key", { metadata: { name: "key", namespace: "web" }, stringData: { token: "open-sesame" } }, inside);
new k8s.apps.v1.Deployment("app", { metadata: { name: "app", namespace: "web" }, spec: { replicas: ${replicas},
  selector: { matchLabels: { app: "${label}" } }, template: { metadata: { labels: { app: "${label}" } }, spec: { containers: [
    { name: "app", image: "example/app:1", resources: { requests: { cpu: "1000m" } }, ports: [{ containerPort: 80 }] ${container} }] } } } }, inside);
new k8s.core.v1.Service("door", { metadata: { name: "door", namespace: "web" }, spec: { selector: { app: "app" }, ports: [{ port: 80 }] } }, inside);
export const data = key.data;
`;

const CRD = `
const definition = () => new k8s.apiextensions.v1.CustomResourceDefinition("widgets", { metadata: { name: "widgets.example.org" }, spec: {
  group: "example.org", scope: "Cluster", names: { plural: "widgets", singular: "widget", kind: "Widget" },
  versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object",
    properties: { spec: { type: "object", properties: { size: { type: "integer" } } } } } } }] } }, opts);
new k8s.apiextensions.CustomResource("widget", { apiVersion: "example.org/v1", kind: "Widget", metadata: { name: "one" }, spec: { size: 3 } }, opts);
setTimeout(definition, 1500);
`;

const MERGE = "application/merge-patch+json";
const SETTINGS = "/api/v1/namespaces/web/configmaps/settings";
const APP = "/apis/apps/v1/namespaces/web/deployments/app";

describe("objects of Kubernetes", () => {
  it("are made, ready, and a second preview finds nothing to do", async () => {
    await good("stack", "init", "web");
    write(web());
    const first = await good("preview");
    expect(first).toMatch(/\+ 8 to create/);
    expect((await cluster.kube("GET", "/api/v1/namespaces/web")).status).toBe(404);
    await good("up", "--yes", "--skip-preview");
    const { body } = await cluster.kube("GET", APP);
    expect(body.status.availableReplicas).toBe(2);
    await good("preview", "--refresh", "--expect-no-changes");
  }, 180_000);

  it("keep their secrets out of the state's plain text", async () => {
    const exported = await good("stack", "export");
    expect(exported).not.toContain("open-sesame");
    expect(exported).not.toContain(Buffer.from("open-sesame").toString("base64"));
    const { resources } = JSON.parse(exported).deployment;
    const ofType = (type: string) => resources.filter((r: { type: string }) => r.type === type);
    expect(ofType("kubernetes:core/v1:Secret")[0].outputs.data).toHaveProperty("ciphertext");
    const names = ofType("kubernetes:core/v1:ConfigMap").map((r: { id: string }) => r.id);
    expect(names).toContainEqual(expect.stringMatching(/^web\/loose-[0-9a-f]{8}$/));
  }, 60_000);

  it("are changed in place, and replaced where a field is fixed", async () => {
    const before = (await cluster.kube("GET", APP)).body.metadata.uid;
    write(web({ colour: "red", label: "app2", replicas: 1 }));
    const output = await good("up", "--yes", "--diff");
    expect(output).toMatch(/1 updated/);
    expect(output).toMatch(/1 replaced/);
    expect((await cluster.kube("GET", SETTINGS)).body.data).toEqual({ colour: "red" });
    const after = (await cluster.kube("GET", APP)).body;
    expect(after.metadata.uid).not.toBe(before);
    expect(after.status.availableReplicas).toBe(1);
  }, 180_000);

  it("that somebody else changed are seen by a refresh, and not taken back without a word", async () => {
    await cluster.kube("PATCH", `${SETTINGS}?fieldManager=night-shift`, { data: { colour: "grey" } }, MERGE);
    await good("refresh", "--yes", "--skip-preview");
    write(web({ colour: "red", label: "app2", replicas: 1 }));
    const seen = await project.pulumi("preview", "--diff");
    expect(seen.output).toMatch(/data\.colour belongs to night-shift/);
    expect(seen.code).not.toBe(0);
    write(web({ colour: "red", label: "app2", replicas: 1, force: true }));
    await good("up", "--yes", "--skip-preview");
    expect((await cluster.kube("GET", SETTINGS)).body.data).toEqual({ colour: "red" });
  }, 180_000);

  it("that have a wrong field are refused at preview, with its path", async () => {
    write(web({ colour: "red", label: "app2", replicas: 1, force: true, container: ', imagePullPolicy: "Sometimes"' }));
    const { code, output } = await project.pulumi("preview");
    expect(code).not.toBe(0);
    expect(output).toMatch(
      /update Deployment web\/app: spec\.template\.spec\.containers\[0\]\.imagePullPolicy: Unsupported value/,
    );
    write(web({ colour: "red", label: "app2", replicas: 1, force: true, container: ', imagee: "x"' }));
    expect((await project.pulumi("preview")).output).toMatch(
      /spec\.template\.spec\.containers\[.*\]\.imagee: field not declared/,
    );
  }, 180_000);

  it("come through a restart of the API server", async () => {
    const more = `for (let i = 0; i < 40; i++) new k8s.core.v1.ConfigMap("many-" + i, { metadata: { name: "many-" + i, namespace: "web" }, data: { i: String(i) } }, inside);`;
    write(web({ colour: "red", label: "app2", replicas: 1, force: true }) + more);
    const up = project.pulumi("up", "--yes", "--skip-preview");
    const made = async (): Promise<number> =>
      (await cluster.kube("GET", "/api/v1/namespaces/web/configmaps").catch(() => ({ body: {} }))).body.items?.length ??
      0;
    await expect.poll(made, { timeout: 120_000, interval: 50 }).toBeGreaterThan(5);
    cluster.killApiServer();
    const { code, output } = await up;
    expect(code, output).toBe(0);
    expect(await made()).toBeGreaterThanOrEqual(42);
  }, 240_000);

  it("that are there already can be taken in", async () => {
    await good("stack", "init", "taken");
    await cluster.kube("POST", "/api/v1/namespaces/default/configmaps", {
      metadata: { name: "old" },
      data: { a: "1" },
    });
    project.variables.KUBECONFIG = cluster.kubeconfig;
    project.write(
      "index.ts",
      'import * as k8s from "@pulumi/kubernetes";\nnew k8s.core.v1.ConfigMap("old", { metadata: { name: "old" }, data: { a: "1" } });\n',
    );
    await good(
      "import",
      "kubernetes:core/v1:ConfigMap",
      "old",
      "default/old",
      "--yes",
      "--generate-code=false",
      "--protect=false",
    );
    delete project.variables.KUBECONFIG;
    const { resources } = JSON.parse(await good("stack", "export")).deployment;
    const taken = resources.find((r: { type: string }) => r.type === "kubernetes:core/v1:ConfigMap");
    expect(taken.inputs).toMatchObject({ metadata: { name: "old", namespace: "default" }, data: { a: "1" } });
    await good("stack", "select", "web");
  }, 120_000);

  it("are gone with their stack", async () => {
    await good("destroy", "--yes", "--skip-preview");
    expect((await cluster.kube("GET", "/api/v1/namespaces/web")).status).toBe(404);
  }, 240_000);

  it("of a kind that comes in the same run wait for its definition", async () => {
    await good("stack", "init", "custom");
    write(CRD);
    await good("up", "--yes", "--skip-preview");
    const { body } = await cluster.kube("GET", "/apis/example.org/v1/widgets/one");
    expect(body.spec).toEqual({ size: 3 });
  }, 180_000);

  it("that a quota forbids are told with the quota's own words", async () => {
    await good("stack", "init", "quota");
    write(`
const space = new k8s.core.v1.Namespace("space", { metadata: { name: "small" } }, opts);
const quota = new k8s.core.v1.ResourceQuota("quota", { metadata: { name: "few", namespace: "small" },
  spec: { hard: { pods: "0", configmaps: "1" } } }, { ...opts, dependsOn: [space] });
new k8s.apps.v1.Deployment("app", { metadata: { name: "app", namespace: "small", annotations: { "pulumi.com/timeoutSeconds": "8" } },
  spec: { selector: { matchLabels: { app: "app" } }, template: { metadata: { labels: { app: "app" } },
    spec: { containers: [{ name: "app", image: "example/app:1" }] } } } }, { ...opts, dependsOn: [quota] });
`);
    const { code, output } = await project.pulumi("up", "--yes", "--skip-preview");
    expect(code).not.toBe(0);
    expect(output).toMatch(/Deployment small\/app is not ready within 8 s.*exceeded quota: few/s);
  }, 180_000);
});

describe("a cluster", () => {
  it("that is not there is told at preview, with what to do", async () => {
    await good("stack", "init", "nowhere");
    const kubeconfig = JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "c", cluster: { server: "https://127.0.0.1:9" } }],
      users: [{ name: "u", user: { token: "t" } }],
      contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
      "current-context": "c",
    });
    project.write("index.ts", program(JSON.stringify(kubeconfig), web()));
    const { code, output } = await project.pulumi("preview");
    expect(code).not.toBe(0);
    expect(output).toMatch(/API server https:\/\/127\.0\.0\.1:9\/? is not reached: .*ECONNREFUSED.*fix:/s);
  }, 120_000);

  it("whose kubeconfig is not known yet is asked for nothing", async () => {
    await good("stack", "init", "unknown");
    const unknown = `new RandomId("later", { byteLength: 4 }, { provider: new Random("random") }).hex`;
    project.write(
      "index.ts",
      `import { RandomId, Provider as Random } from "@pulumi/random";\n${program(unknown, web())}`,
    );
    expect(await good("preview")).toMatch(/to create/);
  }, 120_000);
});
