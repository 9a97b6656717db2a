import { UNKNOWN } from "../../../judge/facts/raw.ts";
import { raw, tagMap, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

const bucket = urnOf(T.bucket, "b");
const versioning = { versioning: { enabled: true } };
const lock = (mode = "GOVERNANCE", name = "b") =>
  raw(T.bucketLock, "l", { bucket: name, rule: { defaultRetention: { mode, days: 30 } } });
const backup = raw(T.bucket, "b", { name: "b", objectLockEnabled: true, tags: tagMap("health-pseudo", "backup") });

export const dr04: RuleCases = {
  passing: [
    {
      name: "a health bucket with versions",
      resources: [raw(T.bucket, "b", { name: "b", ...versioning, tags: tagMap("health-pseudo") })],
      on: bucket,
      property: "versioning.enabled",
    },
    { name: "a locked backup", resources: [backup, lock()], on: bucket, property: "rule.defaultRetention.days" },
  ],
  failing: [
    {
      name: "a health bucket without versions",
      resources: [raw(T.bucket, "b", { name: "b", tags: tagMap("health-pseudo") })],
      on: bucket,
      property: "versioning.enabled",
      got: null,
    },
    {
      name: "a locked backup whose versions are off",
      resources: [
        raw(T.bucket, "b", {
          name: "b",
          objectLockEnabled: true,
          versioning: { enabled: false },
          tags: tagMap("health-pseudo", "backup"),
        }),
        lock(),
      ],
      on: bucket,
      property: "versioning.enabled",
      got: false,
    },
    { name: "a backup without lock", resources: [backup], on: bucket, property: "lock", got: "none" },
    {
      name: "a backup that can't be locked",
      resources: [raw(T.bucket, "b", { name: "b", ...versioning, tags: tagMap("technical", "backup") }), lock()],
      on: bucket,
      property: "objectLockEnabled",
      got: false,
    },
    {
      name: "a mode that does not exist",
      resources: [backup, lock("STRICT")],
      on: bucket,
      property: "rule.defaultRetention.mode",
      got: "STRICT",
    },
  ],
  undecided: [
    {
      name: "versions that are not known",
      resources: [raw(T.bucket, "b", { name: "b", versioning: UNKNOWN, tags: tagMap("health-pseudo") })],
      on: bucket,
    },
    {
      name: "a lock that could be another's",
      resources: [
        backup,
        raw(T.bucketLock, "l", { bucket: UNKNOWN, rule: { defaultRetention: { mode: "GOVERNANCE" } } }),
      ],
      on: bucket,
    },
    { name: "a class that is not known", resources: [raw(T.bucket, "b", { name: "b", tags: UNKNOWN })], on: bucket },
  ],
  notApplicable: [
    { name: "a technical bucket", resources: [raw(T.bucket, "b", { name: "b", tags: tagMap() })], on: bucket },
  ],
  mutations: [
    { of: "a health bucket with versions", on: bucket, property: "versioning.enabled", to: false },
    { of: "a locked backup", on: urnOf(T.bucketLock, "l"), property: "bucket", to: "other" },
    { of: "a locked backup", on: bucket, property: "objectLockEnabled", to: undefined },
  ],
};
