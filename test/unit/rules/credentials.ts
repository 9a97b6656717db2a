import { UNKNOWN } from "../../../judge/facts/raw.ts";
import { raw, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

const policy = urnOf(T.policy, "p");
const cluster = urnOf(T.cluster, "c");
const rules = [{ permissionSetNames: ["ObjectStorageObjectsRead"], projectIds: ["p"] }];

export const iam02: RuleCases = {
  passing: [
    { name: "a grant to a group", resources: [raw(T.policy, "p", { groupId: "g", rules })], on: policy },
    {
      name: "a grant to an application that is not made yet",
      resources: [raw(T.policy, "p", { applicationId: UNKNOWN, rules })],
      on: policy,
    },
    {
      name: "a cluster with an identity provider",
      resources: [raw(T.cluster, "c", { openIdConnectConfig: { issuerUrl: "https://idp.example", clientId: "k" } })],
      on: cluster,
    },
  ],
  failing: [
    {
      name: "a grant to a person",
      resources: [raw(T.policy, "p", { userId: "u", rules })],
      on: policy,
      property: "userId",
      got: "u",
    },
    {
      name: "a person made by the program",
      resources: [raw(T.user, "u", { email: "a@b.example", username: "a" })],
      on: urnOf(T.user, "u"),
      property: "type",
    },
    {
      name: "an issuer that anybody can play",
      resources: [raw(T.cluster, "c", { openIdConnectConfig: { issuerUrl: "http://idp.example", clientId: "k" } })],
      on: cluster,
      property: "openIdConnectConfig.issuerUrl",
    },
  ],
  undecided: [
    {
      name: "an issuer that is not known",
      resources: [raw(T.cluster, "c", { openIdConnectConfig: { issuerUrl: UNKNOWN, clientId: "k" } })],
      on: cluster,
    },
  ],
  notApplicable: [
    { name: "a policy for nobody", resources: [raw(T.policy, "p", { noPrincipal: true, rules })], on: policy },
    { name: "a cluster whose people come by IAM", resources: [raw(T.cluster, "c", { cni: "cilium" })], on: cluster },
  ],
  mutations: [
    { of: "a grant to a group", on: policy, property: "userId", to: "u" },
    {
      of: "a cluster with an identity provider",
      on: cluster,
      property: "openIdConnectConfig.issuerUrl",
      to: "idp.example",
    },
  ],
};

const apiKey = urnOf(T.apiKey, "k");
const soon = "2027-02-21T12:00:00Z";

export const iam03: RuleCases = {
  passing: [
    {
      name: "an application's key, for 90 days",
      resources: [raw(T.apiKey, "k", { applicationId: "a", expiresAt: soon })],
      on: apiKey,
      property: "expiresAt",
    },
    {
      name: "a key of an application that is not made yet",
      resources: [raw(T.apiKey, "k", { applicationId: UNKNOWN, expiresAt: "2026-12-24" })],
      on: apiKey,
      property: "applicationId",
    },
  ],
  failing: [
    {
      name: "a key for ever",
      resources: [raw(T.apiKey, "k", { applicationId: "a" })],
      on: apiKey,
      property: "expiresAt",
      got: null,
    },
    {
      name: "a second more than 90 days",
      resources: [raw(T.apiKey, "k", { applicationId: "a", expiresAt: "2027-02-21T12:00:01Z" })],
      on: apiKey,
      property: "expiresAt",
    },
    {
      name: "a person's key",
      resources: [raw(T.apiKey, "k", { userId: "u", expiresAt: soon })],
      on: apiKey,
      property: "userId",
      got: "u",
    },
  ],
  undecided: [
    {
      name: "an end that is not known",
      resources: [raw(T.apiKey, "k", { applicationId: "a", expiresAt: UNKNOWN })],
      on: apiKey,
      property: "expiresAt",
    },
  ],
  notApplicable: [
    { name: "an application without key", resources: [raw(T.application, "a", { name: "a" })], on: "stack" },
  ],
  mutations: [
    { of: "an application's key, for 90 days", on: apiKey, property: "expiresAt", to: undefined },
    { of: "an application's key, for 90 days", on: apiKey, property: "userId", to: "u" },
  ],
};
