import type { WireRequest, WireResponse } from "./wire.ts";

/**
 * The slot for faults on demand: asked for each request to an emulated host before its service is. A plan of faults (which
 * call, how often, how) stands in `../faults/`; this says only what can be done to one exchange.
 */
export type Fault =
  /** Answered in the service's place: 429, 5xx. With `after`, once the service has done the work. */
  | { readonly kind: "answer"; readonly after: boolean; readonly response: WireResponse }
  /** The connection ends without an answer, after `ms` of real time if given; with `after`, once the work is done. */
  | { readonly kind: "reset"; readonly after: boolean; readonly ms?: number }
  /** The answer comes late, in milliseconds of real time. */
  | { readonly kind: "slow"; readonly ms: number }
  /** The answer promises its whole length and ends after this many bytes. */
  | { readonly kind: "truncate"; readonly bytes: number };

/** Undefined: the exchange goes on undisturbed. */
export type Faults = (request: WireRequest) => Fault | undefined;

export const NO_FAULTS: Faults = () => undefined;
