import type { PartSpec } from "../model/platform.ts";
import { domainBucketKey } from "../storage.ts";
import type { PlatformContext } from "./context.ts";
import { configMap, deployment, service } from "./kinds.ts";
import { namespaceObjects } from "./namespace.ts";
import { allowFromRanges, USES_PROXY } from "./network-policy.ts";
import { PULL_SECRET } from "./object.ts";
import { rclone, rcloneVolume, remote } from "./rclone.ts";
import { deliveredHere } from "./secret-sync.ts";
import { credentialsOf } from "./secrets.ts";
import { httpProbe } from "./workload.ts";

const NAMESPACE = "airlock";
const PORT = 8443;

/**
 * The way out for results: a space's gateway writes to the export bucket and can't read it; this service alone reads it, for
 * reviewers who come from the admin network and are others than those who wrote. What it hands out is logged by the
 * object storage's and its own access log. It serves files read-only and writes nothing.
 */
export function planAirlock(context: PlatformContext): PartSpec {
  const scope = context.scope("airlock", NAMESPACE, { tier: "export", dataClass: context.plan.computeClass });
  const bucket = context.plan.name(domainBucketKey("workspaces", "export"));
  const admin = context.plan.addresses.region(context.region.name).networks.admin.ipv4.text;
  return context.part(
    "ExportAirlock",
    "airlock",
    [
      ...namespaceObjects(context, scope, { cpu: 2, memoryGb: 4, storageGb: 1, pods: 5 }),
      ...deliveredHere(context, scope, [credentialsOf("airlock"), PULL_SECRET]),
      configMap(scope, "rclone", {
        "rclone.conf": remote("export", context.plan.home.name),
      }),
      ...deployment(scope, 1, {
        name: "airlock",
        labels: USES_PROXY,
        containers: [
          rclone(
            context,
            [
              `exec rclone serve http export:${bucket} --read-only --addr=:${PORT} --vfs-cache-mode=off --log-level=INFO`,
            ],
            {
              ports: { http: PORT },
              cpu: "100m",
              memory: "512Mi",
              ready: httpProbe("http", "/"),
              live: httpProbe("http", "/", 30),
            },
          ),
        ],
        volumes: [
          rcloneVolume,
          { name: "credentials", secret: { secretName: credentialsOf("airlock"), defaultMode: 0o440 } },
        ],
      }),
      service(scope, "airlock", { http: PORT }),
      allowFromRanges(scope, "allow-reviewers", "airlock", [admin], [PORT]),
    ],
    ["egress-proxy", "secret-sync"],
  );
}
