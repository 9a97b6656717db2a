import { byKey } from "../../kernel/order.ts";
import type { Resource } from "../facts/observed.ts";
import type { RawEstate, RawStep } from "../facts/raw.ts";
import { canonicalType, packageOf } from "../facts/type-name.ts";
import type { Change } from "./change.ts";
import { HOLDS_DATA, MODULES_TOLD, PACKAGES_TOLD } from "./data-bearing.data.ts";

/** What is lost with a resource of this type; `undefined` when it holds nothing of its own. */
export function dataIn(type: string): string | undefined {
  const canonical = canonicalType(type);
  if (Object.hasOwn(HOLDS_DATA, canonical)) return HOLDS_DATA[canonical];
  const owner = packageOf(canonical);
  const module = canonical.split(":")[1]?.split("/")[0] ?? "";
  const told = owner === "scaleway" ? MODULES_TOLD.includes(module) : PACKAGES_TOLD.includes(owner);
  return told ? undefined : "what a resource of a type that nobody listed may hold";
}

/** A deletion or replacement of something that holds data, as a plan has it. */
export interface DataLoss {
  readonly urn: string;
  readonly step: "delete" | "replace";
  readonly lost: string;
  /** Properties that force the replacement. */
  readonly reasons: readonly string[];
  /** Digests of the inputs before and after; `null` where there are none. */
  readonly before: string | null;
  readonly after: string | null;
}

const isLoss = (step: RawStep): step is RawStep & { readonly op: "delete" | "replace" } =>
  step.op === "delete" || step.op === "replace";

/** Every deletion and replacement of data in a plan, in canonical order; of an estate without steps none is known. */
export const dataLosses = (plan: Pick<RawEstate, "steps">): readonly DataLoss[] =>
  (plan.steps ?? [])
    .filter(isLoss)
    .flatMap((step): readonly DataLoss[] => {
      const lost = dataIn(step.type);
      if (lost === undefined) return [];
      const { before = null, after = null } = step.inputs ?? {};
      return [{ urn: step.urn, step: step.op, lost, reasons: step.replaceReasons, before, after }];
    })
    .sort(byKey((l) => `${l.urn} ${l.step}`));

const ofLoss = (loss: DataLoss): Change => ({
  topic: "loss",
  aspect: loss.step,
  risk: "needs consent",
  subject: loss.urn,
  property: loss.reasons.join(", "),
  what: loss.lost,
  path: [],
  refusedBy: [],
});

/**
 * What would be lost. A plan says so itself; between two estates without a plan it is what only the first one has, and what
 * stands in another place or under another physical name, because neither moves.
 */
export function losses(
  head: RawEstate,
  gone: readonly Resource[],
  kept: readonly (readonly [before: Resource, after: Resource])[],
): readonly Change[] {
  if (head.steps !== undefined) return dataLosses(head).map(ofLoss);
  const deleted = gone.flatMap((r) => lossOf(r, "delete", []));
  const moved = kept.flatMap(([before, after]) => {
    const reasons = FIXED.filter((property) => differs(before, after, property));
    return reasons.length === 0 ? [] : lossOf(after, "replace", reasons);
  });
  return [...deleted, ...moved];
}

/** Inputs that no resource which holds data can change and stay itself. */
const FIXED = ["region", "zone", "name", "protectionLevel", "origin", "usage"] as const;
/** Of these types the name is the identity; elsewhere it is a label. */
const NAMED = new Set(["scaleway:object/bucket:Bucket", "scaleway:registry/namespace:Namespace"]);

function differs(before: Resource, after: Resource, property: (typeof FIXED)[number]): boolean {
  if (property === "name" && !NAMED.has(after.canonicalType)) return false;
  const a = before.raw.inputs[property];
  const b = after.raw.inputs[property];
  return typeof a === "string" && typeof b === "string" && a !== b;
}

function lossOf(r: Resource, step: "delete" | "replace", reasons: readonly string[]): readonly Change[] {
  const lost = r.raw.custom ? dataIn(r.type) : undefined;
  if (lost === undefined) return [];
  return [ofLoss({ urn: r.urn, step, lost, reasons, before: null, after: null })];
}
