import { type Known, known, unknown } from "../../kernel/known.ts";
import type { Estate } from "./estate.ts";
import type { RawObject, RawValue } from "./raw.ts";
import { type Ref, tailOf } from "./reference.ts";
import { urnParts } from "./type-name.ts";

/** The layer that makes the application which deploys the others; its stacks are named `<environment>.bootstrap`. */
const BOOTSTRAP = /\.bootstrap$/;

export const isBootstrapStack = (stack: string): boolean => BOOTSTRAP.test(stack);

/**
 * Whether a reference leads to an application that a bootstrap stack makes: one that stands in such a stack, or one that
 * arrives by a reference to it. An id that no stack reference answered with is somebody else's.
 */
export function comesFromBootstrap(ref: Ref, estate: Estate): Known<boolean> {
  const link = estate.link(ref, "principal");
  if (link.kind === "found") return known(isBootstrapStack(urnParts(link.fact.urn).stack));
  if (link.kind === "absent") return known(false);
  const references = estate
    .facts("stack-reference")
    .filter(({ stack }) => stack.value.known && isBootstrapStack(stack.value.value ?? ""));
  if (link.kind === "outside") {
    const answers = references.flatMap(({ urn }) => texts(estate.resource(urn)?.raw.outputs.outputs));
    return known(answers.includes(link.id) || answers.map(tailOf).includes(link.id));
  }
  const suppliers = ref.kind === "unknown" ? ref.suppliers : [];
  if (suppliers.length === 0) return unknown(link.property);
  return known(suppliers.every((urn) => references.some((r) => r.urn === urn)));
}

const isObject = (v: RawValue | undefined): v is RawObject =>
  v !== undefined && v !== null && typeof v === "object" && !Array.isArray(v);

const texts = (v: RawValue | undefined): readonly string[] =>
  isObject(v) ? Object.values(v).flatMap((item) => (typeof item === "string" ? [item] : [])) : [];
