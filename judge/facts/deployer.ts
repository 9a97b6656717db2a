import { type Known, known, unknown } from "../../kernel/known.ts";
import { declaredPrincipal } from "./declared.ts";
import type { Estate } from "./estate.ts";
import type { Resource } from "./observed.ts";
import type { RawObject, RawValue } from "./raw.ts";
import { type Ref, tailOf } from "./reference.ts";
import { urnParts } from "./type-name.ts";

/** The layer that makes the application which deploys the others; its stacks are named `<environment>.bootstrap`. */
const BOOTSTRAP = /\.bootstrap$/;

/** Logical name of that application; declarations of the other layers use it. */
const DEPLOYER = "bootstrap-deployer";

const isBootstrapStack = (stack: string): boolean => BOOTSTRAP.test(stack);

export interface Deployer {
  readonly is: boolean;
  /** `declared` when only the component says so, because the door hides what would prove it. */
  readonly ground?: "declared";
}

const YES: Known<Deployer> = known({ is: true });
const NO: Known<Deployer> = known({ is: false });
const DECLARED: Known<Deployer> = known({ is: true, ground: "declared" });

/**
 * Whether a policy's principal is the application that a bootstrap stack makes: one that stands in such a stack, or one that
 * arrives by a reference to it. An id that no stack reference answered with is somebody else's; where the door hides stack
 * references or their answers, what can only come from there counts as the deployer's on the component's word.
 */
export function isDeployer(principal: Ref, policy: Resource, estate: Estate): Known<Deployer> {
  const link = estate.link(principal, "principal");
  if (link.kind === "absent") return NO;
  if (link.kind === "found") {
    const { stack, name } = urnParts(link.fact.urn);
    // Another application of that layer is a workload like any other.
    return isBootstrapStack(stack) && name === DEPLOYER ? YES : NO;
  }
  if (!estate.seesReads && !estate.partial) {
    return declaredPrincipal(policy, estate) === DEPLOYER ? DECLARED : NO;
  }
  const references = estate
    .facts("stack-reference")
    .filter(({ stack }) => stack.value.known && isBootstrapStack(stack.value.value ?? ""));
  if (link.kind === "outside") {
    const answers = references.flatMap(({ urn }) => texts(estate.resource(urn)?.raw.outputs.outputs));
    if (answers.includes(link.id) || answers.map(tailOf).includes(link.id)) return YES;
    // A preview's file leaves out what a stack reference answered: derived from it, and declared, is all that can be known.
    const silent = references.some(({ urn }) => !isObject(estate.resource(urn)?.raw.outputs.outputs));
    return silent && comesFrom(principal, references) && declaredPrincipal(policy, estate) === DEPLOYER ? DECLARED : NO;
  }
  if (principal.kind !== "unknown" || principal.suppliers.length === 0) return unknown(link.property);
  return comesFrom(principal, references) ? YES : NO;
}

/** Whether a value is derived from these stack references, and from nothing else. */
const comesFrom = (ref: Ref, references: readonly { readonly urn: string }[]): boolean =>
  ref.kind !== "absent" &&
  ref.suppliers.length > 0 &&
  ref.suppliers.every((urn) => references.some((r) => r.urn === urn));

const isObject = (v: RawValue | undefined): v is RawObject =>
  v !== undefined && v !== null && typeof v === "object" && !Array.isArray(v);

const texts = (v: RawValue | undefined): readonly string[] =>
  isObject(v) ? Object.values(v).flatMap((item) => (typeof item === "string" ? [item] : [])) : [];
