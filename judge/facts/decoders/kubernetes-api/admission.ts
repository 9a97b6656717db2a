import type { ReleaseArgs } from "@pulumi/kubernetes/helm/v3/release.js";
import type { ChartArgs } from "@pulumi/kubernetes/helm/v4/chart.js";
import type { admissionregistration } from "@pulumi/kubernetes/types/input.js";
import { type Known, known, mapKnown } from "../../../../kernel/known.ts";
import type { ExpansionFact } from "../../fact-kubernetes.ts";
import type { OutletFact } from "../../fact-space.ts";
import { ENGINE_KINDS } from "../../kubernetes-kinds.data.ts";
import type { Reader } from "../../reader.ts";
import { type Decoder, decoder } from "../decoder.ts";
import { down, type Inner, inside, nameOf, reading, tokensOf, type WithMetadata } from "./manifest.ts";

interface Policy extends WithMetadata {
  readonly spec?: admissionregistration.v1.ValidatingAdmissionPolicySpec;
}
interface Binding extends WithMetadata {
  readonly spec?: admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec;
}

/** Of a release the program is a name, of a chart an object with one. */
type Expanded = Pick<ReleaseArgs, "postrender" | "chart" | "repositoryOpts"> &
  Pick<ChartArgs, "postRenderer"> & { readonly fetchOpts?: { readonly repo?: string } };

/** Resources that stand for what they make. Tokens of @pulumi/kubernetes 4.34.2, and those of its older releases. */
export const EXPANSIONS: Readonly<Record<string, ExpansionFact["by"]>> = {
  "kubernetes:helm.sh/v2:Chart": "chart",
  "kubernetes:helm.sh/v3:Chart": "chart",
  "kubernetes:helm.sh/v4:Chart": "chart",
  "kubernetes:helm.sh/v3:Release": "release",
  "kubernetes:yaml:ConfigFile": "manifests",
  "kubernetes:yaml:ConfigGroup": "manifests",
  "kubernetes:yaml/v2:ConfigFile": "manifests",
  "kubernetes:yaml/v2:ConfigGroup": "manifests",
  "kubernetes:kustomize:Directory": "kustomization",
  "kubernetes:kustomize/v2:Directory": "kustomization",
};

/** Where a chart is fetched from: its repository, the address that is its name, or nowhere when it is a folder of the program. */
function chartOutlet(read: Reader<Expanded>, urn: string): OutletFact {
  const repositories: readonly (readonly [string, Known<string | undefined>])[] = [
    ["repositoryOpts.repo", inside(read.object("repositoryOpts"), (r) => r.text("repo"), undefined)],
    ["fetchOpts.repo", inside(read.object("fetchOpts"), (r) => r.text("repo"), undefined)],
  ];
  const [named] = repositories.filter(([, value]) => !value.known || (value.value ?? "") !== "");
  const isFolder = (name: string | undefined): boolean => /^\.{0,2}\//.test(name ?? "");
  const own = mapKnown(read.text("chart"), (name) => (isFolder(name) ? undefined : (name ?? "")));
  const [property, value] = named ?? ["chart", own];
  return { kind: "outlet", urn, purpose: "chart", target: { property, value } };
}

/** The server admits what a policy of this kind looks at: nothing is asked of it, or what it cannot evaluate passes. */
function toothless(spec: Inner<admissionregistration.v1.ValidatingAdmissionPolicySpec>): Known<string | undefined> {
  const failure = inside(spec, (s) => s.text("failurePolicy"), undefined);
  const validations = inside(spec, (s) => s.list("validations"), []);
  const matched = inside(down(spec, "matchConstraints"), (m) => m.list("resourceRules"), []);
  if (!failure.known) return failure;
  if (!validations.known) return validations;
  if (!matched.known) return matched;
  if (failure.value === "Ignore") return known("failurePolicy Ignore: what it cannot evaluate passes");
  if (validations.value.length === 0) return known("no validation");
  return known(matched.value.length === 0 ? "no resource that it looks at" : undefined);
}

const NO_POLICY = { toothless: known(undefined) } as const;

const namespaceTokens = tokensOf("Namespace");

export const admissionDecoders: readonly Decoder[] = [
  ...[...namespaceTokens, ...namespaceTokens.map((type) => `${type}Patch`)].map((type) =>
    decoder<WithMetadata>(type, (read, { urn }) => [
      {
        kind: "namespace",
        urn,
        name: nameOf(read.object("metadata")),
        labels: reading(read.object("metadata"), "metadata.labels", (m) => m.map("labels"), {}),
      },
    ]),
  ),

  ...tokensOf("ValidatingAdmissionPolicy").map((type) =>
    decoder<Policy>(type, (read, { urn }) => [
      {
        kind: "admission",
        urn,
        part: "policy",
        name: nameOf(read.object("metadata")),
        policy: known(undefined),
        actions: known([]),
        toothless: toothless(read.object("spec")),
      },
    ]),
  ),

  ...tokensOf("ValidatingAdmissionPolicyBinding").map((type) =>
    decoder<Binding>(type, (read, { urn }) => {
      const spec = read.object("spec");
      return [
        {
          kind: "admission",
          urn,
          part: "binding",
          name: nameOf(read.object("metadata")),
          policy: inside(spec, (s) => s.text("policyName"), undefined),
          actions: inside(spec, (s) => s.texts("validationActions"), []),
          ...NO_POLICY,
        },
      ];
    }),
  ),

  ...Object.entries(ENGINE_KINDS).map(([token, part]) =>
    decoder<WithMetadata>(`kubernetes:${token}`, (read, { urn }) => [
      {
        kind: "admission",
        urn,
        part,
        name: nameOf(read.object("metadata")),
        policy: known(undefined),
        actions: known([]),
        ...NO_POLICY,
      },
    ]),
  ),

  ...Object.entries(EXPANSIONS).map(([type, by]) =>
    decoder<Expanded>(type, (read, { urn }) => {
      const old = read.text("postrender");
      const command = inside(read.object("postRenderer"), (p) => p.text("command"), undefined);
      const both = old.known && old.value === undefined ? command : old;
      const property = old.known && old.value === undefined ? "postRenderer.command" : "postrender";
      return [
        { kind: "expansion", urn, by, rewrittenBy: { property, value: both } },
        ...(by === "chart" || by === "release" ? [chartOutlet(read, urn)] : []),
      ];
    }),
  ),
];
