import type { Settings } from "../schema.ts";
import { isHealthClass } from "../vocabulary.ts";
import { check } from "./check.ts";

/** The data platform: what it says of domains, and whether copies can keep their recovery points. */

const SECONDS_A_DAY = 86_400;
const MEGABITS_A_TERABYTE = 8e6;

/** Share of the link that copies may take: the rest is for what was missed and for restores. */
const LINK_SHARE = 0.5;

export const platformChecks = [
  check(["platform", "domains"], ({ platform, domains }) =>
    [
      ...platform.trino.rowFilters.map((rule, index) => ({ rule, path: `platform.trino.rowFilters.${index}` })),
      ...platform.trino.columnMasks.map((rule, index) => ({ rule, path: `platform.trino.columnMasks.${index}` })),
    ].map(({ rule, path }) => {
      const known = domains.filter((domain) => domain.buckets.includes("tables") && domain.dataClass !== "health-raw");
      return known.some((domain) => domain.name === rule.domain)
        ? undefined
        : {
            code: "settings.domain-unknown",
            path: `${path}.domain`,
            got: rule.domain,
            want: `a domain with tables: ${known.map((domain) => domain.name).join(", ")}`,
            fix: "correct the name: a filter on a domain that nobody queries narrows nothing",
          };
    }),
  ),

  // Copies of one region share its link for ever: what changes in a day must be through in a day, at the share that they may
  // take; a job that starts every half of its recovery point then holds it.
  check(["platform", "domains", "regions"], ({ platform, domains, regions }) =>
    regions.map((region) => {
      const { linkMbps, dailyChangePercent } = platform.copy;
      const copied = domains.filter((it) => (it.home ?? regions[0]) === region && isCopied(it));
      const changedTb = copied.reduce((sum, it) => sum + (it.sizeTb * dailyChangePercent) / 100, 0);
      const needed = Math.ceil((changedTb * MEGABITS_A_TERABYTE) / SECONDS_A_DAY / LINK_SHARE);
      return needed <= linkMbps
        ? undefined
        : {
            code: "settings.rpo-unreachable",
            path: "platform.copy.linkMbps",
            got: `${linkMbps} Mbit/s for ${changedTb.toFixed(1)} TB that change a day in ${region}: ${copied.map((it) => it.name).join(", ")}`,
            want: `${needed} Mbit/s or more`,
            fix: "set `platform.copy` to what was measured, or have a larger link: copies fall further behind every day",
          };
    }),
  ),
];

/** Health domains are copied whether the settings say so or not. */
const isCopied = (domain: Settings["domains"][number]): boolean =>
  domain.replica !== undefined || isHealthClass(domain.dataClass);
