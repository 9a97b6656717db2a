import { z } from "zod";
import { DATA_CLASSES, PHASES, TIERS } from "../vocabulary.ts";
import { isoDate, ownerName, regionName, sentence, shortName, whole } from "./common.ts";

/** What the environment holds, who may work on it, and which connections it needs beyond the built-in ones. */

const replica = z.strictObject({
  rpoMinutes: whole(15, 10_080)
    .default(1440)
    .describe("Recovery point objective in minutes: how old the copy may be. Absent: one day."),
  rtoMinutes: whole(15, 10_080).default(1440).describe("Recovery time objective in minutes. Absent: one day."),
});

const domain = z.strictObject({
  name: shortName(16).describe("Name of the domain; part of logical names, never changes."),
  dataClass: z.enum(DATA_CLASSES).describe("Class of what it holds; the profile must allow it."),
  owner: ownerName.describe("Who answers for the data."),
  sizeTb: z.number().positive().max(100_000).describe("Expected size in terabytes."),
  retentionDays: whole(1, 36_500).describe("Days that the data may be kept."),
  home: regionName.optional().describe("Region of the original. Absent: the first region."),
  buckets: z
    .array(z.enum(["landing", "tables", "artifacts"]))
    .min(1)
    .describe("Buckets of the domain: landing is locked, tables (whose formats rewrite files) and artifacts are not."),
  customerEncryption: z
    .enum(["client-side", "sse-c"])
    .optional()
    .describe(
      "Encryption under a key of the customer's: `sse-c` sends it with each request, `client-side` never sends it. Absent: client-side for health-raw, sse-c for other health classes, none for others.",
    ),
  replica: replica
    .optional()
    .describe(
      "Objectives of the copy in the other region. Absent: health classes are copied daily, others are not copied.",
    ),
});

const workspace = z.strictObject({
  name: shortName(24).describe("Name of the space; becomes a namespace and a prefix."),
  permit: z
    .string()
    .regex(/^[A-Z0-9][A-Z0-9-]{3,23}$/, { message: "a permit number such as DR-2026-0042" })
    .describe("Data permit it stands for; one space a permit."),
  owner: ownerName.describe("Who answers for the project."),
  domains: z.array(z.string()).min(1).describe("Data domains that it may query; pseudonymised or derived ones only."),
  until: isoDate.describe(
    "Last day of the permit. On the next one, in UTC, the space's gateway and entrance close by the clock.",
  ),
});

const end = z.strictObject({
  region: regionName.describe("Region of this end."),
  tier: z.enum(TIERS).describe("Tier of this end."),
});

const flow = z.strictObject({
  name: shortName(32).describe("Name; unique."),
  from: end.describe("Who opens the connection."),
  to: end.describe("Who answers."),
  protocol: z.enum(["TCP", "UDP"]).describe("Transport."),
  ports: z.tuple([whole(1, 65535), whole(1, 65535)]).describe("First and last destination port."),
  reason: sentence.describe("Why it must exist."),
  owner: ownerName.describe("Who answers for it."),
  phases: z
    .array(z.enum(PHASES))
    .min(1)
    .default([...PHASES])
    .describe("Phases in which it is open. Absent: all."),
  until: isoDate.optional().describe("Last day. Required between regions. Absent: for as long as the phase allows it."),
});

const window = z.strictObject({
  name: shortName(32).describe("Name; unique."),
  hosts: z.array(z.hostname()).min(1).describe("Hosts that the egress proxy lets the migration jobs reach."),
  reason: sentence.describe("What for, e.g. copying a domain out of the old cloud."),
  owner: ownerName.describe("Who answers for it."),
  phases: z
    .array(z.enum(["landing", "parallel", "cutover"]))
    .min(1)
    .describe("Phases in which it is open; never in `sealed`."),
  until: isoDate.describe("Last day, at most 90 days away."),
});

export const dataSchema = {
  domains: z.array(domain).min(1).describe("Data domains."),
  workspaces: z.array(workspace).default([]).describe("Research spaces, one a data permit. Absent: none."),
  flows: z.array(flow).default([]).describe("Connections beyond the built-in ones of `stacks/flows.ts`. Absent: none."),
  windows: z.array(window).default([]).describe("Dated openings to hosts outside, for the migration. Absent: none."),
  link: z
    .strictObject({
      port: whole(1024, 65535).default(51820).describe("UDP port of the WireGuard routers. Absent: 51820."),
      routers: z
        .record(
          regionName,
          z.strictObject({
            publicKey: z
              .string()
              .regex(/^[A-Za-z0-9+/]{43}=$/, { message: "a WireGuard public key (base64 of 32 bytes)" })
              .describe("Public half of the key that the router made at its first boot."),
            address: z.ipv4().describe("Public address of the router's gateway, an output of the foundation."),
          }),
        )
        .default({})
        .describe(
          "What the other end must know of each region's router; known after the first `up`. Absent: the tunnel waits.",
        ),
    })
    .default({ port: 51820, routers: {} })
    .describe(
      "The inter-region link, made only when a flow crosses regions. Absent: port 51820, and no router known yet.",
    ),
};
