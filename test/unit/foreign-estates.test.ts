import { describe, expect, it } from "vitest";
import { readEstate } from "../../judge/doors/read.ts";
import { UNDECODED } from "../../judge/facts/types.data.ts";
import { judgeEstate } from "../../judge/kit/judge.ts";
import { lawForForeign } from "../../judge/kit/law.ts";
import { rules } from "../../policy-packs/bastide/rules/index.ts";
import { stackExport, stackRoot, type Wire, wireResource } from "../harness/engine-files.ts";
import { NOW } from "../harness/law.ts";

/** States as outsiders have them: default providers, old names, components, other clouds. None crashes the judge or slips by. */
const resource = (type: string, name: string, inputs: Wire = {}, over: Wire = {}): Wire =>
  wireResource(type, name, { id: `fr-par/${name}`, inputs, outputs: inputs, provider: undefined, ...over });
const component = (type: string, name: string): Wire => wireResource(type, name, { custom: false, id: undefined });

/** Name of the state → its resources, and a rule with the resource that it must name. */
const STATES: Readonly<Record<string, readonly [readonly Wire[], rule: string, on: string]>> = {
  "a web server by deprecated names": [
    [
      resource("scaleway:index/instanceIp:InstanceIp", "public-ip"),
      resource("scaleway:index/instanceServer:InstanceServer", "web", { type: "DEV1-S", image: "ubuntu_jammy" }),
    ],
    "SUP-03",
    "web",
  ],
  "a bucket under the default provider": [
    [
      resource("pulumi:providers:scaleway", "default_1_54_0", { version: "1.54.0", profile: "personal" }),
      resource("scaleway:object/bucket:Bucket", "assets", { acl: "public-read" }),
    ],
    "IAM-06",
    "assets",
  ],
  "a cluster in a component": [
    [
      component("acme:platform:Cluster", "k8s"),
      resource("scaleway:kubernetes/cluster:Cluster", "k8s", {
        version: "1.31.2",
        cni: "cilium",
        deleteAdditionalResources: true,
      }),
      resource("scaleway:kubernetes/pool:Pool", "k8s-0", { nodeType: "DEV1-M", size: 3 }),
      resource("scaleway:kubernetes/pool:Pool", "k8s-1", { nodeType: "DEV1-M", size: 3 }),
    ],
    "NET-10",
    "k8s",
  ],
  "a chart and a load balancer on a cluster": [
    [
      resource("kubernetes:helm.sh/v3:Release", "nginx", {
        chart: "ingress-nginx",
        repositoryOpts: { repo: "https://kubernetes.github.io/ingress-nginx" },
      }),
      resource("kubernetes:core/v1:Service", "web", { metadata: { name: "web" }, spec: { type: "LoadBalancer" } }),
    ],
    "K8S-04",
    "web",
  ],
  "another cloud beside this one": [
    [
      resource("aws:s3/bucketV2:BucketV2", "logs", { bucket: "logs" }),
      resource("scaleway:object/bucket:Bucket", "data", { region: "nl-ams" }),
    ],
    "LOC-05",
    "logs",
  ],
  "commands, images and certificates": [
    [
      resource("command:local:Command", "deploy", { create: "kubectl apply -f ." }),
      resource("docker:index/image:Image", "app", { imageName: "docker.io/acme/app" }),
      resource("tls:index/privateKey:PrivateKey", "ca", { algorithm: "RSA", rsaBits: 1024 }),
      resource("random:index/randomPassword:RandomPassword", "db", { length: 8 }),
    ],
    "SUP-04",
    "deploy",
  ],
  "a database with a password in it": [
    [
      resource("scaleway:databases/instance:Instance", "main", {
        nodeType: "DB-DEV-S",
        engine: "PostgreSQL-15",
        userName: "root",
        password: "hunter2hunter2",
        disableBackup: true,
      }),
    ],
    "NET-02",
    "main",
  ],
  "a queue, which no rule reads": [[resource("scaleway:mnq/sqs:Sqs", "jobs", { region: "fr-par" })], "KIT-03", "jobs"],
  "a type of a later release": [[resource("scaleway:quantum/qpu:Qpu", "q", { region: "fr-par" })], "KIT-03", "q"],
};

const judge = (resources: readonly Wire[]) =>
  judgeEstate(readEstate(stackExport([stackRoot(), ...resources]), "state.json"), lawForForeign("fr-health"), rules, {
    now: NOW,
    all: true,
  });

describe.each(Object.entries(STATES))("%s", (_, [resources, id, on]) => {
  const verdict = judge(resources);

  it("is refused, and the judge does not crash", () => {
    expect(verdict.outcome).toBe("fail");
    expect(verdict.findings.filter((f) => f.rule === "KIT-02")).toEqual([]);
    const open = verdict.findings
      .filter((f) => f.outcome !== "pass" && f.rule === id)
      .map((f) => f.subject.split("::").at(-1));
    expect(open).toContain(on);
  });

  it("has a word on every resource that is not harmless, with a reason", () => {
    const told = new Set(verdict.findings.map((f) => f.subject));
    const harmless = (type: unknown): boolean => UNDECODED[String(type)]?.judged === "harmless";
    const own = resources.filter((r) => r.custom && !harmless(r.type)).map((r) => String(r.urn));
    expect(own.filter((urn) => !told.has(urn))).toEqual([]);
  });
});

describe("what nobody writes by hand", () => {
  it.each([
    ["ten megabytes in a property", { region: "nl-ams", note: "n".repeat(10_000_000) }],
    [
      "names of prototypes",
      JSON.parse('{ "region": "nl-ams", "__proto__": { "x": 1 }, "constructor": 1, "toString": 2 }'),
    ],
    ["objects sixty deep", { region: "nl-ams", deep: JSON.parse(`${'{"a":'.repeat(60)}1${"}".repeat(60)}`) }],
    ["half a character", { region: "nl-ams", "half\ud800": "\ud800\u0000" }],
  ])("%s changes nothing about the rest", (_, inputs) => {
    const { findings } = judge([resource("scaleway:object/bucket:Bucket", "b", inputs)]);
    expect(findings.find((f) => f.rule === "LOC-01" && f.outcome === "fail")?.subject).toMatch(/::b$/);
    expect(findings.filter((f) => f.rule === "KIT-02")).toEqual([]);
  });
});
