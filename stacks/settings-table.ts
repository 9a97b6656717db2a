import { z } from "zod";
import { publicRegions } from "./catalogue.ts";
import { settingsSchema } from "./schema.ts";

/** The reference tables of stacks/README.md, from the schema and the catalogue: one source for what is checked and what is told. */

interface Row {
  readonly path: string;
  readonly form: string;
  readonly required: boolean;
  readonly text: string;
}

type Node = z.core.JSONSchema.BaseSchema;

/** Every setting, one row each, in the order of the schema. A cell ends in what happens when the setting is absent. */
export function renderSettingsTable(): string {
  const root = z.toJSONSchema(settingsSchema, { io: "input", unrepresentable: "any" });
  return table(
    ["Setting", "Form", "Required", "What it does"],
    rowsOf(root, "").map((row) => [`\`${row.path}\``, row.form, row.required ? "yes" : "", row.text]),
  );
}

function rowsOf(node: Node, path: string): readonly Row[] {
  const properties = node.properties ?? {};
  return Object.entries(properties).flatMap(([name, child]) => {
    if (typeof child === "boolean") return [];
    const own = path === "" ? name : `${path}.${name}`;
    const required = (node.required ?? []).includes(name);
    return [{ path: own, form: formOf(child), required, text: child.description ?? "" }, ...inner(child, own)];
  });
}

/** Settings below a list (`[]`), a map (`.<name>`) or an object. */
function inner(node: Node, path: string): readonly Row[] {
  const { items, additionalProperties } = node;
  if (isNode(items)) return rowsOf(items, `${path}[]`);
  if (isNode(additionalProperties)) return rowsOf(additionalProperties, `${path}.<name>`);
  return rowsOf(node, path);
}

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);

function formOf(node: Node): string {
  if (node.enum !== undefined) return node.enum.map((word) => `\`${String(word)}\``).join(" ");
  if (node.anyOf !== undefined) {
    return node.anyOf.map((option) => (isNode(option) ? formOf(option) : "anything")).join(" or ");
  }
  if (node.const !== undefined) return `\`${String(node.const)}\``;
  switch (node.type) {
    case "array":
      return isNode(node.items) ? `list of ${formOf(node.items)}` : "list";
    case "object":
      return isNode(node.additionalProperties) ? `map to ${formOf(node.additionalProperties)}` : "object";
    case "integer":
    case "number":
      return node.minimum === undefined || node.maximum === undefined ? "number" : `${node.minimum} to ${node.maximum}`;
    case "boolean":
      return "true or false";
    default:
      return node.format ?? "text";
  }
}

/** The public regions of the catalogue, with the newest source of each. */
export function renderRegionTable(): string {
  return table(
    ["Region", "Country", "Zones", "Gateway zones", "HSM-backed keys", "Not there", "Unverified", "Sources"],
    publicRegions.map((region) => {
      const having = (presence: string): string =>
        Object.entries(region.products)
          .filter(([, value]) => value === presence)
          .map(([product]) => product)
          .join(", ");
      return [
        `\`${region.name}\``,
        region.country,
        String(region.zones.length),
        String(region.gatewayZones.length),
        region.hsmKeys,
        having("no"),
        having("unverified"),
        region.sources.map((source) => `${source.title} (read ${source.date})`).join("; "),
      ];
    }),
  );
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.map(cell).join(" | ")} |`).join("\n");

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");
