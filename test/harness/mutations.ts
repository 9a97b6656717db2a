import { NOTHING_KNOWN, type ProgramFacts } from "../../judge/facts/program.ts";
import type { RawEstate, RawObject, RawResource, RawValue, StepOp } from "../../judge/facts/raw.ts";
import type { Law } from "../../judge/kit/law.ts";
import { raw } from "./raw.ts";

/** A resource of the estate, by type token and logical name; the name `*` is the first of its type. */
export type Target = readonly [type: string, name: string];

/** One place of a real estate made worse, and who must be blamed for it. */
export interface EstateMutation {
  readonly name: string;
  /** The resource that is changed, and that the finding must name unless `blames` says another. */
  readonly on?: Target;
  /** New values by dotted path; `undefined` takes the property away. */
  readonly set?: Readonly<Record<string, RawValue | IdOf | undefined>>;
  /** The option `protect` taken away. */
  readonly unprotected?: true;
  /** The options `retainOnDelete` and `replaceOnChanges` as given. */
  readonly retainOnDelete?: boolean;
  readonly replaceOnChanges?: readonly string[];
  /** Depends on nothing any more. */
  readonly waits?: false;
  /** Another logical name. */
  readonly rename?: string;
  /** Region or zone that its id says, where it was made there in the first place. */
  readonly madeIn?: string;
  /** Whole resource taken away. */
  readonly drop?: true;
  /** Another type token, as a program that uses a deprecated class registers it. */
  readonly type?: string;
  /** A resource beside the others. */
  readonly add?: {
    readonly type: string;
    readonly inputs: RawObject;
    readonly id?: string;
    readonly replaceOnChanges?: readonly string[];
  };
  /** A copy of `on` beside it, with `set` applied to the copy alone. */
  readonly copy?: true;
  /** Further resources changed with it, where one alone would do no harm. */
  readonly and?: readonly {
    readonly on: Target;
    readonly set: NonNullable<EstateMutation["set"]>;
    readonly madeIn?: string;
  }[];
  /** What of the law is otherwise. */
  readonly law?: Partial<Law>;
  /** What the door shows of the program. */
  readonly program?: Partial<ProgramFacts>;
  /** What the plan would do to `on`. */
  readonly step?: StepOp;
  readonly blames?: Target | "stack";
  /** Registered without a provider instance of its own. */
  readonly noProvider?: true;
}

/** Stands for another resource's id: all of it, in a list where one is wanted, or its part behind the region. */
export interface IdOf {
  readonly idOf: Target;
  readonly as: "id" | "tail";
}
export const refTo = (idOf: Target): IdOf => ({ idOf, as: "id" });
export const tailOf = (idOf: Target): IdOf => ({ idOf, as: "tail" });
const isIdOf = (v: RawValue | IdOf | undefined): v is IdOf =>
  typeof v === "object" && v !== null && !Array.isArray(v) && "idOf" in v;

function settle(v: RawValue | IdOf | undefined, estate: RawEstate): RawValue | undefined {
  if (!isIdOf(v)) return v;
  const { id } = targetOf(estate, v.idOf);
  if (typeof id !== "string") throw new Error(`no id of ${v.idOf[1]}`);
  return v.as === "id" ? id : id.slice(id.lastIndexOf("/") + 1);
}

const isObject = (v: RawValue | undefined): v is RawObject => typeof v === "object" && v !== null && !Array.isArray(v);

function put(value: RawValue | undefined, path: readonly string[], to: RawValue | undefined): RawValue | undefined {
  const [head, ...rest] = path;
  if (head === undefined) return to;
  if (Array.isArray(value)) return value.map((v: RawValue, i) => (String(i) === head ? (put(v, rest, to) ?? null) : v));
  const { [head]: old, ...others } = isObject(value) ? value : {};
  const made = put(old, rest, to);
  return made === undefined ? others : { ...others, [head]: made };
}

