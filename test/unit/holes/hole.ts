import type { RuleId } from "../../../policy-packs/bastide/rules/ids.ts";
import type { Target } from "../../harness/mutations.ts";
import type { World } from "./world.ts";

/** A hole that no resource shows by itself. */
export interface Hole {
  readonly name: string;
  readonly make: (w: World) => void;
  /** Whom the finding must name. */
  readonly on: Target;
  /** What opened each hop, in order: logical name and property of a resource. */
  readonly way: readonly string[];
  /** Absent: it must be refused outright. */
  readonly outcome?: "undecided";
}

/** By the check that must find it. */
export type Holes = Partial<Readonly<Record<RuleId, readonly Hole[]>>>;

/** What looks like a hole and is none: no check of the whole graph may say a word. */
export interface Sound {
  readonly name: string;
  readonly make: (w: World) => void;
  /** Every other rule is content as well. */
  readonly passes: boolean;
}
