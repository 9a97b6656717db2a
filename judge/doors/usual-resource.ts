import { type EngineResource, URN, urnParts } from "./engine-resource.ts";

/**
 * A resource as nearly all of a state are, told by hand: reading a large state is a tenth of what judging it takes, and most of
 * that was the schema. Never more than the schema accepts, and the same where it does (a test compares them); `undefined` for
 * whatever is not as usual, which the schema then refuses in its own words, or accepts.
 */
export function usualResource(value: unknown): EngineResource | undefined {
  if (!isObject(value)) return undefined;
  const { urn, type, inputs = {}, outputs = {}, dependencies, propertyDependencies, replaceOnChanges } = value;
  if (typeof urn !== "string" || typeof type !== "string" || type === "" || !isObject(inputs) || !isObject(outputs)) {
    return undefined;
  }
  if (!URN.test(urn) || urnParts(urn).type !== type) return undefined;
  const { custom = false, delete: dying = false, protect = false, retainOnDelete = false, external = false } = value;
  if (typeof custom !== "boolean" || typeof dying !== "boolean" || typeof protect !== "boolean") return undefined;
  if (typeof retainOnDelete !== "boolean" || typeof external !== "boolean") return undefined;
  const { id, parent, provider, sourcePosition, importID, created, modified } = value;
  if (!isText(id) || !isText(parent) || !isText(provider) || !isText(sourcePosition)) return undefined;
  if (!isText(importID) || !isText(created) || !isText(modified)) return undefined;
  if (!isTexts(dependencies) || !isTexts(replaceOnChanges) || !isTextsByName(propertyDependencies)) return undefined;
  return {
    urn,
    type,
    custom,
    delete: dying,
    protect,
    retainOnDelete,
    external,
    id,
    parent,
    provider,
    sourcePosition,
    importID,
    created,
    modified,
    inputs,
    outputs,
    dependencies,
    propertyDependencies,
    replaceOnChanges,
  };
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string | undefined => value === undefined || typeof value === "string";

function isTexts(value: unknown): value is string[] | null | undefined {
  if (value === undefined || value === null) return true;
  if (!Array.isArray(value)) return false;
  for (const item of value) if (typeof item !== "string") return false;
  return true;
}

function isTextsByName(value: unknown): value is Record<string, string[] | null> | null | undefined {
  if (value === undefined || value === null) return true;
  if (!isObject(value)) return false;
  for (const name of Object.keys(value)) {
    // The schema has its own way with this name.
    if (name === "__proto__" || value[name] === undefined || !isTexts(value[name])) return false;
  }
  return true;
}
