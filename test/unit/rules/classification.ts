import { UNKNOWN } from "../../../judge/facts/raw.ts";
import { component, raw, tagList, tagMap, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

const gateway = raw(T.gateway, "g", { type: "VPC-GW-S", tags: tagList() });
const home = component("bastide:components:Registry", "registry", {
  spec: { namespaces: [{ key: "images", name: "x-images", tags: { "data-class": "technical" } }] },
});
const project = raw(T.project, "log");

export const cls01: RuleCases = {
  passing: [
    {
      name: "tags as a map",
      resources: [raw(T.bucket, "b", { tags: tagMap("health-pseudo") })],
      on: urnOf(T.bucket, "b"),
      proof: "checked",
    },
    { name: "tags as a list", resources: [raw(T.vpc, "v", { tags: tagList() })], on: urnOf(T.vpc, "v") },
    {
      name: "a PAT rule belongs to its gateway",
      resources: [
        gateway,
        raw(
          "scaleway:network/publicGatewayPatRule:PublicGatewayPatRule",
          "r",
          { gatewayId: UNKNOWN, publicPort: 51820 },
          { dependsOn: { gatewayId: [gateway.urn] } },
        ),
      ],
      on: urnOf("scaleway:network/publicGatewayPatRule:PublicGatewayPatRule", "r"),
      proof: "assumed",
    },
    {
      name: "a registry by its component's word",
      resources: [home, raw(T.registry, "images", { region: "fr-par" }, { parent: home.urn })],
      on: urnOf(T.registry, "images"),
      proof: "declared",
    },
    {
      name: "a log source by its project, where all agree",
      resources: [
        project,
        raw(T.bucket, "b", { projectId: UNKNOWN, tags: tagMap() }, { dependsOn: { projectId: [project.urn] } }),
        raw(T.source, "s", { projectId: UNKNOWN, type: "logs" }, { dependsOn: { projectId: [project.urn] } }),
      ],
      on: urnOf(T.source, "s"),
      proof: "assumed",
    },
  ],
  failing: [
    {
      name: "a bucket without data class",
      resources: [raw(T.bucket, "b", { tags: { env: "prod", owner: "o", tier: "data" } })],
      on: urnOf(T.bucket, "b"),
      property: "tags.data-class",
      got: null,
    },
    {
      name: "a tier that is no tier",
      resources: [raw(T.vpc, "v", { tags: tagList("technical", "prod") })],
      on: urnOf(T.vpc, "v"),
      property: "tags.tier",
      got: "prod",
    },
    {
      name: "a registry that nobody classes",
      resources: [raw(T.registry, "images", { region: "fr-par" })],
      on: urnOf(T.registry, "images"),
      property: "data-class",
    },
    {
      name: "a log source of a project that holds two classes",
      resources: [
        raw(T.bucket, "a", { projectId: "p", tags: tagMap("technical") }),
        raw(T.bucket, "b", { projectId: "p", tags: tagMap("health-raw") }),
        raw(T.source, "s", { projectId: "p", type: "logs" }),
      ],
      on: urnOf(T.source, "s"),
      property: "data-class",
    },
    {
      name: "health data under a profile that has none",
      resources: [raw(T.bucket, "b", { tags: tagMap("health-derived") })],
      on: urnOf(T.bucket, "b"),
      property: "tags.data-class",
      law: { profile: "eu" },
    },
  ],
  undecided: [
    {
      name: "tags that are not known",
      resources: [raw(T.vpc, "v", { tags: [...tagList(), UNKNOWN] })],
      on: urnOf(T.vpc, "v"),
    },
  ],
  notApplicable: [
    { name: "a credential", resources: [raw(T.apiKey, "k", { applicationId: "a" })], on: urnOf(T.apiKey, "k") },
  ],
  mutations: [
    { of: "tags as a map", on: urnOf(T.bucket, "b"), property: "tags.owner", to: undefined },
    { of: "a PAT rule belongs to its gateway", on: gateway.urn, property: "tags", to: undefined },
  ],
};
