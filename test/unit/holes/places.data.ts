import { T } from "../../harness/types.ts";
import type { Holes } from "./hole.ts";
import { app, bucketTags, grant, net, PAR, PAR1, project, tagged, type World } from "./world.ts";

const EXPORTER = "scaleway:observability/exporter:Exporter";
const VOLUME = "scaleway:block/volume:Volume";
const SNAPSHOT = "scaleway:block/snapshot:Snapshot";
const TABLES = "domain-snds-base-tables";

/** A bucket in the Netherlands, of no class. */
function abroad(w: World, name: string): string {
  const full = `bastide-rehearsal-${name}`;
  w.add(T.bucket, name, { region: "nl-ams", name: full, projectId: w.id(project("log")), ...bucketTags("log") });
  return full;
}

function database(w: World): string {
  const privateNetwork = { pnId: w.id(net("data")) };
  return w.add(T.database, "registry-db", {
    ...PAR,
    engine: "PostgreSQL-15",
    nodeType: "DB-DEV-S",
    privateNetwork,
    projectId: w.id(project("data")),
    ...tagged("data", "health-pseudo"),
  });
}

export const PLACE_HOLES: Holes = {
  G4: [
    {
      name: "the log sink of a copy's project",
      make: (w) => {
        const source = w.add(T.source, "backup-logs", {
          ...PAR,
          projectId: w.id(project("backup")),
          type: "logs",
          retentionDays: 365,
        });
        w.add(EXPORTER, "siem", {
          ...PAR,
          projectId: w.id(project("backup")),
          datasourceId: source,
          otlpDestination: { endpoint: "https://otlp.us5.datadoghq.com" },
        });
      },
      on: [T.bucket, TABLES],
      way: [
        "identity-policy-copier.rules[1]",
        "domain-cancer-registry-backup-policy.policy",
        "backup-logs.projectId",
        "siem.otlpDestination.endpoint",
      ],
    },
    {
      name: "the log sink of a database's replica",
      make: (w) => {
        const replicaOf = database(w);
        w.add(T.replica, "reader", {
          ...PAR,
          instanceId: replicaOf,
          privateNetwork: { privateNetworkId: w.id(net("data")) },
          sameZone: false,
        });
        const source = w.add(T.source, "data-logs", {
          ...PAR,
          projectId: w.id(project("data")),
          type: "logs",
          retentionDays: 365,
        });
        w.add(EXPORTER, "siem", {
          ...PAR,
          projectId: w.id(project("data")),
          datasourceId: source,
          otlpDestination: { endpoint: "https://otlp.us5.datadoghq.com" },
        });
      },
      on: [T.replica, "reader"],
      way: ["data-logs.projectId", "siem.otlpDestination.endpoint"],
    },
    {
      name: "a snapshot of a volume, exported to another country",
      make: (w) => {
        const bucket = abroad(w, "disks");
        const volume = w.add(VOLUME, "work", { ...PAR1, iops: 5000, sizeInGb: 20, ...tagged("data", "health-pseudo") });
        const copy = w.add(SNAPSHOT, "nightly", { ...PAR1, volumeId: volume, ...tagged("backup", "health-pseudo") });
        const again = w.add(VOLUME, "again", { ...PAR1, iops: 5000, snapshotId: copy, ...tagged("data", "technical") });
        w.add(SNAPSHOT, "handed-on", {
          ...PAR1,
          volumeId: again,
          export: { bucket, key: "disk.qcow2" },
          ...tagged("log"),
        });
      },
      on: [VOLUME, "work"],
      way: ["nightly.volumeId", "again.snapshotId", "handed-on.volumeId", "handed-on.export.bucket"],
    },
    {
      name: "a snapshot of a database that is kept in another country",
      make: (w) => {
        const of = database(w);
        w.add("scaleway:databases/snapshot:Snapshot", "copy", { region: "nl-ams", instanceId: of, name: "copy" });
      },
      on: [T.database, "registry-db"],
      way: ["copy.instanceId"],
    },
    {
      name: "a copy of the copy, in another country",
      make: (w) => {
        const bucket = abroad(w, "cold");
        grant(
          w,
          "restores-abroad",
          { applicationId: w.id(app("restorer")) },
          { permissionSetNames: ["ObjectStorageObjectsWrite"], projectIds: [w.id(project("log"))] },
        );
        w.add(T.bucketPolicy, "cold-policy", {
          region: "nl-ams",
          bucket,
          policy: JSON.stringify({ Version: "2023-04-17", Statement: [] }),
        });
        w.allow("cold", [`application_id:${w.id(app("restorer"))}`], ["s3:PutObject"]);
      },
      on: [T.bucket, TABLES],
      way: [
        "identity-policy-copier.rules[1]",
        "domain-cancer-registry-backup-policy.policy",
        "identity-policy-restorer.rules[1]",
        "cold-policy.policy",
      ],
    },
    {
      name: "the audit trail's bucket in another country",
      make: (w) => {
        const bucket = abroad(w, "trail");
        w.change([T.exportJob, "observability-fr-par-export"], (before) => ({
          ...before,
          s3: { bucket, region: "nl-ams", projectId: w.id(project("log")) },
        }));
      },
      on: [T.bucket, TABLES],
      way: ["observability-fr-par-export.s3.bucket"],
    },
    {
      name: "an audit trail to a bucket that is not there",
      make: (w) =>
        w.change([T.exportJob, "observability-fr-par-export"], (before) => ({
          ...before,
          s3: { bucket: "gone", region: "fr-par" },
        })),
      on: [T.bucket, TABLES],
      way: ["observability-fr-par-export"],
      outcome: "undecided",
    },
    {
      name: "a replica abroad of a database that is not there",
      make: (w) => {
        database(w);
        w.add(T.replica, "reader", {
          region: "nl-ams",
          instanceId: "fr-par/gone",
          privateNetwork: { privateNetworkId: w.id(net("data")) },
        });
      },
      on: [T.database, "registry-db"],
      way: ["reader"],
      outcome: "undecided",
    },
  ],
  "DR-03": [
    {
      name: "a name that falls over to a name that answers from elsewhere",
      make: (w) => {
        const record = (name: string, type: string, data: string): void => {
          w.add(T.record, name, { dnsZone: "portal.bastide.example", name, type, data, ttl: 60 });
        };
        record("www", "CNAME", "standby.portal.bastide.example.");
        record("standby", "CNAME", "drp.portal.bastide.example.");
        record("drp", "CNAME", "portal.s3-website.nl-ams.scw.cloud.");
      },
      on: [T.record, "www"],
      way: ["www.data", "standby.data", "drp.data"],
    },
    {
      name: "a name that falls over to an address of a gateway elsewhere",
      make: (w) => {
        w.add(
          T.gatewayIp,
          "drp-ip",
          { zone: "nl-ams-1", projectId: w.id(project("network")), ...tagged("dmz") },
          { outputs: { address: "203.0.113.99" } },
        );
        w.add(T.record, "www", {
          dnsZone: "portal.bastide.example",
          name: "www",
          type: "CNAME",
          data: "standby.portal.bastide.example.",
        });
        w.add(T.record, "standby", {
          dnsZone: "portal.bastide.example",
          name: "standby",
          type: "A",
          data: "203.0.113.99",
        });
      },
      on: [T.record, "www"],
      way: ["www.data", "standby.data"],
    },
  ],
};
