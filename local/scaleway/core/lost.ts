import type { Store } from "./store.ts";

/** Regions and zones that are lost until somebody brings them back; kept in the store, so a restart changes nothing. */
const LOST = "outages.lost";

export const lostLocalities = ({ meta }: Pick<Store, "meta">): ReadonlySet<string> =>
  new Set((meta.get(LOST) ?? "").split(",").filter((name) => name !== ""));

export const keepLost = ({ meta }: Pick<Store, "meta">, lost: ReadonlySet<string>): void =>
  meta.set(LOST, [...lost].sort().join(","));
