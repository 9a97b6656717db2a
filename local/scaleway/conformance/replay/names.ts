/**
 * What the platform names anew each time (ids, addresses, keys, cipher texts): the recording's names and ours, paired where an
 * answer of both has them in the same place. A later request says the recorded name; it is sent with ours.
 */
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const WHOLE: readonly RegExp[] = [
  /^SCW[A-Z0-9]{17}$/,
  /^\d{1,3}(\.\d{1,3}){3}(\/\d+)?$/,
  /^[0-9a-f]{0,4}(:[0-9a-f]{0,4}){3,7}(\/\d+)?$/i,
  /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i,
  /^1\.\d+\.\d+$/,
];
/** Fields whose values are opaque and come back in requests. */
const OPAQUE = new Set(["ciphertext", "signature", "token", "secret_key", "page_token", "next_page_token"]);

export interface Names {
  /** Text of a request with our names in the place of the recorded ones. */
  ours(text: string): string;
  /** Pairs the names in two answers to the same request. */
  learn(recorded: unknown, ours: unknown): void;
}

export function openNames(): Names {
  const pairs = new Map<string, string>();
  const pair = (recorded: string, ours: string): void => {
    if (recorded !== ours && !pairs.has(recorded)) pairs.set(recorded, ours);
  };
  const text = (recorded: string, ours: string, field: string): void => {
    const [theirIds, ourIds] = [recorded.match(ID) ?? [], ours.match(ID) ?? []];
    if (theirIds.length > 0 && theirIds.length === ourIds.length)
      for (const [i, id] of theirIds.entries()) pair(id, ourIds[i] ?? id);
    else if (OPAQUE.has(field) || WHOLE.some((form) => form.test(recorded) && form.test(ours))) {
      pair(recorded, ours);
      // An address is asked for with its range and without.
      if (/\/\d+$/.test(recorded)) pair(recorded.replace(/\/.*/, ""), ours.replace(/\/.*/, ""));
    }
  };
  const learn = (recorded: unknown, ours: unknown, field: string): void => {
    if (typeof recorded === "string" && typeof ours === "string") text(recorded, ours, field);
    else if (Array.isArray(recorded) && Array.isArray(ours)) {
      for (const [theirs, own] of matched(recorded, ours, pairs)) learn(theirs, own, field);
    } else if (isRecord(recorded) && isRecord(ours))
      for (const [key, value] of Object.entries(recorded)) learn(value, ours[key], key);
  };
  return {
    ours: (given) => {
      let result = given;
      // Longer names first: an address within a range is no name of its own there.
      for (const [theirs, own] of [...pairs].sort(([a], [b]) => b.length - a.length)) {
        if (!result.includes(theirs)) continue;
        result = /^[0-9.]+$/.test(theirs)
          ? result.replace(new RegExp(`(?<![\\d.])${theirs.replaceAll(".", "\\.")}(?![\\d.])`, "g"), own)
          : result.replaceAll(theirs, own);
      }
      return result;
    },
    learn: (recorded, ours) => learn(recorded, ours, ""),
  };
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Fields that say which item of a list one is, beside its id. */
const scalars = (item: unknown): ReadonlyMap<string, unknown> =>
  new Map(isRecord(item) ? Object.entries(item).filter(([, value]) => typeof value !== "object") : []);

/** Of a version, what two of a kind have in common. */
const kindOf = (value: unknown): unknown =>
  typeof value === "string" && /^\d+\.\d+\.\d+$/.test(value) ? value.replace(/\.\d+$/, "") : value;

function likeness(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): number {
  let score = 0;
  for (const [key, value] of a) if (b.has(key) && kindOf(b.get(key)) === kindOf(value)) score += key === "name" ? 5 : 1;
  return score;
}

/** Items of two lists that mean the same: by an id that is known, then by what else they say, then by their place. */
export function matched(
  recorded: readonly unknown[],
  ours: readonly unknown[],
  pairs: ReadonlyMap<string, string>,
): readonly (readonly [unknown, unknown])[] {
  const left = new Map(ours.map((item) => [item, scalars(item)]));
  const idOf = (item: unknown): unknown => (isRecord(item) ? item.id : undefined);
  const byId = recorded.map((item) => {
    const id = idOf(item);
    const known = typeof id === "string" ? (pairs.get(id) ?? id) : undefined;
    const found = known === undefined ? undefined : ours.find((own) => left.has(own) && idOf(own) === known);
    if (found !== undefined) left.delete(found);
    return found;
  });
  return recorded.flatMap((item, i) => {
    const own = byId[i] ?? mostLike(scalars(item), left);
    if (own === undefined) return [];
    left.delete(own);
    return [[item, own] as const];
  });
}

function mostLike(
  wanted: ReadonlyMap<string, unknown>,
  left: ReadonlyMap<unknown, ReadonlyMap<string, unknown>>,
): unknown {
  let best: { readonly item: unknown; readonly score: number } | undefined;
  for (const [item, fields] of left) {
    const score = likeness(wanted, fields);
    if (best === undefined || score > best.score) best = { item, score };
  }
  return best?.item;
}
