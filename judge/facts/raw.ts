import type { ProgramFacts } from "./program.ts";

/**
 * The canonical raw resource: what every door (offline gate, engine preview, state export, preview file, local Scaleway)
 * is brought to before anything is judged. Doors see different shapes; rules never know which door it was.
 */
export type Door = "gate" | "policy-pack" | "state" | "preview-file" | "local";

/** Marks a value that is not known yet. One instance, compared by identity. */
export const UNKNOWN: unique symbol = Symbol("unknown");
/** Marks a value that is known but secret: its content is never read. */
export const SECRET: unique symbol = Symbol("secret");

export type RawValue =
  | string
  | number
  | boolean
  | null
  | typeof UNKNOWN
  | typeof SECRET
  | readonly RawValue[]
  | RawObject;

export interface RawObject {
  readonly [property: string]: RawValue;
}

/** A fact that this door shows, or does not. */
export type Visible<T> = { readonly visible: true; readonly value: T } | { readonly visible: false };

export interface RawResource {
  readonly urn: string;
  /** Type token as registered, before aliases are mapped. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  readonly custom: boolean;
  readonly parent: string | undefined;
  /** URN of the explicit or default provider; undefined for components and where the door does not say. */
  readonly provider: string | undefined;
  /** Provider-assigned id; in the offline gate a unique opaque id; UNKNOWN before creation. */
  readonly id: string | typeof UNKNOWN;
  /** As written by the program, without provider defaults. */
  readonly inputs: RawObject;
  /** Known outputs; UNKNOWN leaves where the provider will supply them. */
  readonly outputs: RawObject;
  /** URNs behind each top-level input property. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly dependencies: readonly string[];
  readonly options: RawOptions;
  /** Read, not made, by the program. Absent: made, or the door does not say. */
  readonly external?: true;
  /** Taken over from outside under this id. */
  readonly importedId?: string;
  /**
   * The state of its stack was refreshed since the program last ran: among the inputs stands what was read, no longer what was
   * written. Names the inputs that were registered and of which nothing was read back. Absent: the inputs are the program's.
   */
  readonly overwritten?: readonly string[];
  /** Source line of the construct, where the door shows it. */
  readonly source?: { readonly file: string; readonly line: number };
}

export interface RawOptions {
  readonly protect: Visible<boolean>;
  readonly retainOnDelete: Visible<boolean>;
  readonly replaceOnChanges: Visible<readonly string[]>;
}

/** What the plan does to a resource; only preview files and the wrapper's preview show it. */
export type StepOp = "create" | "update" | "replace" | "delete" | "same" | "read" | "import";

export interface RawStep {
  readonly urn: string;
  readonly type: string;
  readonly op: StepOp;
  /** Properties that force a replacement. */
  readonly replaceReasons: readonly string[];
  /** Digests of the inputs before and after the step, `null` on the side where there is no resource. */
  readonly inputs?: { readonly before: string | null; readonly after: string | null };
}

/** Something a door cannot show, e.g. `deletes`, `other-stacks`, `retainOnDelete`. */
export type BlindSpot = string;

export interface RawEstate {
  readonly door: Door;
  /** Names what was judged: stack names or file names, never a path of the machine. */
  readonly subject: string;
  readonly resources: readonly RawResource[];
  readonly steps: readonly RawStep[] | undefined;
  readonly notSeen: readonly BlindSpot[];
  /** What the door shows of the program itself. Absent: nothing. */
  readonly program?: ProgramFacts;
}
