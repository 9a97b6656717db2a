import { PURPOSE_LABEL } from "../../stacks/transfer.ts";
import type { PlannedDomain } from "../context.ts";
import { isRaw } from "../context.ts";
import type { ObjectSpec, PartSpec } from "../model/platform.ts";
import type { PrincipalName } from "../principals.ts";
import { domainBucketKey } from "../storage.ts";
import type { PlatformContext } from "./context.ts";
import { proxyEnvironment } from "./egress-proxy.ts";
import { configMap, cronJob } from "./kinds.ts";
import { namespaceObjects } from "./namespace.ts";
import { USES_PROXY } from "./network-policy.ts";
import { type PartScope, PULL_SECRET } from "./object.ts";
import { rclone, rcloneVolume, remotesOf, underKeys } from "./rclone.ts";
import { deliveredHere } from "./secret-sync.ts";
import { credentialsOf, customerKeysOf, fetchSecrets, secretMounts, secretVolumes } from "./secrets.ts";

const NAMESPACE = "copy";

/**
 * Replication: Scaleway has none between buckets, so each domain whose home is this region is copied by a job, often enough for
 * its recovery point. A copy never deletes; it writes a manifest of names and SHA-256 sums beside the objects (ETags of SSE-C
 * objects are no checksums), and a second job compares the copy with it. Directly identifying data are copied by an identity and a job of their own,
 * outside the platform (its cluster never sees them).
 */
export function planCopyJobs(context: PlatformContext): PartSpec {
  const scope = context.scope("copy", NAMESPACE, { tier: "backup", dataClass: context.plan.computeClass });
  const domains = context.plan.domains.filter(
    (domain) => domain.home === context.region && domain.replica !== undefined && !isRaw(domain.dataClass),
  );
  return context.part(
    "CopyJob",
    "copy",
    [
      ...namespaceObjects(context, scope, { cpu: 8, memoryGb: 32, storageGb: 1, pods: 10 + 2 * domains.length }),
      ...deliveredHere(context, scope, [credentialsOf("copier"), PULL_SECRET]),
      ...domains.flatMap((domain) => copyOf(context, scope, domain)),
    ],
    ["egress-proxy", "secret-sync"],
  );
}

function copyOf(context: PlatformContext, scope: PartScope, domain: PlannedDomain): readonly ObjectSpec[] {
  const { replica } = domain;
  if (replica === undefined) return [];
  const inScope = { ...scope, tags: { ...scope.tags, "data-class": domain.dataClass, owner: domain.owner } };
  const name = `copy-${domain.name}`;
  const target = context.plan.name(domainBucketKey(domain.name, "backup"));
  const sources = domain.uses.map((use) => ({ use, bucket: context.plan.name(domainBucketKey(domain.name, use)) }));
  const annotations = {
    "bastide.dev/from": sources.map(({ bucket }) => `${domain.home.name}/${bucket}`).join(","),
    "bastide.dev/to": `${replica.region.name}/${target}`,
    "bastide.dev/rpo-minutes": String(replica.rpoMinutes),
    "bastide.dev/manifest": `${target}/manifests/`,
    "bastide.dev/owner": domain.owner,
  };
  // Both sides under the same customer key; it is in Secret Manager of both regions.
  const keys = customerKeysOf(context, [domain]);
  const job = (
    suffix: "" | "-compare",
    who: PrincipalName,
    script: readonly string[],
    notes: Readonly<Record<string, string>> = {},
  ) => ({
    name: `${name}${suffix}`,
    deadline: replica.rpoMinutes * 60,
    annotations: { ...annotations, ...notes },
    labels: { [PURPOSE_LABEL]: suffix === "" ? "replication" : "comparison" },
    pod: {
      labels: USES_PROXY,
      initContainers: [fetchSecrets(context, keys, proxyEnvironment)],
      containers: [
        rclone(context, [...underKeys(keys), ...script], { cpu: "500m", memory: "2Gi", mounts: secretMounts }),
      ],
      volumes: [rcloneVolume, ...secretVolumes(who)],
    },
  });
  return [
    ...(domain === firstCopied(context)
      ? [configMap(scope, "rclone", { "rclone.conf": remotesOf(context.plan.regions) })]
      : []),
    ...cronJob(
      inScope,
      everyMinutes(replica.rpoMinutes / 2),
      job(
        "",
        "copier",
        sources.flatMap(({ use, bucket }) => [
          `rclone copy --transfers=16 ${domain.home.name}:${bucket} ${replica.region.name}:${target}/${use}`,
          `rclone hashsum sha256 --download ${domain.home.name}:${bucket} > /tmp/${use}.sha256`,
          `rclone copyto /tmp/${use}.sha256 ${replica.region.name}:${target}/manifests/${use}.sha256`,
        ]),
      ),
    ),
    ...cronJob(
      inScope,
      "17 3 * * *",
      // Who writes copies can't read them: the comparison signs as the restorer, whose key a person puts here (decision 0011).
      job(
        "-compare",
        "restorer",
        sources.flatMap(({ use }) => [
          `rclone copyto ${replica.region.name}:${target}/manifests/${use}.sha256 /tmp/${use}.sha256`,
          `rclone checksum sha256 --download /tmp/${use}.sha256 ${replica.region.name}:${target}/${use}`,
        ]),
        { "bastide.dev/restores": target },
      ),
    ),
  ];
}

const firstCopied = (context: PlatformContext): PlannedDomain | undefined =>
  context.plan.domains.find((it) => it.home === context.region && it.replica !== undefined && !isRaw(it.dataClass));

/** A cron schedule at least as dense as `minutes`: the largest step that divides an hour or a day. */
export function everyMinutes(minutes: number): string {
  const inHour = [30, 20, 15, 12, 10, 6, 5].find((step) => step <= minutes);
  if (minutes < 60) return `*/${inHour ?? 5} * * * *`;
  const hours = [24, 12, 8, 6, 4, 3, 2, 1].find((step) => step * 60 <= minutes) ?? 1;
  return hours === 24 ? "7 1 * * *" : `7 */${hours} * * *`;
}
