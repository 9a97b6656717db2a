import { OTHER_PRODUCTS, OTHER_SETS, type Power, PRODUCTS, SPANNING } from "./permission-sets.data.ts";

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

const PUBLISHED: ReadonlySet<string> = new Set([
  ...OTHER_SETS,
  ...Object.keys(SPANNING),
  ...OTHER_PRODUCTS.flatMap((product) => [`${product}FullAccess`, `${product}ReadOnly`]),
  ...Object.entries(PRODUCTS).flatMap(([product, { sets }]) => [
    `${product}FullAccess`,
    ...Object.keys(sets).map((set) => `${product}${set}`),
  ]),
]);

/** Whether it is known what a set grants. One that is new, or of a beta, may grant anything. */
export const isPublished = (set: string): boolean => PUBLISHED.has(set);
