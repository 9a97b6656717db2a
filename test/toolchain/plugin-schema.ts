import { execFileSync } from "node:child_process";
import { z } from "zod";
import type { Fields, PackageShape, ResourceShape } from "./shapes.ts";

type Property = z.infer<typeof BaseProperty> & {
  readonly items?: Property | undefined;
  readonly additionalProperties?: Property | undefined;
};
const BaseProperty = z.object({
  type: z.string().optional(),
  $ref: z.string().optional(),
  secret: z.boolean().optional(),
  defaultInfo: z.object({ environment: z.array(z.string()) }).optional(),
});
const Property: z.ZodType<Property> = BaseProperty.extend({
  items: z.lazy(() => Property).optional(),
  additionalProperties: z.lazy(() => Property).optional(),
});
const Properties = z.record(z.string(), Property).default({});
const Names = z.array(z.string()).default([]);

const Resource = z.object({
  properties: Properties,
  required: Names,
  inputProperties: Properties,
  requiredInputs: Names,
  aliases: z.array(z.object({ type: z.string() })).default([]),
  methods: z.record(z.string(), z.string()).default({}),
});
/** Where a nested type asks for other things as an input than it gives as an output. */
const Sides = z.object({
  requiredInputs: z.array(z.string()).optional(),
  requiredOutputs: z.array(z.string()).optional(),
});
const NestedType = z.object({
  properties: Properties,
  required: Names,
  language: z.object({ nodejs: Sides.optional() }).optional(),
});
const Bag = z.object({ properties: Properties, required: Names });
const Query = z.object({ inputs: Bag.optional(), outputs: Bag.optional() });
const Schema = z.object({
  name: z.literal("scaleway"),
  provider: Resource,
  resources: z.record(z.string(), Resource),
  functions: z.record(z.string(), Query),
  types: z.record(z.string(), NestedType),
});

/** Asks a plug-in for its schema through the engine, as every user of the schema does. */
export function readPluginSchema(pulumi: string, plugin: string, env: NodeJS.ProcessEnv): PackageShape {
  const text = execFileSync(pulumi, ["package", "get-schema", plugin], { env, encoding: "utf8", maxBuffer: 64e6 });
  const schema = Schema.parse(JSON.parse(text));
  const resources = new Map<string, ResourceShape>([["scaleway", resourceShape("scaleway", schema.provider)]]);
  for (const [token, resource] of Object.entries(schema.resources))
    resources.set(token, resourceShape(token, resource));
  const types = new Map<string, Fields>();
  for (const [token, type] of Object.entries(schema.types)) {
    const name = typeName(token);
    const nodejs = type.language?.nodejs;
    types.set(`inputs.${name}`, fields(type.properties, nodejs?.requiredInputs ?? type.required, "inputs"));
    types.set(`outputs.${name}`, fields(type.properties, nodejs?.requiredOutputs ?? type.required, "outputs"));
  }
  const bag = (b: z.infer<typeof Bag> | undefined, side: Side): Fields =>
    b === undefined ? {} : fields(b.properties, b.required, side);
  const functions = new Map(
    Object.entries(schema.functions).map(([token, query]) => [
      token,
      { inputs: bag(query.inputs, "inputs"), outputs: bag(query.outputs, "outputs") },
    ]),
  );
  return { resources, functions, types };
}

function resourceShape(token: string, resource: z.infer<typeof Resource>): ResourceShape {
  return {
    token,
    aliases: resource.aliases.map((a) => a.type),
    inputs: fields(resource.inputProperties, resource.requiredInputs, "inputs"),
    outputs: fields(resource.properties, resource.required, "outputs"),
    secretInputs: secrets(resource.inputProperties),
    defaults: Object.fromEntries(
      Object.entries(resource.inputProperties).flatMap(([name, p]) =>
        (p.defaultInfo?.environment ?? []).map((variable) => [name, variable]),
      ),
    ),
    secretOutputs: secrets(resource.properties),
  };
}

const secrets = (properties: Readonly<Record<string, Property>>): readonly string[] =>
  Object.keys(properties)
    .filter((name) => properties[name]?.secret === true)
    .sort();

type Side = "inputs" | "outputs";

const fields = (properties: Readonly<Record<string, Property>>, required: readonly string[], side: Side): Fields =>
  Object.fromEntries(
    Object.entries(properties).map(([name, p]) => [
      name,
      { type: typeText(p, side), required: required.includes(name) },
    ]),
  );

/** `scaleway:kubernetes/ClusterAutoUpgrade:ClusterAutoUpgrade` → `kubernetes.ClusterAutoUpgrade`; module `index` has none. */
function typeName(token: string): string {
  const [, path = "", name = ""] = token.split(":");
  const module = path.split("/")[0] ?? "";
  const cased = name.slice(0, 1).toUpperCase() + name.slice(1);
  return module === "index" ? cased : `${module}.${cased}`;
}

function typeText(property: Property, side: Side): string {
  if (property.$ref !== undefined) return `${side}.${typeName(property.$ref.replace("#/types/", ""))}`;
  if (property.type === "array" && property.items !== undefined) return `${typeText(property.items, side)}[]`;
  if (property.type === "object") {
    const value = property.additionalProperties;
    return `{[key: string]: ${value === undefined ? "string" : typeText(value, side)}}`;
  }
  if (property.type === "integer") return "number";
  if (property.type === undefined) throw new Error("a property of the schema has no type");
  return property.type;
}
