import type { ProjectArgs } from "@pulumiverse/scaleway/account/index.js";
import type { ApiKeyArgs, GroupArgs, GroupMembershipArgs, PolicyArgs } from "@pulumiverse/scaleway/iam/index.js";
import type { NamespaceArgs } from "@pulumiverse/scaleway/registry/index.js";
import type { SecretArgs, VersionArgs } from "@pulumiverse/scaleway/secrets/index.js";
import { mapKnown } from "../../../kernel/known.ts";
import type { Ref } from "../reference.ts";
import { type Decoder, decoder } from "./decoder.ts";

const present = (refs: readonly Ref[]): readonly Ref[] => refs.filter((ref) => ref.kind !== "absent");

/** Groups, credentials and the reach of grants. */
export const identityDecoders: readonly Decoder[] = [
  decoder<GroupArgs>("scaleway:iam/group:Group", (read, { urn }) => [
    {
      kind: "group",
      urn,
      members: [
        { property: "applicationIds", value: read.refs("applicationIds") },
        { property: "userIds", value: read.refs("userIds") },
      ],
      external: { property: "externalMembership", value: read.flag("externalMembership") },
    },
  ]),
  decoder<GroupMembershipArgs>("scaleway:iam/groupMembership:GroupMembership", (read, { urn }) => [
    {
      kind: "membership",
      urn,
      group: read.ref("groupId"),
      members: present([read.ref("applicationId"), read.ref("userId")]),
    },
  ]),
  decoder<PolicyArgs>("scaleway:iam/policy:Policy", (read, { urn }) => [
    {
      kind: "grant-scopes",
      urn,
      scopes: mapKnown(read.list("rules"), (rules) =>
        rules.map((rule) => ({
          property: rule.path("permissionSetNames").replace(/\.permissionSetNames$/, ""),
          projects: rule.refs("projectIds"),
          organization: rule.text("organizationId"),
          condition: rule.text("condition"),
        })),
      ),
    },
  ]),
  decoder<ApiKeyArgs>("scaleway:iam/apiKey:ApiKey", (read, { urn }) => [
    { kind: "credential", urn, principals: present([read.ref("applicationId"), read.ref("userId")]) },
  ]),
  decoder<ProjectArgs>("scaleway:account/project:Project", (_, { urn }) => [{ kind: "project", urn }]),
  decoder<SecretArgs>("scaleway:secrets/secret:Secret", (_, { urn }) => [{ kind: "secret", urn }]),
  decoder<VersionArgs>("scaleway:secrets/version:Version", (read, { urn, propertyDependencies }) => [
    { kind: "secret-version", urn, secret: read.ref("secretId"), madeOf: propertyDependencies.data ?? [] },
  ]),
  decoder<NamespaceArgs>("scaleway:registry/namespace:Namespace", (_, { urn }) => [{ kind: "registry", urn }]),
];
