import { inputError } from "../../../kernel/errors.ts";
import { keepLost, lostLocalities } from "../core/lost.ts";
import type { LocalRegion } from "../core/platform.ts";
import type { Store } from "../core/store.ts";

/** Regions and zones that are lost until somebody brings them back; kept in the store, so a restart changes nothing. */
export interface Outages {
  readonly lost: () => ReadonlySet<string>;
  lose(locality: string): void;
  regain(locality: string): void;
}

export function openOutages(store: Store, regions: readonly LocalRegion[]): Outages {
  const lost = (): ReadonlySet<string> => lostLocalities(store);
  const localities = regions.flatMap(({ name, zones }) => [name, ...zones]);
  const change = (locality: string, gone: boolean): void => {
    if (!localities.includes(locality))
      throw inputError("no such region or zone", [
        {
          code: "local.unknown-locality",
          path: "LOCALITY",
          got: locality,
          want: localities.join(", "),
          fix: "name a region or zone of this local Scaleway",
        },
      ]);
    const next = new Set(lost());
    if (gone) next.add(locality);
    else next.delete(locality);
    keepLost(store, next);
  };
  return { lost, lose: (locality) => change(locality, true), regain: (locality) => change(locality, false) };
}
