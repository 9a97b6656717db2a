import { sortedUnique } from "../kernel/order.ts";
import { type Grant, type GrantedBucket, grantsOn, statementsFor } from "./access.ts";
import { planBucket } from "./bucket.ts";
import { isRaw, type PlanContext, type PlannedDomain } from "./context.ts";
import { backupProject, backupPurpose, dataProject, dataPurpose, keyKey } from "./keys.ts";
import type { Key } from "./model/common.ts";
import type { BucketSpec, CustomerEncryptionSpec, DataDomainSpec, ReplicaSpec } from "./model/storage.ts";
import { keyOf } from "./naming.ts";
import { applicationKey, applicationRef } from "./principals.ts";
import { customerSecretKey } from "./secrets.ts";

/** The data domains: buckets at home, one replica bucket for all of them elsewhere, and who encrypts before Scaleway does. */
export interface PlannedStorage {
  readonly dataDomains: readonly DataDomainSpec[];
  /** Every bucket with its grants, for the IAM half. */
  readonly granted: readonly GrantedBucket[];
}

export function planStorage(context: PlanContext): PlannedStorage {
  const planned = context.domains.map((domain) => planDomain(context, domain));
  return {
    dataDomains: planned.map(({ spec }) => spec),
    granted: planned.flatMap(({ granted }) => granted),
  };
}

export const domainBucketKey = (domain: string, use: string): Key => keyOf("domain", domain, use);

function planDomain(context: PlanContext, domain: PlannedDomain) {
  const raw = isRaw(domain.dataClass);
  const granted = domain.uses.map((use): GrantedBucket => {
    const grants = grantsOn({ use, raw, copied: domain.replica !== undefined });
    const bucket = planBucket(context, {
      key: domainBucketKey(domain.name, use),
      use,
      region: domain.home.name,
      project: dataProject(domain),
      encryptionKey: keyKey(domain.home.name, dataPurpose(domain.name)),
      statements: statementsFor(grants),
      dataClass: domain.dataClass,
      owner: domain.owner,
      extra: {
        domain: domain.name,
        "retention-days": String(domain.retentionDays),
        ...encryptionTags(domain, grants),
      },
    });
    return { bucket, grants };
  });
  const replica = planReplica(context, domain, granted);
  const encryption = customerEncryption(domain, granted);
  const spec: DataDomainSpec = {
    key: keyOf("domain", domain.name),
    domain: domain.name,
    dataClass: domain.dataClass,
    owner: domain.owner,
    retentionDays: domain.retentionDays,
    home: domain.home.name,
    buckets: granted.map(({ bucket }) => bucket),
    ...(replica === undefined ? {} : { replica: replica.spec }),
    ...(encryption === undefined ? {} : { customerEncryption: encryption }),
  };
  return { spec, granted: [...granted, ...(replica === undefined ? [] : [replica.granted])] };
}

/** One bucket in another failure domain, project and under another key; every source is copied under its own prefix. */
function planReplica(
  context: PlanContext,
  domain: PlannedDomain,
  sources: readonly GrantedBucket[],
): { readonly spec: ReplicaSpec; readonly granted: GrantedBucket } | undefined {
  if (domain.replica === undefined) return undefined;
  const { region, rpoMinutes, rtoMinutes } = domain.replica;
  const raw = isRaw(domain.dataClass);
  const grants = grantsOn({ use: "backup", raw, copied: false });
  const bucket: BucketSpec = planBucket(context, {
    key: domainBucketKey(domain.name, "backup"),
    use: "backup",
    region: region.name,
    project: backupProject(domain),
    encryptionKey: keyKey(region.name, backupPurpose(domain.name)),
    statements: statementsFor(grants),
    dataClass: domain.dataClass,
    owner: domain.owner,
    extra: {
      domain: domain.name,
      "rpo-minutes": String(rpoMinutes),
      "rto-minutes": String(rtoMinutes),
      // What is copied is encrypted already, by whoever wrote the sources.
      ...encryptionTags(
        domain,
        sources.flatMap((source) => source.grants),
      ),
    },
  });
  return {
    spec: {
      bucket,
      sources: sources.map((source) => source.bucket.key),
      copyIdentity: applicationKey(raw ? "copier-raw" : "copier"),
      rpoMinutes,
      rtoMinutes,
    },
    granted: { bucket, grants },
  };
}

/** How the bucket's objects are encrypted before they come, and by which applications, for whoever looks at the bucket alone. */
function encryptionTags(domain: PlannedDomain, grants: readonly Grant[]): Readonly<Record<string, string>> {
  if (domain.customerEncryption === undefined) return {};
  const writers = sortedUnique(grants.filter(writes).map((grant) => applicationKey(grant.principal)));
  return { "customer-encryption": domain.customerEncryption, "encrypted-by": writers.join(" ") };
}

/** Whoever can write encrypts; the copier moves what is encrypted already. */
function customerEncryption(
  domain: PlannedDomain,
  granted: readonly GrantedBucket[],
): CustomerEncryptionSpec | undefined {
  if (domain.customerEncryption === undefined) return undefined;
  const writers = new Set(granted.flatMap(({ grants }) => grants.filter(writes).map((grant) => grant.principal)));
  return {
    mode: domain.customerEncryption,
    writers: [...writers].map((name) => applicationRef(applicationKey(name))),
    secret: customerSecretKey(domain.home.name, domain.name),
  };
}

const writes = (grant: Grant): boolean => grant.can !== "read";
