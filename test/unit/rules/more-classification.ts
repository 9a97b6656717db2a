import { type RawValue, UNKNOWN } from "../../../judge/facts/raw.ts";
import type { RuleId } from "../../../policy-packs/bastide/rules/ids.ts";
import { component, raw, tagList, tagMap, urnOf } from "../../harness/raw.ts";
import type { MoreCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

const health = (inputs: Record<string, RawValue> = { projectId: "p" }) =>
  raw(T.bucket, "b", { name: "b", ...inputs, tags: tagMap("health-pseudo") });
const other = (env: string, inputs: Record<string, RawValue> = { projectId: "p" }) =>
  raw(T.bucket, "t", { name: "t", ...inputs, tags: { ...tagMap("technical"), env } });
const b = urnOf(T.bucket, "b");
const t = urnOf(T.bucket, "t");

export const moreClassification = {
  "CLS-01": {
    passing: [
      {
        name: "a key of our own plug-in, and its class",
        resources: [raw(T.bastideKey, "k", { region: "fr-par", tags: tagList() })],
        on: urnOf(T.bastideKey, "k"),
        property: "tags",
        got: "technical",
      },
    ],
    failing: [
      {
        name: "a key of our own plug-in without class",
        resources: [raw(T.bastideKey, "k", { region: "fr-par" })],
        on: urnOf(T.bastideKey, "k"),
        property: "tags.data-class",
      },
      {
        name: "a health class under the profile without health data",
        resources: [health()],
        on: b,
        property: "tags.data-class",
        got: "health-pseudo",
        law: { profile: "eu" },
      },
    ],
  },
  "CLS-02": {
    passing: [
      {
        name: "an environment of an empty name in the same project",
        resources: [health(), other("")],
        on: b,
        property: "projectId",
        got: "p",
      },
      {
        name: "a component of a test environment, which is no resource",
        resources: [
          health({ projectId: "q" }),
          component("acme:test:Bench", "bench", {}, { tags: { "data-class": "health-pseudo", env: "test" } }),
        ],
        on: b,
        property: "projectId",
      },
    ],
    failing: [
      {
        name: "a test bucket in the same project, and which",
        resources: [health(), other("test")],
        on: b,
        property: "projectId",
        got: t,
        path: [t],
      },
    ],
    undecided: [
      {
        name: "a test bucket in a project that nobody names, and which",
        resources: [health(), other("test", {})],
        on: b,
        property: "projectId",
        path: [t],
      },
      {
        name: "health data in a project that is not known, beside a test bucket",
        resources: [health({ projectId: UNKNOWN }), other("test")],
        on: b,
        property: "projectId",
        path: [t],
      },
      {
        name: "a class that is not known",
        resources: [raw(T.bucket, "b", { name: "b", tags: UNKNOWN })],
        on: b,
        property: "tags.data-class",
      },
    ],
    notApplicable: [
      {
        name: "a project that is not known, where there is no other environment",
        resources: [health({ projectId: UNKNOWN })],
        on: b,
        property: "projectId",
      },
      { name: "a bucket that nobody classed", resources: [raw(T.bucket, "b", { name: "b" })], on: "stack" },
    ],
  },
} as const satisfies Partial<Record<RuleId, MoreCases>>;
