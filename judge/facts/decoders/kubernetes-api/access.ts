import type { rbac } from "@pulumi/kubernetes/types/input.js";
import { mapKnown } from "../../../../kernel/known.ts";
import type { Reader } from "../../reader.ts";
import { type Decoder, decoder } from "../decoder.ts";
import { nameOf, tokensOf, type WithMetadata } from "./manifest.ts";

interface Account extends WithMetadata {
  readonly automountServiceAccountToken?: boolean;
}
interface Role extends WithMetadata {
  readonly rules?: readonly rbac.v1.PolicyRule[];
  readonly aggregationRule?: rbac.v1.AggregationRule;
}
interface Binding extends WithMetadata {
  readonly roleRef?: rbac.v1.RoleRef;
  readonly subjects?: readonly rbac.v1.Subject[];
}

const ruleOf = (at: string, rule: Reader<rbac.v1.PolicyRule>) => ({
  at,
  verbs: rule.texts("verbs"),
  groups: rule.texts("apiGroups"),
  resources: rule.texts("resources"),
  names: rule.texts("resourceNames"),
  urls: rule.texts("nonResourceURLs"),
});

const subjectOf = (at: string, subject: Reader<rbac.v1.Subject>) => ({
  at,
  kind: subject.text("kind"),
  name: subject.text("name"),
  namespace: subject.text("namespace"),
});

const accountTokens = tokensOf("ServiceAccount");

export const accessDecoders: readonly Decoder[] = [
  ...[...accountTokens, ...accountTokens.map((type) => `${type}Patch`)].map((type) =>
    decoder<Account>(type, (read, { urn }) => [
      {
        kind: "service-account",
        urn,
        name: nameOf(read.object("metadata")),
        mountsToken: { property: "automountServiceAccountToken", value: read.flag("automountServiceAccountToken") },
      },
    ]),
  ),

  ...["Role", "ClusterRole"].flatMap((kind) =>
    tokensOf(kind).map((type) =>
      decoder<Role>(type, (read, { urn }) => [
        {
          kind: "role",
          urn,
          clusterWide: kind === "ClusterRole",
          name: nameOf(read.object("metadata")),
          rules: mapKnown(read.list("rules"), (rules) => rules.map((r, i) => ruleOf(`rules[${i}]`, r))),
          aggregates: {
            property: "aggregationRule",
            value: mapKnown(read.object("aggregationRule"), (a) => a !== undefined),
          },
        },
      ]),
    ),
  ),

  ...["RoleBinding", "ClusterRoleBinding"].flatMap((kind) =>
    tokensOf(kind).map((type) =>
      decoder<Binding>(type, (read, { urn }) => {
        const ref = read.object("roleRef");
        return [
          {
            kind: "role-binding",
            urn,
            clusterWide: kind === "ClusterRoleBinding",
            role: {
              kind: ref.known ? (ref.value?.text("kind") ?? { known: true, value: undefined }) : ref,
              name: {
                property: "roleRef.name",
                value: ref.known ? (ref.value?.text("name") ?? { known: true, value: undefined }) : ref,
              },
            },
            subjects: {
              property: "subjects",
              value: mapKnown(read.list("subjects"), (all) => all.map((s, i) => subjectOf(`subjects[${i}]`, s))),
            },
          },
        ];
      }),
    ),
  ),
];
