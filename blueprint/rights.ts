import { sortedUnique } from "../kernel/order.ts";
import type { Ability, GrantedBucket } from "./access.ts";
import type { ProjectKey } from "./model/common.ts";
import type { PolicyRuleSpec } from "./model/identity.ts";
import type { PrincipalName } from "./principals.ts";

/**
 * The IAM half of the access table: what a principal needs in each project for the buckets that name it, and the keys, one
 * by one, that those buckets are encrypted under. Scaleway narrows rights to single keys but not to single buckets: there
 * the bucket's policy narrows them.
 */
const OBJECT_SETS: Readonly<Record<Ability, readonly string[]>> = {
  read: ["ObjectStorageBucketsRead", "ObjectStorageObjectsRead"],
  append: ["ObjectStorageBucketsRead", "ObjectStorageObjectsWrite"],
  edit: [
    "ObjectStorageBucketsRead",
    "ObjectStorageObjectsDelete",
    "ObjectStorageObjectsRead",
    "ObjectStorageObjectsWrite",
  ],
};

const KEY_SETS: Readonly<Record<Ability, readonly string[]>> = {
  read: ["KeyManagerKeyDecrypt"],
  append: ["KeyManagerKeyEncrypt"],
  edit: ["KeyManagerKeyDecrypt", "KeyManagerKeyEncrypt"],
};

/** Rules of a principal, from the buckets whose grants name it. */
export function bucketRules(principal: PrincipalName, buckets: readonly GrantedBucket[]): readonly PolicyRuleSpec[] {
  const uses = buckets.flatMap(({ bucket, grants }) =>
    grants.filter((grant) => grant.principal === principal).map((grant) => ({ bucket, can: grant.can })),
  );
  const projects = [...new Set(uses.map(({ bucket }) => bucket.project))];
  return projects.flatMap((project): readonly PolicyRuleSpec[] => {
    const here = uses.filter(({ bucket }) => bucket.project === project);
    const keySets = sortedUnique(here.flatMap(({ can }) => KEY_SETS[can]));
    return [
      objectRule(project, sortedUnique(here.flatMap(({ can }) => OBJECT_SETS[can]))),
      ...keySets.map((set) => ({
        permissionSets: [set],
        projects: [project],
        onlyKeys: sortedUnique(
          here.filter(({ can }) => KEY_SETS[can].includes(set)).map(({ bucket }) => bucket.encryption.key),
        ),
      })),
    ];
  });
}

const objectRule = (project: ProjectKey, permissionSets: readonly string[]): PolicyRuleSpec => ({
  permissionSets,
  projects: [project],
});
