import type { Known } from "../../kernel/known.ts";
import type { Base, Reading } from "./fact-base.ts";

/** Traps of the provider that one resource's own properties show. Each name stands for one rule. */
export type TrapName =
  | "dropped-false"
  | "lost-taints"
  | "default-network"
  | "additional-resources"
  | "written-rotation"
  | "backup-elsewhere"
  | "unwritten-scopes"
  | "routing-off"
  | "silent-attachment";

/** A property in which the provider does something else than a reader of the program would think. */
export interface TrapFact extends Base<"trap"> {
  readonly trap: TrapName;
  /** Whether the trap is avoided. */
  readonly avoided: Reading<boolean>;
  readonly got: Known<unknown>;
  readonly want: unknown;
}
