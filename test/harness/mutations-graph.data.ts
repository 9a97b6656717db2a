import type { EstateMutation, Target } from "./mutations.ts";
import { tagList } from "./raw.ts";
import { T } from "./types.ts";

/** Holes that only the whole graph shows: mutations of the rehearsal estate, by rule. */
const dataNetwork: Target = [T.network, "network-fr-par-data"];
const adminNetwork: Target = [T.network, "network-fr-par-admin"];
const bastion: Target = [T.gateway, "bastion-fr-par-gateway"];
const broker: Target = [T.application, "identity-app-broker"];
const acl: Target = [T.acl, "network-fr-par-acl-v4"];
const acl6: Target = [T.acl, "network-fr-par-acl-v6"];

export const GRAPH_MUTATIONS = {
  G1: [
    {
      name: "the data network takes the VPC's default routes",
      on: dataNetwork,
      set: { enableDefaultRoutePropagation: true },
    },
    { name: "the address of a NAT in no tier", on: [T.network, "network-fr-par-compute"], set: { tags: [] } },
  ],
  G2: [
    { name: "a bastion for everybody", on: bastion, set: { allowedIpRanges: ["0.0.0.0/0"] }, blames: adminNetwork },
    { name: "a bastion without ranges", on: bastion, set: { allowedIpRanges: undefined }, blames: adminNetwork },
    {
      name: "the mapped port's network is another tier's",
      on: [T.network, "network-fr-par-dmz"],
      set: { tags: tagList("technical", "compute") },
    },
  ],
  G13: [
    { name: "an ACL that accepts by default", on: acl, set: { defaultPolicy: "accept" }, blames: dataNetwork },
    { name: "no ACL of IPv6", on: acl6, drop: true, blames: dataNetwork },
    { name: "one port more", on: acl, set: { "rules.0.dstPortHigh": 3129 }, blames: adminNetwork },
    { name: "a rule that is gone", on: acl, set: { "rules.0.action": "drop" }, blames: adminNetwork },
  ],
  G4: [
    {
      name: "the copy in Poland",
      on: [T.bucket, "domain-pmsi-backup"],
      set: { region: "pl-waw" },
      madeIn: "pl-waw",
      blames: [T.bucket, "domain-pmsi-tables"],
    },
    {
      name: "a key in the Netherlands",
      on: [T.bastideKey, "keys-fr-par-snds-base-data"],
      set: { region: "nl-ams" },
      madeIn: "nl-ams",
      blames: [T.bucket, "domain-snds-base-tables"],
    },
    {
      name: "an exporter of the logs",
      add: {
        type: "scaleway:observability/exporter:Exporter",
        inputs: { region: "fr-par", datasourceId: "gone", datadogDestination: { apiKey: "x" } },
      },
      blames: [T.bucket, "domain-pmsi-tables"],
    },
  ],
  G8: [
    {
      name: "the landing of a domain holds persons",
      on: [T.bucket, "domain-pmsi-landing"],
      set: { "tags.data-class": "health-raw" },
      blames: broker,
    },
    {
      name: "a key of somebody else's space",
      on: [T.bucket, "domain-workspaces-workspaces"],
      set: { "tags.permit": "P1", "tags.data-class": "health-raw" },
      blames: broker,
    },
  ],
  G9: [
    {
      name: "auditors who read the data",
      on: [T.policy, "identity-policy-auditors"],
      set: { rules: [{ permissionSetNames: ["AllProductsFullAccess"], organizationId: "o" }] },
      blames: [T.iamGroup, "identity-group-auditors"],
    },
  ],
} as const satisfies Readonly<Record<string, readonly EstateMutation[]>>;
