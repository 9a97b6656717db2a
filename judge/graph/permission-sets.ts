import { type Power, PRODUCTS, SPANNING } from "./permission-sets.data.ts";

const NOTHING: readonly Power[] = [];

/** The powers over data that a permission set gives; an unknown set of a known product gives all of its product. */
export function powersOf(set: string): readonly Power[] {
  if (Object.hasOwn(SPANNING, set)) return SPANNING[set] ?? NOTHING;
  if (set.startsWith("AllProducts")) return SPANNING.AllProductsFullAccess ?? NOTHING;
  const product = Object.keys(PRODUCTS).find((name) => set.startsWith(name));
  if (product === undefined) return NOTHING;
  const rest = set.slice(product.length);
  const row = PRODUCTS[product];
  if (row === undefined) return NOTHING;
  return Object.hasOwn(row.sets, rest) ? (row.sets[rest] ?? NOTHING) : row.all;
}
