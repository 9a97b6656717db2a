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

const WEB = (replicas: number, extra = ""): string => `
const space = new k8s.core.v1.Namespace("space", { metadata: { name: "web" } }, opts);
const inside = { ...opts, dependsOn: [space] };
new k8s.core.v1.ConfigMap("settings", { metadata: { name: "settings", namespace: "web" }, data: { colour: "blue" } }, inside);
const key = new k8s.core.v1.Secret("key", { metadata: { name: "key", namespace: "web" }, stringData: { token: "open-sesame" } }, inside);
new k8s.apps.v1.Deployment("app", { metadata: { name: "app", namespace: "web" }, spec: { replicas: ${replicas},
  selector: { matchLabels: { app: "app" } }, template: { metadata: { labels: { app: "app" } }, spec: { containers: [
    { name: "app", image: "example/app:1", resources: { requests: { cpu: "1000m" } }, ports: [{ containerPort: 80 }] }] } } } }, inside);
new k8s.core.v1.Service("door", { metadata: { name: "door", namespace: "web" }, spec: { selector: { app: "app" }, ports: [{ port: 80 }] } }, inside);
${extra}
export const data = key.data;
`;

describe("objects of Kubernetes", () => {
  it("are made, ready, and a second preview finds nothing to do", async () => {
    await good("stack", "init", "web");
    write(WEB(2));
    await good("up", "--yes", "--skip-preview");
    const { body } = await cluster.kube("GET", "/apis/apps/v1/namespaces/web/deployments/app");
    expect(body.status.availableReplicas).toBe(2);
    await good("preview", "--expect-no-changes");
  }, 180_000);
});
