import { contains, parseCidr } from "../../kernel/cidr.ts";
import type { Change } from "./change.ts";

/** Aspects of which each member is a range of addresses, or all of them. */
const RANGES: ReadonlySet<string> = new Set(["bastion admits", "control plane admits"]);
const ALL_OF_THEM = "any address";

/**
 * A range that gave way to a wider one has not closed: who came from it still comes in. Nor has one opened that is left of a wider one: who
 * comes from it came in before.
 */
export function withoutCovered(changes: readonly Change[]): readonly Change[] {
  const ranges = changes.filter((c) => RANGES.has(c.aspect));
  const isCovered = (c: Change): boolean =>
    ranges.some(
      (wider) =>
        wider.subject === c.subject &&
        wider.aspect === c.aspect &&
        isOpened(wider) !== isOpened(c) &&
        covers(wider.what, c.what),
    );
  return changes.filter((c) => !(RANGES.has(c.aspect) && isCovered(c)));
}

const isOpened = ({ after }: Change): boolean => after !== undefined;

function covers(wider: string, range: string): boolean {
  if (wider === ALL_OF_THEM) return true;
  const [outer, inner] = [parseCidr(wider), parseCidr(range)];
  return outer !== undefined && inner !== undefined && contains(outer, inner);
}
