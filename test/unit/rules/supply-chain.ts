import { type RawObject, UNKNOWN } from "../../../judge/facts/raw.ts";
import { container, cronJob, IMAGE, K, namespaceOf, pod } from "../../harness/kubernetes.ts";
import { raw, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

const registry = raw(T.registry, "research", { name: "rehearsal-images", region: "fr-par" });
const inPod = urnOf(K.pod, "p");
const image = (name: string | typeof UNKNOWN) => [registry, pod({ containers: [container({ image: name })] })];
const serverless = (name: string) => [registry, raw(T.container, "c", { image: name, region: "fr-par" })];
const digest = `@sha256:${"ab".repeat(32)}`;

export const sup01: RuleCases = {
  passing: [
    { name: "own registry, by digest", resources: [registry, pod()], on: inPod },
    { name: "a serverless container", resources: serverless(IMAGE), on: urnOf(T.container, "c"), property: "image" },
  ],
  failing: [
    {
      name: "a public image",
      resources: image("docker.io/x:latest"),
      on: inPod,
      property: "spec.containers[0].image",
      got: "docker.io/x:latest",
    },
    {
      name: "a public image, whoever sees no registry",
      resources: [pod({ containers: [container({ image: "x" })] })],
      on: inPod,
      property: "spec.containers[0].image",
    },
    {
      name: "a tag",
      resources: image("rg.fr-par.scw.cloud/rehearsal-images/spark:4"),
      on: inPod,
      property: "spec.containers[0].image",
    },
    {
      name: "a public registry whose name begins alike",
      resources: image(`rg.fr-par.scw.cloud.example.org/rehearsal-images/spark${digest}`),
      on: inPod,
      property: "spec.containers[0].image",
    },
    {
      name: "another customer's namespace",
      resources: image(`rg.fr-par.scw.cloud/rehearsal-images-2/spark${digest}`),
      on: inPod,
      property: "spec.containers[0].image",
    },
    {
      name: "the same name in another region",
      resources: image(`rg.nl-ams.scw.cloud/rehearsal-images/spark${digest}`),
      on: inPod,
      property: "spec.containers[0].image",
    },
    {
      name: "an init container of a scheduled job",
      resources: [registry, cronJob({ initContainers: [container({ image: "alpine" })] })],
      on: urnOf(K.cronJob, "copy"),
      property: "spec.jobTemplate.spec.template.spec.initContainers[0].image",
    },
    {
      name: "an image as a volume",
      resources: [registry, pod({ volumes: [{ name: "i", image: { reference: "alpine" } }] })],
      on: inPod,
      property: "spec.volumes[0].image.reference",
    },
    {
      name: "a serverless container by tag",
      resources: serverless("rg.fr-par.scw.cloud/rehearsal-images/x:1"),
      on: urnOf(T.container, "c"),
      property: "image",
    },
  ],
  undecided: [
    { name: "an image that is not known", resources: image(UNKNOWN), on: inPod, property: "spec.containers[0].image" },
    { name: "no registry in sight", resources: [pod()], on: inPod },
    {
      name: "a registry whose name is not known",
      resources: [raw(T.registry, "research", { name: UNKNOWN, region: "fr-par" }), pod()],
      on: inPod,
    },
  ],
  notApplicable: [{ name: "a namespace", resources: [namespaceOf()], on: "stack" }],
  mutations: [
    { of: "own registry, by digest", on: inPod, property: "spec.containers.0.image", to: "alpine" },
    { of: "own registry, by digest", on: registry.urn, property: "name", to: "other" },
    { of: "a serverless container", on: urnOf(T.container, "c"), property: "image", to: "alpine" },
  ],
};

const command = raw("command:local:Command", "c", { create: "true" });
const chart = raw(K.chart, "trino", { chart: "trino" }, { custom: false });
const piped = (postRenderer: RawObject | typeof UNKNOWN) =>
  raw(K.chart, "trino", { chart: "trino", postRenderer }, { custom: false });
const expanded = raw(K.configMap, "made", { metadata: { name: "made", namespace: "trino" } }, { parent: chart.urn });

export const sup04: RuleCases = {
  passing: [
    { name: "resources that show themselves", resources: [registry], on: "stack" },
    { name: "the first-party plug-in", resources: [raw(T.bastideKey, "k", { region: "fr-par" })], on: "stack" },
    { name: "a chart whose objects are here", resources: [chart, expanded], on: chart.urn },
  ],
  failing: [
    { name: "a command", resources: [command], on: command.urn, property: "type" },
    {
      name: "a dynamic provider",
      resources: [raw("pulumi-nodejs:dynamic:Resource", "d")],
      on: urnOf("pulumi-nodejs:dynamic:Resource", "d"),
      property: "type",
    },
    {
      name: "a Helm release",
      resources: [raw(K.release, "r", { chart: "trino" })],
      on: urnOf(K.release, "r"),
      property: "type",
    },
    {
      name: "a release with a program behind it",
      resources: [raw(K.release, "r", { chart: "trino", postrender: "./rewrite.sh" })],
      on: urnOf(K.release, "r"),
      property: "postrender",
      got: "./rewrite.sh",
    },
    {
      name: "a chart that a program rewrites",
      resources: [piped({ command: "kustomize" }), expanded],
      on: chart.urn,
      property: "postRenderer.command",
      got: "kustomize",
    },
  ],
  undecided: [
    { name: "a chart of which nothing is here", resources: [chart], on: chart.urn },
    { name: "a program that is not known", resources: [piped(UNKNOWN), expanded], on: chart.urn },
  ],
  notApplicable: [{ name: "nothing that is made", resources: [raw(T.provider, "p")], on: "stack" }],
  mutations: [
    { of: "resources that show themselves", on: registry.urn, property: "$type", to: "command:local:Command" },
    { of: "a chart whose objects are here", on: chart.urn, property: "postRenderer", to: { command: "sed" } },
  ],
};