function changed(properties: RawObject, set: EstateMutation["set"], estate: RawEstate): RawObject {
  return Object.entries(set ?? {}).reduce<RawObject>((so, [path, to]) => {
    const value = settle(to, estate);
    // Where a list of ids stands, one id is the list.
    const next = put(so, path.split("."), path.endsWith("Ids") && isIdOf(to) && value !== undefined ? [value] : value);
    return isObject(next) ? next : {};
  }, properties);
}

/** The resource that a target means. Throws when the estate has none: a mutation of nothing would prove nothing. */
export function targetOf(estate: RawEstate, [type, name]: Target): RawResource {
  const found = estate.resources.find((r) => r.type === type && (name === "*" || r.name === name));
  if (found === undefined) throw new Error(`no ${type} ${name} in the estate`);
  return found;
}

export const ADDED = "mutant";

/** The estate with one mutation, and the URN that must be blamed. Inputs and answers change alike, as a door would show them. */
export function mutated(estate: RawEstate, m: EstateMutation): { readonly estate: RawEstate; readonly blames: string } {
  const at = m.on === undefined ? undefined : targetOf(estate, m.on);
  const other = m.blames === undefined || m.blames === "stack" ? m.blames : targetOf(estate, m.blames).urn;
  const added = m.add === undefined ? undefined : raw(m.add.type, ADDED, m.add.inputs, extrasOf(m.add));
  const next = at === undefined || m.drop === true ? undefined : mutant(at, m, estate);
  const kept = estate.resources.filter((r) => r !== at || m.copy === true);
  const resources = [...kept, ...(next === undefined ? [] : [next]), ...(added === undefined ? [] : [added])];
  const blames = other ?? added?.urn ?? next?.urn;
  if (blames === undefined) throw new Error(`mutation "${m.name}" blames nobody`);
  const more = new Map((m.and ?? []).map(({ on, ...change }) => [targetOf(estate, on), { name: m.name, ...change }]));
  const all = resources.map((r) => {
    const change = more.get(r);
    return change === undefined ? r : mutant(r, change, estate);
  });
  const program = { ...(estate.program ?? NOTHING_KNOWN), ...m.program };
  const steps =
    m.step === undefined || at === undefined
      ? estate.steps
      : [{ urn: at.urn, type: at.type, op: m.step, replaceReasons: [] }];
  return { estate: { ...estate, resources: all, program, steps }, blames };
}

const extrasOf = ({ id, replaceOnChanges }: NonNullable<EstateMutation["add"]>) => ({
  ...(id === undefined ? {} : { id }),
  ...(replaceOnChanges === undefined ? {} : { replaceOnChanges }),
});

const optionsOf = ({ options }: RawResource, m: EstateMutation): RawResource["options"] => ({
  protect: m.unprotected === true ? { visible: true, value: false } : options.protect,
  retainOnDelete: m.retainOnDelete === undefined ? options.retainOnDelete : { visible: true, value: m.retainOnDelete },
  replaceOnChanges:
    m.replaceOnChanges === undefined ? options.replaceOnChanges : { visible: true, value: m.replaceOnChanges },
});

function mutant(at: RawResource, m: EstateMutation, estate: RawEstate): RawResource {
  const changes = { inputs: changed(at.inputs, m.set, estate), outputs: changed(at.outputs, m.set, estate) };
  const type = m.type ?? at.type;
  const name = m.copy === true ? ADDED : (m.rename ?? at.name);
  const urn = [...at.urn.split("::").slice(0, 2), at.urn.split("::")[2]?.replace(/[^$]*$/, () => type), name].join(
    "::",
  );
  const id = m.madeIn !== undefined && typeof at.id === "string" ? at.id.replace(/^[^/]*/, m.madeIn) : at.id;
  const options = optionsOf(at, m);
  const order = m.waits === false ? { dependencies: [], propertyDependencies: {} } : {};
  const provider = m.noProvider === true ? undefined : at.provider;
  return { ...at, ...changes, ...order, provider, options, id, type, name, urn };
}
