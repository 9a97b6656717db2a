import { UNKNOWN } from "../../../judge/facts/raw.ts";
import { raw, tagMap, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

const par = raw(T.provider, "par", { region: "fr-par", zone: "fr-par-1" });
const bare = raw(T.provider, "bare", {});
const byDefault = raw(T.provider, "default_1_54_0", { region: "fr-par" });

export const loc02: RuleCases = {
  passing: [
    {
      name: "a region on the resource",
      resources: [raw(T.bucket, "b", { region: "fr-par", tags: tagMap() })],
      on: urnOf(T.bucket, "b"),
      property: "region",
      proof: "checked",
    },
    {
      name: "a zone on an explicit provider, which the environment may still overrule",
      resources: [par, raw(T.gateway, "g", { type: "VPC-GW-S" }, { provider: par.urn })],
      on: urnOf(T.gateway, "g"),
      property: "zone",
      proof: "assumed",
    },
    {
      name: "a network that was read where it is",
      resources: [raw(T.vpc, "v", {}, { id: "fr-par/1f1c", outputs: { region: "fr-par" } })],
      on: urnOf(T.vpc, "v"),
    },
    {
      name: "a private network, whose zone is dead",
      resources: [raw(T.network, "n", { region: "fr-par" })],
      on: urnOf(T.network, "n"),
      property: "region",
    },
  ],
  failing: [
    {
      name: "a bucket of which nobody says where",
      resources: [raw(T.bucket, "b", { name: "b" })],
      on: urnOf(T.bucket, "b"),
      property: "region",
    },
    {
      name: "a bucket under the default provider, whatever that says",
      resources: [byDefault, raw(T.bucket, "b", { name: "b" }, { provider: byDefault.urn })],
      on: urnOf(T.bucket, "b"),
      property: "region",
    },
    {
      name: "an explicit provider without region",
      resources: [bare, raw(T.bucket, "b", { name: "b" }, { provider: bare.urn })],
      on: urnOf(T.bucket, "b"),
      property: "region",
    },
    {
      name: "a pool with a region and no zone",
      resources: [raw(T.pool, "p", { region: "fr-par" })],
      on: urnOf(T.pool, "p"),
      property: "zone",
    },
  ],
  undecided: [
    {
      name: "a region that is not known",
      resources: [raw(T.bucket, "b", { region: UNKNOWN })],
      on: urnOf(T.bucket, "b"),
      property: "region",
    },
    {
      name: "a provider that this door does not show",
      resources: [raw(T.bucket, "b", { name: "b" }, { provider: urnOf(T.provider, "elsewhere") })],
      on: urnOf(T.bucket, "b"),
      property: "region",
    },
  ],
  notApplicable: [{ name: "a project, which is global", resources: [raw(T.project, "p", { name: "p" })], on: "stack" }],
  mutations: [
    { of: "a region on the resource", on: urnOf(T.bucket, "b"), property: "region", to: undefined },
    {
      of: "a zone on an explicit provider, which the environment may still overrule",
      on: par.urn,
      property: "zone",
      to: undefined,
    },
  ],
};

const exporter = "scaleway:observability/exporter:Exporter";
const alerts = "scaleway:observability/alertManager:AlertManager";
const listed = {
  hosts: [{ host: "otlp.example.fr", reason: "our own collector" }],
  alertContacts: ["on-call@example.fr"],
};

export const loc04: RuleCases = {
  passing: [
    {
      name: "an exporter to a listed host",
      resources: [
        raw(exporter, "e", { datasourceId: "d", otlpDestination: { endpoint: "https://otlp.example.fr:4318/v1" } }),
      ],
      on: urnOf(exporter, "e"),
      property: "otlpDestination.endpoint",
      law: listed,
    },
    {
      name: "alerts to a listed address",
      resources: [raw(alerts, "a", { contactPoints: [{ email: "on-call@example.fr" }] })],
      on: urnOf(alerts, "a"),
      property: "contactPoints[0].email",
      law: listed,
    },
  ],
  failing: [
    {
      name: "Datadog, which goes to datadoghq.com unless told otherwise",
      resources: [raw(exporter, "e", { datasourceId: "d", datadogDestination: { apiKey: "x" } })],
      on: urnOf(exporter, "e"),
      property: "datadogDestination.endpoint",
      law: listed,
      got: "https://api.datadoghq.com",
    },
    {
      name: "a subdomain of a listed host",
      resources: [
        raw(exporter, "e", { datasourceId: "d", otlpDestination: { endpoint: "https://evil.otlp.example.fr" } }),
      ],
      on: urnOf(exporter, "e"),
      property: "otlpDestination.endpoint",
      law: listed,
    },
    {
      name: "a listed host as the user's name in a URL",
      resources: [
        raw(exporter, "e", {
          datasourceId: "d",
          otlpDestination: { endpoint: "https://otlp.example.fr@evil.example" },
        }),
      ],
      on: urnOf(exporter, "e"),
      property: "otlpDestination.endpoint",
      law: listed,
    },
    {
      name: "alerts to a mailbox of nobody's",
      resources: [raw(alerts, "a", { contactPoints: [{ email: "on-call@example.fr" }, { email: "me@mail.example" }] })],
      on: urnOf(alerts, "a"),
      property: "contactPoints[1].email",
      law: listed,
    },
    {
      name: "a subscription that posts to a URL",
      resources: [
        raw("scaleway:mnq/snsTopicSubscription:SnsTopicSubscription", "s", {
          protocol: "https",
          endpoint: "https://hook.example",
        }),
      ],
      on: urnOf("scaleway:mnq/snsTopicSubscription:SnsTopicSubscription", "s"),
      property: "endpoint",
      law: listed,
    },
  ],
  undecided: [
    {
      name: "an endpoint that is not known",
      resources: [raw(exporter, "e", { datasourceId: "d", otlpDestination: { endpoint: UNKNOWN } })],
      on: urnOf(exporter, "e"),
    },
    {
      name: "an exporter of which nobody says where to",
      resources: [raw(exporter, "e", { datasourceId: "d" })],
      on: urnOf(exporter, "e"),
    },
  ],
  notApplicable: [{ name: "a source, which stays", resources: [raw(T.source, "s", { type: "logs" })], on: "stack" }],
  mutations: [
    {
      of: "an exporter to a listed host",
      on: urnOf(exporter, "e"),
      property: "otlpDestination.endpoint",
      to: "https://otlp.example.com",
    },
    {
      of: "alerts to a listed address",
      on: urnOf(alerts, "a"),
      property: "contactPoints.0.email",
      to: "a@example.com",
    },
  ],
};
