import { type RawObject, type RawValue, UNKNOWN } from "../../../judge/facts/raw.ts";
import { app, bucket, bucketUrn, encrypts, grant, key } from "../../harness/grants.ts";
import { raw, tagList, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

const READ = ["ObjectStorageObjectsRead"];
const WRITE = ["ObjectStorageObjectsWrite"];
const to = (name: string) => ({ applicationId: name });
const exporter = "scaleway:observability/exporter:Exporter";
const abroad = (made: ReturnType<typeof bucket>) => ({
  ...made,
  id: `nl-ams/${made.name}`,
  inputs: { ...made.inputs, region: "nl-ams" },
});
const source = raw(
  T.source,
  "logs",
  { region: "fr-par", projectId: "p", type: "logs", retentionDays: 365 },
  { id: "fr-par/logs" },
);
const sends = (endpoint: string | typeof UNKNOWN) =>
  raw(exporter, "out", { region: "fr-par", datasourceId: "fr-par/logs", otlpDestination: { endpoint } });
const carried = [
  app("copier"),
  bucket("b"),
  grant(to("copier"), READ),
  grant(to("copier"), WRITE, { projects: ["q"] }),
];

/** A server of health data, a snapshot of its disk, and an image of that. */
const disks = (image: RawObject, volumeId: RawValue = "fr-par-1/s") => [
  raw(
    T.server,
    "s",
    { zone: "fr-par-1", type: "DEV1-S", tags: tagList("health-pseudo", "data") },
    { id: "fr-par-1/s" },
  ),
  raw("scaleway:instance/snapshot:Snapshot", "snap", { zone: "fr-par-1", volumeId }, { id: "fr-par-1/snap" }),
  raw("scaleway:instance/image:Image", "image", { rootVolumeId: "fr-par-1/snap", ...image }),
];

export const g4: RuleCases = {
  passing: [
    { name: "an image of a server's disk beside it", on: urnOf(T.server, "s"), resources: disks({ zone: "fr-par-2" }) },
    {
      name: "a bucket with its key and its copy",
      on: bucketUrn("b"),
      property: "places",
      resources: [...carried, bucket("c", { inProject: "q" }), key("k"), encrypts("b", "k")],
    },
    { name: "telemetry that goes nowhere else", on: bucketUrn("b"), resources: [bucket("b"), source] },
    {
      name: "telemetry to a host that the law lists",
      law: { hosts: [{ host: "siem.example", reason: "watch" }] },
      on: bucketUrn("b"),
      resources: [bucket("b"), source, sends("https://siem.example/v1/logs")],
    },
  ],
  failing: [
    {
      name: "an image of a server's disk in another country",
      on: urnOf(T.server, "s"),
      property: "places",
      resources: disks({ zone: "nl-ams-1" }),
    },
    {
      name: "an application that writes what it reads to another country",
      on: bucketUrn("b"),
      property: "places",
      resources: [...carried, abroad(bucket("c", { inProject: "q" }))],
    },
    {
      name: "a copy of the copy",
      on: bucketUrn("b"),
      property: "places",
      resources: [
        ...carried,
        bucket("c", { inProject: "q" }),
        app("second"),
        grant(to("second"), READ, { projects: ["q"] }),
        grant(to("second"), WRITE, { projects: ["r"] }),
        abroad(bucket("d", { inProject: "r", dataClass: "technical" })),
      ],
    },
    {
      name: "the exported telemetry of the project of its copy",
      on: bucketUrn("b"),
      property: "places",
      resources: [
        ...carried,
        bucket("c", { inProject: "q" }),
        { ...source, inputs: { ...source.inputs, projectId: "q" } },
        sends("https://otlp.example.com"),
      ],
    },
    {
      name: "a replica elsewhere",
      on: urnOf(T.database, "d"),
      property: "places",
      resources: [
        raw(T.database, "d", { region: "fr-par", tags: tagList("health-pseudo", "data") }, { id: "fr-par/d" }),
        raw(T.replica, "r", { region: "nl-ams", instanceId: "fr-par/d" }, { id: "nl-ams/r" }),
      ],
    },
    {
      name: "a key elsewhere",
      on: bucketUrn("b"),
      property: "places",
      resources: [bucket("b"), { ...key("k"), id: "nl-ams/k" }, encrypts("b", "k")],
    },
    {
      name: "a bucket elsewhere",
      on: bucketUrn("b"),
      property: "places",
      resources: [abroad(bucket("b"))],
    },
  ],
  undecided: [
    {
      name: "an image of nobody knows which disk",
      on: urnOf(T.server, "s"),
      resources: disks({ zone: "nl-ams-1" }, UNKNOWN),
    },
    {
      name: "telemetry that goes nobody knows where",
      on: bucketUrn("b"),
      resources: [bucket("b"), source, sends(UNKNOWN)],
    },
  ],
  notApplicable: [{ name: "no health data", on: "stack", resources: [bucket("b", { dataClass: "technical" })] }],
  mutations: [
    {
      of: "telemetry to a host that the law lists",
      on: urnOf(exporter, "out"),
      property: "otlpDestination.endpoint",
      to: "https://otlp.example",
    },
  ],
};
