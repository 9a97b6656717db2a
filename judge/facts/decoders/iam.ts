import type { ApplicationArgs, PolicyArgs, UserArgs } from "@pulumiverse/scaleway/iam/index.js";
import { mapKnown } from "../../../kernel/known.ts";
import { type Decoder, decoder } from "./decoder.ts";

export const iamDecoders: readonly Decoder[] = [
  decoder<ApplicationArgs>("scaleway:iam/application:Application", (_, { urn }) => [{ kind: "principal", urn }]),
  decoder<UserArgs>("scaleway:iam/user:User", (_, { urn }) => [{ kind: "principal", urn }]),

  decoder<PolicyArgs>("scaleway:iam/policy:Policy", (read, { urn }) => [
    {
      kind: "grants",
      urn,
      principals: [read.ref("applicationId"), read.ref("groupId"), read.ref("userId")],
      rules: mapKnown(read.list("rules"), (rules) =>
        rules.map((rule) => ({
          permissionSets: { property: rule.path("permissionSetNames"), value: rule.texts("permissionSetNames") },
          condition: { property: rule.path("condition"), value: rule.text("condition") },
          organization: { property: rule.path("organizationId"), value: rule.text("organizationId") },
        })),
      ),
    },
  ]),
];
