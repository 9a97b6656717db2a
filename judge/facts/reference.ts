import type { Origin } from "../../kernel/known.ts";

/**
 * A property that names another resource, as read. Which resource it is, is the estate's to say (`estate.link`): by exact
 * equality where the id is known, by the one fitting supplier where it is not.
 */
export type Ref =
  | { readonly kind: "absent"; readonly property: string }
  | { readonly kind: "id"; readonly property: string; readonly id: string; readonly suppliers: readonly string[] }
  | { readonly kind: "unknown"; readonly property: string; readonly suppliers: readonly string[] };

/** What a reference turned out to be. */
export type Link<F> =
  | { readonly kind: "absent"; readonly property: string }
  /** Found; `assumed` when only a dependency says so: derived from it, not proved equal. */
  | { readonly kind: "found"; readonly property: string; readonly fact: F; readonly assumed: boolean }
  /** A known id that no resource of this estate has. */
  | { readonly kind: "outside"; readonly property: string; readonly id: string }
  | { readonly kind: "unknown"; readonly property: string; readonly from: Origin };

/** The part of a located id after its region or zone: `fr-par-1/uuid` → `uuid`. An id without prefix is its own tail. */
export const tailOf = (id: string): string => id.slice(id.lastIndexOf("/") + 1);
