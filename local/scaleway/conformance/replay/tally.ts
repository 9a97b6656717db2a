import { byKey } from "../../../../kernel/order.ts";
import { isRecord } from "./names.ts";
import type { Replayed } from "./replay.ts";

/** One way in which the local Scaleway answers otherwise than was recorded. */
export interface Gap {
  readonly operation: string;
  readonly kind: "status" | "missing" | "extra" | "type" | "error";
  /** Of a status: `200, not 404`; of a field: its path; of a refusal: its status. */
  readonly what: string;
  readonly times: number;
  readonly first: Replayed;
}

export interface Tally {
  readonly requests: number;
  readonly sameStatus: number;
  /** Successes of both, and those of them with the same fields and types. */
  readonly answers: number;
  readonly sameShape: number;
  /** Refusals of both, and those of them with the same body. */
  readonly refusals: number;
  readonly sameError: number;
  readonly gaps: readonly Gap[];
}

/**
 * Counts what was replayed. The platform itself changed while the recordings were made: a field that later recordings of the
 * operation no longer show is not missing, and one that any recording of the service shows is not too many.
 */
export function tally(replayed: readonly Replayed[]): Tally {
  const seen = fieldsSeen(replayed);
  const gaps = new Map<string, { gap: Omit<Gap, "times">; times: number }>();
  const note = (kind: Gap["kind"], what: string, first: Replayed): void => {
    const key = `${kind} ${first.operation} ${what}`;
    const known = gaps.get(key);
    if (known === undefined) gaps.set(key, { gap: { operation: first.operation, kind, what, first }, times: 1 });
    else known.times += 1;
  };
  const counts = { requests: replayed.length, sameStatus: 0, answers: 0, sameShape: 0, refusals: 0, sameError: 0 };
  for (const item of replayed) {
    const { recorded, ours } = item.status;
    if (recorded !== ours) note("status", `${recorded}, not ${ours}`, item);
    else counts.sameStatus += 1;
    if (recorded >= 400 && ours >= 400) {
      counts.refusals += 1;
      if (item.sameError) counts.sameError += 1;
      else note("error", String(recorded), item);
    } else if (recorded === ours) {
      counts.answers += 1;
      const real = item.shape.filter(({ kind, path }) =>
        kind === "missing" ? seen.isCurrent(item.operation, path) : kind === "type" || !seen.keys.has(keyOf(path)),
      );
      if (real.length === 0) counts.sameShape += 1;
      for (const d of real) note(d.kind, d.types === undefined ? d.path : `${d.path}: ${d.types}`, item);
    }
  }
  const sorted = [...gaps.values()].map(({ gap, times }) => ({ ...gap, times })).sort(byKey((g) => g.operation));
  return { ...counts, gaps: sorted.sort((a, b) => b.times - a.times) };
}

const keyOf = (path: string): string => path.split(".").at(-1)?.replace("[]", "") ?? path;

interface FieldsSeen {
  /** Names of fields that some recorded answer has. */
  readonly keys: ReadonlySet<string>;
  /** Whether the newest recordings of the operation still have this field where its parent is. */
  isCurrent(operation: string, path: string): boolean;
}

function fieldsSeen(replayed: readonly Replayed[]): FieldsSeen {
  const keys = new Set<string>();
  const latest = new Map<string, string>();
  const later = (key: string, day: string): void => {
    if ((latest.get(key) ?? "") < day) latest.set(key, day);
  };
  for (const { operation, day, bodies } of replayed)
    for (const path of pathsOf(parse(bodies.recorded), "")) {
      keys.add(keyOf(path));
      later(`${operation} ${path}`, day);
    }
  const parent = (path: string): string => path.split(".").slice(0, -1).join(".");
  return {
    keys,
    isCurrent: (operation, path) => {
      const withIt = latest.get(`${operation} ${path}`) ?? "";
      const sibling = parent(path) === "" ? `${operation} ` : `${operation} ${parent(path)}`;
      // Fields of one answer stand and fall together, but for a month of overlapping deployments.
      return daysBetween(withIt, latest.get(sibling) ?? withIt) < 60;
    },
  };
}

const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Every field of a value as a dotted path, the value itself as the empty one. */
function pathsOf(value: unknown, path: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => pathsOf(item, `${path}[]`));
  if (!isRecord(value)) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, path === "" ? key : `${path}.${key}`))];
}
