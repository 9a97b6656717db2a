import { UNKNOWN } from "../../../judge/facts/raw.ts";
import { raw, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

const CERTIFICATE = "scaleway:loadbalancers/certificate:Certificate";
const RELEASE = "kubernetes:helm.sh/v3:Release";
const SAML = "scaleway:iam/saml:Saml";
const MODEL = "scaleway:inference/model:Model";
const image = (name: string) => [raw(T.container, "c", { namespaceId: "n", image: name })];
const host = (jurisdiction?: string) => ({
  hosts: [{ host: "registry.example.fr", reason: "r", ...(jurisdiction === undefined ? {} : { jurisdiction }) }],
});

export const g7: RuleCases = {
  passing: [
    {
      name: "an image of the platform's own registry",
      resources: image("rg.fr-par.scw.cloud/a/b:1"),
      on: urnOf(T.container, "c"),
    },
    {
      name: "an image of a registered host",
      resources: image("registry.example.fr/a/b:1"),
      on: urnOf(T.container, "c"),
      law: host("FR"),
    },
    {
      name: "a chart of the program's folder",
      resources: [raw(RELEASE, "r", { chart: "./charts/spark" })],
      on: urnOf(RELEASE, "r"),
      property: "chart",
    },
    {
      name: "a chart of a registered host",
      resources: [raw(RELEASE, "r", { chart: "oci://registry.example.fr/charts/spark" })],
      on: urnOf(RELEASE, "r"),
      property: "chart",
      law: host("FR"),
    },
    {
      name: "a certificate of one's own",
      resources: [raw(CERTIFICATE, "x", { lbId: "l" })],
      on: urnOf(CERTIFICATE, "x"),
    },
  ],
  failing: [
    {
      name: "an image of a public registry",
      resources: image("ghcr.io/a/b:1"),
      on: urnOf(T.container, "c"),
      property: "image",
    },
    { name: "an image without host", resources: image("nginx:latest"), on: urnOf(T.container, "c"), property: "image" },
    {
      name: "a registered host of nobody's law",
      resources: image("registry.example.fr/a/b:1"),
      on: urnOf(T.container, "c"),
      property: "image",
      law: host(),
    },
    {
      name: "a registered host under another law",
      resources: image("registry.example.fr/a/b:1"),
      on: urnOf(T.container, "c"),
      property: "image",
      law: host("US"),
    },
    {
      name: "a registry of a region that is not allowed",
      resources: image("rg.nl-ams.scw.cloud/a/b:1"),
      on: urnOf(T.container, "c"),
      property: "image",
    },
    {
      name: "a certificate of Let's Encrypt",
      resources: [raw(CERTIFICATE, "x", { lbId: "l", letsencrypt: { commonName: "a.example" } })],
      on: urnOf(CERTIFICATE, "x"),
      property: "letsencrypt",
    },
    {
      name: "a chart of a public repository",
      resources: [
        raw(RELEASE, "r", {
          chart: "spark",
          version: "1.0.0",
          repositoryOpts: { repo: "https://charts.example.com/x" },
        }),
      ],
      on: urnOf(RELEASE, "r"),
      property: "repositoryOpts.repo",
    },
    {
      name: "a chart by its address",
      resources: [raw(RELEASE, "r", { chart: "oci://registry-1.docker.io/x/spark", version: "1.0.0" })],
      on: urnOf(RELEASE, "r"),
      property: "chart",
    },
    {
      name: "a federation",
      resources: [raw(SAML, "s", { organizationId: "o" })],
      on: urnOf(SAML, "s"),
      property: "type",
    },
    {
      name: "a model from a hub",
      resources: [raw(MODEL, "m", { url: "https://huggingface.co/a/b" })],
      on: urnOf(MODEL, "m"),
      property: "url",
    },
    {
      name: "sign-in to a cluster by somebody's word",
      resources: [
        raw(T.cluster, "k", { openIdConnectConfig: { issuerUrl: "https://accounts.example", clientId: "c" } }),
      ],
      on: urnOf(T.cluster, "k"),
      property: "openIdConnectConfig.issuerUrl",
    },
  ],
  undecided: [
    { name: "a model from nobody knows where", resources: [raw(MODEL, "m", { url: UNKNOWN })], on: urnOf(MODEL, "m") },
  ],
  notApplicable: [{ name: "a bucket", resources: [raw(T.bucket, "b")], on: "stack" }],
  mutations: [
    {
      of: "an image of the platform's own registry",
      on: urnOf(T.container, "c"),
      property: "image",
      to: "rg.fr-par.scw.cloud.example/a/b:1",
    },
    {
      of: "a certificate of one's own",
      on: urnOf(CERTIFICATE, "x"),
      property: "letsencrypt",
      to: { commonName: "a.example" },
    },
  ],
};
