import { contains, overlaps, parseCidr } from "../../kernel/cidr.ts";
import { check } from "./check.ts";

/** Blocks reserved for private use: RFC 1918, RFC 6598 (shared space, what Kapsule takes pods from), RFC 4193. */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"].flatMap(
  (text) => parseCidr(text) ?? [],
);

/** What each region takes of each space, as a prefix length; the planner's layout (`blueprint/address-plan.ts`) follows it. */
export const REGION_PREFIX = { ipv4: 16, pods: 16, services: 20, ipv6: 56 } as const;
const SPACES = ["ipv4", "pods", "services", "ipv6"] as const;

export const addressChecks = [
  check(["addresses"], ({ addresses }) => {
    const ranges = SPACES.flatMap((space) => {
      const range = parseCidr(addresses[space]);
      return range === undefined ? [] : [{ space, range }];
    });
    return ranges.flatMap(({ space, range }, index) =>
      ranges.slice(index + 1).map((other) =>
        overlaps(range, other.range)
          ? {
              code: "settings.range-overlap",
              path: `addresses.${other.space}`,
              got: `${other.range.text}, which overlaps ${range.text} of addresses.${space}`,
              want: "disjoint ranges",
              fix: "move one of the two",
            }
          : undefined,
      ),
    );
  }),

  check(["addresses"], ({ addresses }) =>
    SPACES.map((space) => {
      const range = parseCidr(addresses[space]);
      return range === undefined || PRIVATE.some((block) => contains(block, range))
        ? undefined
        : {
            code: "settings.range-public",
            path: `addresses.${space}`,
            got: range.text,
            want: "a range reserved for private use",
            fix:
              space === "ipv6"
                ? "draw a random /48 below fd00::/8"
                : "take it from 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10",
          };
    }),
  ),

  check(["addresses", "regions"], ({ addresses, regions }) =>
    SPACES.map((space) => {
      const range = parseCidr(addresses[space]);
      const bits = REGION_PREFIX[space] - (range?.prefix ?? 0);
      return range === undefined || (bits >= 0 && 2 ** bits >= regions.length)
        ? undefined
        : {
            code: "settings.range-exhausted",
            path: `addresses.${space}`,
            got: `${range.text} for ${regions.length} regions`,
            want: `room for a /${REGION_PREFIX[space]} a region`,
            fix: `take a range of /${REGION_PREFIX[space] - Math.ceil(Math.log2(regions.length))} or shorter`,
          };
    }),
  ),
];
