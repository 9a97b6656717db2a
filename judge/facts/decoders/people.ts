import type { UserArgs } from "@pulumiverse/scaleway/iam/index.js";
import type { ClusterArgs } from "@pulumiverse/scaleway/kubernetes/index.js";
import type { GrafanaUserArgs } from "@pulumiverse/scaleway/observability/index.js";
import { known, mapKnown } from "../../../kernel/known.ts";
import { type Decoder, decoder } from "./decoder.ts";

export const peopleDecoders: readonly Decoder[] = [
  decoder<UserArgs>("scaleway:iam/user:User", (_, { urn }) => [
    { kind: "person", urn, how: "a user of the organisation" },
  ]),
  decoder<GrafanaUserArgs>("scaleway:observability/grafanaUser:GrafanaUser", (_, { urn }) => [
    { kind: "person", urn, how: "a password account of the dashboards" },
  ]),
  decoder<ClusterArgs>("scaleway:kubernetes/cluster:Cluster", (read, { urn }) => {
    const oidc = read.object("openIdConnectConfig");
    const named = oidc.known ? (oidc.value?.text("issuerUrl") ?? known(undefined)) : oidc;
    // The API answers a cluster without sign-in with empty fields.
    const issuer = mapKnown(named, (url) => (url === "" ? undefined : url));
    return [{ kind: "sign-in", urn, issuer: { property: "openIdConnectConfig.issuerUrl", value: issuer } }];
  }),
];
