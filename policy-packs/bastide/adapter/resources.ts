import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { type RawObject, type RawResource, UNKNOWN } from "../../../judge/facts/raw.ts";
import { surfaceOf } from "../../../judge/facts/surface.ts";
import { canonicalType } from "../../../judge/facts/type-name.ts";
import { byText } from "../../../kernel/order.ts";
import { rawProperties } from "./properties.ts";

const NOT_VISIBLE = { visible: false } as const;

/** What a policy pack never sees; `reads` are resources that are read, not made, stack references among them. */
export const NOT_SEEN = ["deletes", "other-stacks", "packages", "reads", "replaceOnChanges", "retainOnDelete"] as const;

/** Types whose secrets no SDK table lists: credentials of provider instances, content of Kubernetes secrets. */
const CREDENTIALS = ["accessKey", "kubeconfig", "password", "secretKey", "token"];
const CONTENT = ["data", "stringData"];

/** Properties that the SDK or the program marked secret: packs get them in plain, and must not look. */
function secretsOf(type: string, additional: readonly string[]): ReadonlySet<string> {
  const own = type.startsWith("pulumi:providers:") ? CREDENTIALS : type === "kubernetes:core/v1:Secret" ? CONTENT : [];
  return new Set([...(surfaceOf(canonicalType(type))?.secrets ?? []), ...own, ...additional]);
}

/** Types that the engine makes itself, or that are providers: they have no provider and are no components. */
const isEngineMade = (type: string): boolean =>
  type.startsWith("pulumi:providers:") || type === "pulumi:pulumi:StackReference";

/** A resource as its registration shows it, before anything is done: inputs only, and no dependency. */
export function fromRegistration(args: ResourceValidationArgs): RawResource {
  const inputs = rawProperties(args.props, secretsOf(args.type, args.opts.additionalSecretOutputs));
  return {
    urn: args.urn,
    type: args.type,
    name: args.name,
    custom: args.provider !== undefined || isEngineMade(args.type),
    parent: args.opts.parent,
    provider: args.provider?.urn,
    id: UNKNOWN,
    inputs,
    outputs: {},
    propertyDependencies: {},
    dependencies: [],
    options: {
      protect: { visible: true, value: args.opts.protect },
      retainOnDelete: NOT_VISIBLE,
      replaceOnChanges: NOT_VISIBLE,
    },
  };
}

/** A resource as the whole stack shows it, joined with the inputs that its registration showed (none for one that was read). */
export function fromStack(resource: PolicyResource, inputs: RawObject | undefined): RawResource {
  const outputs = rawProperties(resource.props, secretsOf(resource.type, resource.opts.additionalSecretOutputs));
  const dependencies = Object.entries(resource.propertyDependencies).map(
    ([property, behind]) => [property, behind.map((r) => r.urn).sort(byText)] as const,
  );
  return {
    urn: resource.urn,
    type: resource.type,
    name: resource.name,
    custom: resource.provider !== undefined || isEngineMade(resource.type),
    parent: resource.parent?.urn ?? resource.opts.parent,
    provider: resource.provider?.urn,
    id: typeof outputs.id === "string" && outputs.id !== "" ? outputs.id : UNKNOWN,
    inputs: inputs ?? {},
    outputs,
    propertyDependencies: Object.fromEntries(dependencies.filter(([, urns]) => urns.length > 0)),
    dependencies: resource.dependencies.map((r) => r.urn).sort(byText),
    options: {
      protect: { visible: true, value: resource.opts.protect },
      retainOnDelete: NOT_VISIBLE,
      replaceOnChanges: NOT_VISIBLE,
    },
  };
}
