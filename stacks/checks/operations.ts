import { contains, isEverything, parseCidr } from "../../kernel/cidr.ts";
import { EXCLUDED_RANGES } from "../catalogue.ts";
import { isHealthClass } from "../vocabulary.ts";
import { check, repeated } from "./check.ts";

/** Administration and clusters. */

/** Shorter prefixes name a large part of the Internet, not the places that administrators sit in. */
const WIDEST_SOURCE_PREFIX = 16;

export const adminChecks = [
  check(["admin"], ({ admin }) =>
    admin.sources.length > 0
      ? []
      : [
          {
            code: "settings.sources-empty",
            path: "admin.sources",
            got: "[]",
            want: "at least one range",
            fix: "name the ranges of the administrators: Scaleway lets the whole world in when none is given at creation",
          },
        ],
  ),

  check(["admin"], ({ admin }) =>
    admin.sources.map((text, index) => {
      const range = parseCidr(text);
      return range === undefined || (!isEverything(range) && range.prefix >= WIDEST_SOURCE_PREFIX)
        ? undefined
        : {
            code: "settings.sources-too-wide",
            path: `admin.sources.${index}`,
            got: text,
            want: `a range of /${WIDEST_SOURCE_PREFIX} or longer`,
            fix: "name the addresses that administrators really come from",
          };
    }),
  ),

  check(["admin", "addresses"], ({ admin, addresses }) =>
    admin.sources.map((text, index) => {
      const range = parseCidr(text);
      const own = [addresses.ipv4, addresses.pods, addresses.services].flatMap((space) => parseCidr(space) ?? []);
      return range !== undefined && own.some((space) => contains(space, range))
        ? {
            code: "settings.sources-inside",
            path: `admin.sources.${index}`,
            got: text,
            want: "public addresses of administrators",
            fix: "name the ranges outside: the environment's own networks are no way in",
          }
        : undefined;
    }),
  ),

  check(["admin"], ({ admin }) =>
    (["owner", "publicKey"] as const).flatMap((field) =>
      repeated(admin.sshKeys.map((key) => key[field])).map(([index, value]) => ({
        code: "settings.ssh-key-shared",
        path: `admin.sshKeys.${index}.${field}`,
        got: value,
        want: "one key for each person, one person for each key",
        fix: "give every administrator a key of their own",
      })),
    ),
  ),
];

export const clusterChecks = [
  check(["cluster", "admin"], ({ cluster, admin }, { regions }) => {
    const types = [
      ...cluster.pools.map((pool, index) => ({ path: `cluster.pools.${index}.nodeType`, type: pool.nodeType })),
      { path: "admin.serverType", type: admin.serverType },
    ];
    return types.map(({ path, type }) => {
      const excluded = EXCLUDED_RANGES.find((range) => type.startsWith(range));
      const absent = regions.filter((region) => !region.nodeTypes.includes(type));
      if (excluded !== undefined) {
        return {
          code: "settings.node-type-excluded",
          path,
          got: type,
          want: `no type of ${EXCLUDED_RANGES.join(", ")}`,
          fix: "choose a production-optimised type (POP2): the others are outside Scaleway's health scope",
        };
      }
      return absent.length === 0
        ? undefined
        : {
            code: "settings.node-type-absent",
            path,
            got: `${type}, not in ${absent.map((region) => region.name).join(", ")}`,
            want: "a type that every region of the environment has",
            fix: `choose one of ${(absent[0]?.nodeTypes ?? []).slice(0, 6).join(", ")}…`,
          };
    });
  }),

  check(["cluster"], ({ cluster }) => [
    ...cluster.pools.map((pool, index) =>
      pool.minSize <= pool.maxSize
        ? undefined
        : {
            code: "settings.pool-size",
            path: `cluster.pools.${index}`,
            got: `minSize ${pool.minSize}, maxSize ${pool.maxSize}`,
            want: "minSize ≤ maxSize",
            fix: "raise maxSize or lower minSize",
          },
    ),
    ...repeated(cluster.pools.map((pool) => pool.name)).map(([index, name]) => ({
      code: "settings.name-repeated",
      path: `cluster.pools.${index}.name`,
      got: name,
      want: "pool names that differ",
      fix: "rename one",
    })),
  ]),

  check(["cluster", "domains"], ({ cluster, domains }) =>
    cluster.type === "kapsule" && domains.some((domain) => isHealthClass(domain.dataClass))
      ? [
          {
            code: "settings.control-plane-shared",
            path: "cluster.type",
            got: cluster.type,
            want: "kapsule-dedicated-4, -8 or -16 with health data",
            fix: "choose a dedicated control plane",
          },
        ]
      : [],
  ),
];
