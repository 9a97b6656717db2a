import { type RawObject, UNKNOWN } from "../../../judge/facts/raw.ts";
import { admissionManifests } from "../../../policy-packs/bastide/admission/policies.ts";
import type { RuleId } from "../../../policy-packs/bastide/rules/ids.ts";
import { clusterObject, K, object, pod } from "../../harness/kubernetes.ts";
import { raw, urnOf } from "../../harness/raw.ts";
import type { MoreCases } from "../../harness/rule-cases.ts";

const inPod = urnOf(K.pod, "p");
const VALIDATES: RawObject = {
  failurePolicy: "Fail",
  matchConstraints: {
    resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }],
  },
  validations: [{ expression: "false" }],
};
const native = (over: RawObject) => clusterObject(K.vap, "images", { spec: { ...VALIDATES, ...over } });
const vap = native({});
const inPolicy = vap.urn;
const inBinding = urnOf(K.vapBinding, "images");
/** What a door shows of the rendered ones: plain JSON. */
const own = admissionManifests().map(({ kind, metadata, spec }) =>
  raw(
    kind === "ValidatingAdmissionPolicy" ? K.vap : K.vapBinding,
    metadata.name,
    JSON.parse(JSON.stringify({ metadata, spec })),
  ),
);
const changed = (index: number, spec: RawObject) =>
  own.map((it, at) =>
    at === index ? { ...it, inputs: { ...it.inputs, spec }, outputs: { ...it.outputs, spec } } : it,
  );
const [firstOwn] = own;
const bound = (over: RawObject = {}) =>
  clusterObject(K.vapBinding, "images", { spec: { policyName: "images", validationActions: ["Deny"], ...over } });
const kyverno = raw("kubernetes:kyverno.io/v1:ClusterPolicy", "e", { metadata: { name: "e" }, spec: {} });
const signed = clusterObject(K.imagePolicy, "signed", { spec: {} });
const unsigned = (name: string, ...resources: ReturnType<typeof pod>[]) => ({
  name,
  resources: [pod(), ...resources],
  on: inPod,
  property: "signatures",
  passes: "admission",
});

export const moreAdmission = {
  "K8S-08": {
    passing: [
      {
        name: "signatures, whose engine refuses too",
        resources: [pod(), signed],
        on: inPod,
        property: "admission",
        got: 1,
      },
      {
        name: "a cluster by its provider",
        resources: [
          { ...pod(), provider: "urn:c" },
          { ...signed, provider: "urn:c" },
        ],
        on: "urn:c",
        property: "admission",
      },
      { name: "a policy that refuses", resources: [pod(), signed, vap, bound()], on: inPolicy, property: "spec" },
      {
        name: "a binding that denies",
        resources: [pod(), signed, vap, bound()],
        on: inBinding,
        property: "spec.validationActions",
      },
      { name: "all that is rendered", resources: [pod(), signed, ...own], on: inPod, property: "rendered policies" },
      {
        name: "one as it is rendered",
        resources: [pod(), signed, ...own],
        on: firstOwn?.urn ?? "",
        property: "spec",
        got: "as rendered",
      },
    ],
    failing: [
      {
        name: "a policy without validations",
        resources: [pod(), native({ validations: [] }), bound()],
        on: inPolicy,
        property: "spec",
        got: "no validation",
      },
      {
        name: "a policy that looks at nothing",
        resources: [pod(), native({ matchConstraints: { resourceRules: [] } }), bound()],
        on: inPolicy,
        property: "spec",
        got: "no resource that it looks at",
      },
      {
        name: "a policy without constraints",
        resources: [pod(), native({ matchConstraints: null }), bound()],
        on: inPolicy,
        property: "spec",
      },
      {
        name: "a policy that lets through what it cannot evaluate",
        resources: [pod(), native({ failurePolicy: "Ignore" }), bound()],
        on: inPolicy,
        property: "spec",
      },
      {
        name: "a binding that warns beside one that denies",
        resources: [
          pod(),
          vap,
          bound({ validationActions: ["Warn"] }),
          { ...bound(), urn: urnOf(K.vapBinding, "b"), name: "b" },
        ],
        on: inBinding,
        property: "spec.validationActions",
        got: ["Warn"],
      },
      {
        name: "one of the rendered taken away",
        resources: [pod(), ...own.slice(1)],
        on: inPod,
        property: "rendered policies",
      },
      {
        name: "one of the rendered changed",
        resources: [pod(), ...changed(0, { ...VALIDATES, validations: [{ expression: "true" }] })],
        on: firstOwn?.urn ?? "",
        property: "spec",
        got: "something else",
      },
      unsigned("a bound policy alone", vap, bound()),
      unsigned("an engine alone", kyverno),
      {
        name: "a binding of another policy",
        resources: [pod(), vap, bound({ policyName: "other" })],
        on: inPod,
        property: "admission",
        got: null,
      },
      { name: "a binding without policy", resources: [pod(), bound()], on: inPod, property: "admission" },
      {
        name: "a cluster beside one with signatures",
        resources: [pod(), signed, { ...object(K.pod, "q", pod().inputs), provider: "urn:c" }],
        on: "urn:c",
        property: "admission",
      },
    ],
    undecided: [
      ...(["failurePolicy", "validations", "matchConstraints"] as const).map((part) => ({
        name: `a policy of which nobody knows the ${part}`,
        resources: [pod(), native({ [part]: UNKNOWN }), bound()],
        on: inPolicy,
        property: "spec",
      })),
      {
        name: "a binding of which nobody knows what it does",
        resources: [pod(), vap, bound({ validationActions: UNKNOWN })],
        on: inBinding,
        property: "spec.validationActions",
      },
      {
        name: "a binding to what is not known, and which",
        resources: [pod(), vap, bound({ policyName: UNKNOWN })],
        on: inPod,
        property: "admission",
        from: bound().urn,
      },
      {
        name: "a binding whose actions are not known",
        resources: [pod(), vap, bound({ validationActions: UNKNOWN })],
        on: inPod,
        property: "admission",
        from: bound().urn,
      },
    ],
  },
} as const satisfies Partial<Record<RuleId, MoreCases>>;
