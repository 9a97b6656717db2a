import { z } from "zod";
import { ipv4Range, sentence, shortName, whole } from "./common.ts";

/** The data platform on the clusters: sizes of its parts, what researchers may see of tables, and how they reach it. */

const size = (what: string, cpu: number, memoryGb: number) =>
  z
    .strictObject({
      cpu: whole(1, 256).default(cpu).describe(`Virtual processors. Absent: ${cpu}.`),
      memoryGb: whole(1, 2048).default(memoryGb).describe(`Memory in GB. Absent: ${memoryGb}.`),
    })
    .default({ cpu, memoryGb })
    .describe(`Size of ${what}. Absent: ${cpu} processors and ${memoryGb} GB.`);

const identifier = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/, { message: "a lower-case SQL identifier" });

const platform = z.strictObject({
  trino: z
    .strictObject({
      workers: whole(1, 200).default(2).describe("Workers of the query engine. Absent: 2."),
      worker: size("a worker", 4, 16),
      spillGb: whole(10, 10_000).default(50).describe("Volume for what a node spills, in GB. Absent: 50."),
      rowFilters: z
        .array(
          z.strictObject({
            domain: z.string().describe("Data domain."),
            table: identifier.describe("Table in it."),
            filter: z.string().min(3).max(500).describe("SQL condition that every row must meet to be seen."),
            reason: sentence.describe("Why it must be so."),
          }),
        )
        .default([])
        .describe("Rows that research spaces see. Absent: all rows of the domains they were granted."),
      columnMasks: z
        .array(
          z.strictObject({
            domain: z.string().describe("Data domain."),
            table: identifier.describe("Table in it."),
            column: identifier.describe("Column."),
            mask: z.string().min(1).max(500).describe("SQL expression that stands in the column's place."),
            reason: sentence.describe("Why it must be so."),
          }),
        )
        .default([])
        .describe("Columns that research spaces see masked. Absent: none."),
    })
    .default({ workers: 2, worker: { cpu: 4, memoryGb: 16 }, spillGb: 50, rowFilters: [], columnMasks: [] })
    .describe("Trino over the Iceberg catalog. Absent: two workers, no filter."),
  spark: z
    .strictObject({
      maxExecutors: whole(1, 200).default(4).describe("Executors that one research space may have at once. Absent: 4."),
      executor: size("an executor", 2, 8),
      spillGb: whole(1, 10_000).default(20).describe("Volume for what a driver or executor spills, in GB. Absent: 20."),
    })
    .default({ maxExecutors: 4, executor: { cpu: 2, memoryGb: 8 }, spillGb: 20 })
    .describe(
      "Spark Connect, one server a research space. Absent: four executors of 2 processors, 8 GB and 20 GB to spill.",
    ),
  space: z
    .strictObject({
      cpu: whole(1, 1024).default(16).describe("Virtual processors of all its pods. Absent: 16."),
      memoryGb: whole(4, 8192).default(64).describe("Memory of all its pods in GB. Absent: 64."),
      storageGb: whole(1, 100_000).default(200).describe("Volumes in GB. Absent: 200."),
      pods: whole(1, 500).default(30).describe("Pods. Absent: 30."),
    })
    .default({ cpu: 16, memoryGb: 64, storageGb: 200, pods: 30 })
    .describe("Quota of a research space. Absent: 16 processors, 64 GB, 200 GB of volumes, 30 pods."),
  copy: z
    .strictObject({
      linkMbps: whole(1, 100_000)
        .default(2000)
        .describe("What a copy job moves in Mbit/s, measured or bought. Absent: 2,000."),
      dailyChangePercent: z
        .number()
        .min(0)
        .max(100)
        .default(1)
        .describe("Share of a domain that changes in a day, in percent. Absent: 1."),
    })
    .default({ linkMbps: 2000, dailyChangePercent: 1 })
    .describe(
      "What the planner checks recovery points against: an RPO that the link cannot hold is an error. Absent: 2,000 Mbit/s, 1 percent a day.",
    ),
  access: z
    .strictObject({
      sites: z
        .array(
          z.strictObject({
            name: shortName(24).describe("Name of the site."),
            range: ipv4Range.describe("Private range that its researchers come from."),
          }),
        )
        .default([])
        .describe("Sites whose networks a VPN of the operator's joins to `compute`. Absent: none."),
    })
    .default({ sites: [] })
    .describe("How researchers reach their notebooks. Absent: not at all; the bastion is the only way in."),
});

export const platformSchema = {
  platform: platform
    .default({
      trino: { workers: 2, worker: { cpu: 4, memoryGb: 16 }, spillGb: 50, rowFilters: [], columnMasks: [] },
      spark: { maxExecutors: 4, executor: { cpu: 2, memoryGb: 8 }, spillGb: 20 },
      space: { cpu: 16, memoryGb: 64, storageGb: 200, pods: 30 },
      copy: { linkMbps: 2000, dailyChangePercent: 1 },
      access: { sites: [] },
    })
    .describe("The data platform on the clusters. Absent: small sizes, no filter, no access but the bastion."),
};
