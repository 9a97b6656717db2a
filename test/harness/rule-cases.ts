import { NOTHING_KNOWN, type ProgramFacts } from "../../judge/facts/program.ts";
import type { BlindSpot, Door, RawEstate, RawObject, RawResource, RawStep, RawValue } from "../../judge/facts/raw.ts";
import type { Law } from "../../judge/kit/law.ts";
import { rawEstate } from "./raw.ts";

/** One estate and what a rule must say of one subject in it. */
export interface Case {
  readonly name: string;
  readonly resources: readonly RawResource[];
  /** URN, or `stack`. */
  readonly on: string;
  /** Property that the finding must name; any when absent. */
  readonly property?: string;
  readonly proof?: "declared" | "assumed" | "checked";
  /** What the finding must show as seen. */
  readonly got?: unknown;
  readonly want?: unknown;
  /** URNs that the finding must name as the way to its judgement, in this order. */
  readonly path?: readonly string[];
  /** Decided by its resource alone as well, as before its creation. */
  readonly alone?: true;
  /** Undecided: who supplies the value that is not known. */
  readonly from?: string;
  readonly law?: Partial<Law>;
  readonly door?: Door;
  readonly program?: Partial<ProgramFacts>;
  readonly steps?: readonly RawStep[];
}

/** The estate of a case, with what it says of program and plan. */
export const estateOfCase = (c: Case, resources: readonly RawResource[] = c.resources): RawEstate => ({
  ...rawEstate(resources, c.door),
  steps: c.steps,
  program: { ...NOTHING_KNOWN, ...c.program },
});

export interface FailingCase extends Case {
  readonly property: string;
  /** Another property of the same subject, which passes. */
  readonly passes?: string;
}

/** A change of one thing beside the resources that turns a passing case into a failing one. */
export type Elsewhere = { readonly of: string } & Pick<Case, "law" | "program" | "steps">;

/** A change of one property that turns a passing case into a failing one. */
export interface Mutation {
  /** Name of the passing case. */
  readonly of: string;
  readonly on: string;
  /** Path of an input, or `$type` for the type that the resource is registered under, `$protect` and `$replaceOnChanges` for the options. */
  readonly property: string;
  /** `undefined` takes the input away. */
  readonly to: RawValue | undefined;
}

type Some<T> = readonly [T, ...T[]];

/** What every rule must show; a rule without one of these does not compile (`all.ts`). */
export interface RuleCases {
  readonly passing: Some<Case>;
  readonly failing: Some<FailingCase>;
  /** `never`: the rule rests on nothing that can be unknown, and why. */
  readonly undecided: Some<Case> | { readonly never: string };
  readonly notApplicable: Some<Case>;
  /** What a door must show; one that does not leaves the rule open. */
  readonly needs?: Some<BlindSpot>;
  readonly mutations: Some<Mutation | Elsewhere>;
}

/** Further cases of a rule, where a narrow place needs one of its own. */
export interface MoreCases {
  readonly passing?: readonly Case[];
  readonly failing?: readonly FailingCase[];
  readonly undecided?: readonly Case[];
  readonly notApplicable?: readonly Case[];
}

/** The cases of a rule with further ones behind them. */
export const withMore = (cases: RuleCases, more: MoreCases = {}): RuleCases => ({
  ...cases,
  passing: [...cases.passing, ...(more.passing ?? [])],
  failing: [...cases.failing, ...(more.failing ?? [])],
  undecided: "never" in cases.undecided ? cases.undecided : [...cases.undecided, ...(more.undecided ?? [])],
  notApplicable: [...cases.notApplicable, ...(more.notApplicable ?? [])],
});

const isObject = (v: RawValue | undefined): v is RawObject => typeof v === "object" && v !== null && !Array.isArray(v);

function put(value: RawValue | undefined, path: readonly string[], to: RawValue | undefined): RawValue | undefined {
  const [head, ...rest] = path;
  if (head === undefined) return to;
  if (Array.isArray(value)) {
    const next = value.map((v: RawValue, i) => (String(i) === head ? (put(v, rest, to) ?? null) : v));
    return next;
  }
  const { [head]: old, ...others } = isObject(value) ? value : {};
  const made = put(old, rest, to);
  return made === undefined ? others : { ...others, [head]: made };
}

/** The resources with one input changed. Throws when nobody has that URN. */
export function mutate(resources: readonly RawResource[], { on, property, to }: Mutation): readonly RawResource[] {
  if (!resources.some((r) => r.urn === on)) throw new Error(`no resource ${on}`);
  return resources.map((r) => {
    if (r.urn !== on) return r;
    if (property === "$type") return { ...r, type: String(to) };
    if (property === "$protect") {
      return { ...r, options: { ...r.options, protect: { visible: true, value: to === true } } };
    }
    if (property === "$replaceOnChanges") {
      return { ...r, options: { ...r.options, replaceOnChanges: { visible: true, value: [] } } };
    }
    const inputs = put(r.inputs, property.split("."), to);
    return { ...r, inputs: isObject(inputs) ? inputs : {} };
  });
}
