import type { Estate } from "../../../../judge/facts/estate.ts";
import { looseEnds } from "../../../../judge/facts/loose-ends.ts";
import type { Resource } from "../../../../judge/facts/observed.ts";
import { type RawValue, SECRET, UNKNOWN } from "../../../../judge/facts/raw.ts";
import { surfaceOf } from "../../../../judge/facts/surface.ts";
import { fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { LISTED_PROPERTIES } from "./listed-properties.data.ts";

const listed = new Map<string, readonly string[]>();

function listedFor({ canonicalType }: Resource): readonly string[] {
  const before = listed.get(canonicalType) ?? listedOf(canonicalType);
  listed.set(canonicalType, before);
  return before;
}

function listedOf(canonicalType: string): readonly string[] {
  const row = surfaceOf(canonicalType);
  const tags = row?.tags === undefined ? [] : ["tags"];
  return [
    ...(row?.located ?? []),
    ...tags,
    ...(Object.hasOwn(LISTED_PROPERTIES, canonicalType) ? (LISTED_PROPERTIES[canonicalType] ?? []) : []),
  ];
}

/** What hides in a value: nothing, something unknown, or something secret. */
function hidden(value: RawValue | undefined): "unknown" | "secret" | undefined {
  if (value === UNKNOWN) return "unknown";
  if (value === SECRET) return "secret";
  if (value === undefined || value === null || typeof value !== "object") return undefined;
  const parts: readonly RawValue[] = Array.isArray(value) ? value : Object.values(value);
  for (const part of parts) {
    const found = hidden(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isThere = (value: RawValue | undefined): boolean => value !== undefined && value !== null;

/** No required input is there: the resource was read, or left out by `--target`, so this door does not show it. */
function isNotShown({ canonicalType, raw }: Resource): boolean {
  const required = surfaceOf(canonicalType)?.required ?? [];
  return required.length > 0 && required.every((p) => !isThere(raw.inputs[p]) && !isThere(raw.outputs[p]));
}

function judgeProperty({ urn, raw }: Resource, property: string): Result {
  const about = { subject: urn, property, want: "a value that is known and plain" };
  const written = raw.inputs[property];
  const answered = raw.outputs[property];
  const what = hidden(written);
  if (what === undefined) return pass(about, isThere(written) ? "known" : "absent");
  // The provider's answer settles what the program could not know.
  if (isThere(answered) && hidden(answered) === undefined) return pass(about, "known");
  const from = raw.propertyDependencies[property] ?? [];
  return fail({ ...about, path: from }, what === "secret" ? "a secret" : { unknown: true, from: from[0] ?? urn });
}

function judgeWritten(resource: Resource): readonly Result[] {
  const all: Result[] = [];
  judgeInto(all, resource);
  return all;
}

/** Adds to one list: this rule says more than any other, several results for nearly every resource. */
function judgeInto(all: Result[], resource: Resource): void {
  const deciding = resource.raw.custom ? listedFor(resource) : [];
  if (deciding.length === 0) return;
  if (isNotShown(resource)) {
    const about = { subject: resource.urn, property: "inputs", want: "inputs that this door shows" };
    all.push(undecided(about, { property: "inputs", suppliers: [] }));
    return;
  }
  for (const property of deciding) all.push(judgeProperty(resource, property));
}

function judgeAll(estate: Estate): readonly Result[] {
  const all: Result[] = [];
  for (const resource of estate.resources) judgeInto(all, resource);
  for (const result of judgeEnds(estate)) all.push(result);
  return all;
}

/**
 * What a resource names and no resource here is may stand in another stack, or nowhere: neither can be judged. One project is told once, at the
 * first resource that names it, because nearly every resource names one.
 */
function judgeEnds(estate: Estate): readonly Result[] {
  const told = new Set<string>();
  return looseEnds(estate).flatMap(({ urn, property, id, instead }) => {
    if (property === "projectId") {
      if (told.has(id)) return [];
      told.add(id);
    }
    const about = { subject: urn, property, want: "a resource of these stacks", path: [instead ?? id] };
    return [undecided(about, { property, suppliers: [instead ?? id] })];
  });
}

export const decidingPropertiesAreKnown = rule({
  id: "EVD-02",
  title: "properties that decide over place, openness and protection are known, and references lead to what is there",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["IR:6.3.2.b", "ISO:A.8.9"],
  rationale:
    "What is computed from something that does not exist yet can't be judged before it is applied, and the engine's own policy " +
    "library lets such rules pass as remarks. A value that is a secret can't be judged at all, " +
    "nor can what stands behind a reference to nothing.",
  remedy:
    "Write the value out, or take it from the settings; don't derive it from another resource's outputs, nor make it secret. Judge the stack " +
    "that holds what is referred to together with this one; a waiver is for what no stack holds.",
  judgeOne: judgeWritten,
  judge: judgeAll,
});
