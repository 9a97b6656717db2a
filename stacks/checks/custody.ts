import { addDays, daysBetween } from "../dates.ts";
import { DEFAULT_QUOTAS } from "../quotas.data.ts";
import { isHealthClass } from "../vocabulary.ts";
import { check } from "./check.ts";

/** Keys, credentials, logs and locks, and the quotas that were granted. */

export const keyChecks = [
  check(["keys", "domains"], ({ keys, domains }) => {
    const health = domains.filter((domain) => isHealthClass(domain.dataClass)).map((domain) => domain.name);
    return keys.custody === "software" && health.length > 0
      ? [
          {
            code: "settings.custody-software",
            path: "keys.custody",
            got: `software, with the health domains ${health.join(", ")}`,
            want: "hsm or external",
            fix: "choose `hsm`, or `external` and import key material",
          },
        ]
      : [];
  }),

  check(["keys"], ({ keys }, { regions }) =>
    regions.map((region) =>
      keys.custody === "hsm" && region.hsmKeys === "no"
        ? {
            code: "settings.hsm-absent",
            path: "keys.custody",
            got: `hsm, and ${region.name} has no HSM-backed keys`,
            want: "a region with HSM-backed keys, or another custody",
            fix: "choose another region, or `external` with imported key material; `software` without health data",
          }
        : undefined,
    ),
  ),

  check(["credentials"], ({ credentials: { everyDays, lifetimeDays, origin, asOf } }, { today }) => [
    lifetimeDays < 2 * everyDays
      ? {
          code: "settings.credentials-gap",
          path: "credentials.lifetimeDays",
          got: `${lifetimeDays} days, rotated every ${everyDays}`,
          want: `at least ${2 * everyDays} days`,
          fix: "rotate more often, or let keys live longer: each slot is replaced at every second rotation",
        }
      : undefined,
    origin > today
      ? {
          code: "settings.credentials-future",
          path: "credentials.origin",
          got: origin,
          want: `${today} or earlier`,
          fix: "name a day that has come: a key made for the future would live too long",
        }
      : undefined,
    asOf !== undefined && (asOf > today || asOf < origin)
      ? {
          code: "settings.credentials-future",
          path: "credentials.asOf",
          got: asOf,
          want: `a day from ${origin} to ${today}`,
          fix: "set the day on which the keys are rotated",
        }
      : undefined,
    asOf !== undefined && asOf <= today && daysBetween(asOf, today) >= everyDays
      ? {
          code: "settings.credentials-overdue",
          path: "credentials.asOf",
          got: `${asOf}, ${daysBetween(asOf, today)} days ago`,
          want: `less than ${everyDays} days before ${today}`,
          fix: "set it to today, so that the older key of each pair is replaced",
        }
      : undefined,
  ]),
];

export const logChecks = [
  check(["logs", "synthetic"], ({ logs, synthetic }, { today }) => [
    logs.consent.until < addDays(today, logs.lockDays)
      ? {
          code: "settings.consent-too-short",
          path: "logs.consent.until",
          got: logs.consent.until,
          want: `${addDays(today, logs.lockDays)} or later`,
          fix: `a log written today is locked for ${logs.lockDays} days: have the consent extended, or shorten the lock of a trial`,
        }
      : undefined,
    logs.lockDays > logs.retentionDays
      ? {
          code: "settings.lock-beyond-retention",
          path: "logs.lockDays",
          got: `${logs.lockDays} days, kept for ${logs.retentionDays}`,
          want: "a lock no longer than the retention",
          fix: "shorten the lock: what must be deleted could not be",
        }
      : undefined,
    !synthetic && logs.lockDays < logs.retentionDays
      ? {
          code: "settings.lock-short",
          path: "logs.lockDays",
          got: `${logs.lockDays} days, kept for ${logs.retentionDays}`,
          want: "a lock as long as the retention; shorter ones are for synthetic environments",
          fix: `set it to ${logs.retentionDays}`,
        }
      : undefined,
  ]),

  check(["locks", "synthetic"], ({ locks, synthetic }) =>
    synthetic && locks.mode === "COMPLIANCE"
      ? [
          {
            code: "settings.lock-trial",
            path: "locks.mode",
            got: "COMPLIANCE in a synthetic environment",
            want: "GOVERNANCE",
            fix: "keep trial data removable",
          },
        ]
      : [],
  ),

  check(["quotas"], ({ quotas }) =>
    Object.keys(quotas).map((name) =>
      name in DEFAULT_QUOTAS
        ? undefined
        : {
            code: "settings.quota-unknown",
            path: `quotas.${name}`,
            got: name,
            want: `one of ${Object.keys(DEFAULT_QUOTAS).join(", ")}`,
            fix: "correct the name",
          },
    ),
  ),
];
