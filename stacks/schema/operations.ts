import { z } from "zod";
import { acceptance, ipv4Range, isoDate, ownerName, sentence, shortName, whole } from "./common.ts";

/** Who administers, with which keys and credentials, what the cluster looks like, and what is logged. */

export const operationsSchema = {
  admin: z
    .strictObject({
      sources: z
        .array(ipv4Range)
        .describe(
          "Public ranges that administrators come from: what the bastion and the deployer's rights accept. Never empty, never all.",
        ),
      sshKeys: z
        .array(
          z.strictObject({
            owner: ownerName.describe("The person; keys are individual."),
            publicKey: z
              .string()
              .regex(/^ssh-ed25519 [A-Za-z0-9+/]{68}$/, { message: "an ssh-ed25519 public key without comment" })
              .describe("Public half."),
          }),
        )
        .min(1)
        .describe("Keys that open the bastion."),
      port: z
        .union([z.literal(61000), whole(1024, 59999)])
        .default(61000)
        .describe("TCP port of the bastion. Absent: 61000."),
      alertContacts: z
        .array(z.email())
        .min(1)
        .describe("E-mail addresses that alerts go to; a domain of the perimeter."),
      image: z
        .string()
        .min(3)
        .default("debian_bookworm")
        .describe("Image of admin host and routers. Absent: Debian 12."),
      serverType: z
        .string()
        .default("POP2-2C-8G")
        .describe("Type of admin host and routers. Absent: the smallest eligible one."),
      packageMirror: z
        .hostname()
        .optional()
        .describe(
          "Host of a Debian mirror (`/debian`, `/debian-security`) inside the perimeter; the egress proxy then lets it through. Absent: the image's own mirrors, which `egress.hosts` must name.",
        ),
      gatewayType: z.string().default("VPC-GW-S").describe("Type of the public gateways. Absent: the smallest one."),
    })
    .describe("Who administers, from where, and what they enter by."),
  cluster: z
    .strictObject({
      version: z
        .string()
        .regex(/^1\.[0-9]{2}$/, { message: "a Kubernetes minor version, e.g. 1.34" })
        .describe("Minor version; patches come by auto-upgrade in the window."),
      type: z
        .enum(["kapsule", "kapsule-dedicated-4", "kapsule-dedicated-8", "kapsule-dedicated-16"])
        .describe("Control plane. Health data require a dedicated one."),
      cni: z
        .enum(["cilium", "calico"])
        .default("cilium")
        .describe("Network plug-in; both enforce network policies. Absent: cilium."),
      maintenance: z
        .strictObject({
          day: z
            .enum(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
            .describe("Day of the window."),
          startHour: whole(0, 23).describe("Hour (UTC) at which the window opens."),
        })
        .default({ day: "sunday", startHour: 2 })
        .describe("Window of patch upgrades. Absent: Sunday 02:00 UTC."),
      pools: z
        .array(
          z.strictObject({
            name: shortName(12).describe("Name of the pool; one pool of this name is made in each zone."),
            nodeType: z.string().describe("Instance type of its nodes."),
            minSize: whole(1, 100).describe("Nodes a zone at least."),
            maxSize: whole(1, 100).describe("Nodes a zone at most; what quotas are counted with."),
            rootVolumeGb: whole(20, 1000).default(60).describe("Root volume in GB. Absent: 60."),
          }),
        )
        .min(1)
        .describe("Pools, each spread over all zones of the region."),
    })
    .describe("The Kubernetes clusters, one a region, all alike."),
  keys: z
    .strictObject({
      custody: z
        .enum(["hsm", "software", "external"])
        .default("hsm")
        .describe(
          "Who holds the root of the keys. Absent: a hardware module. Health classes never take `software`; `external` is imported material.",
        ),
      rotationDays: whole(1, 90)
        .default(90)
        .describe("Days between rotations; at most 90 (own parameter). Absent: 90."),
    })
    .describe("Keys of Key Manager: one for each purpose."),
  credentials: z
    .strictObject({
      origin: isoDate.describe("Day from which the two API keys of each application are rotated alternately."),
      everyDays: whole(7, 45).default(30).describe("Days between two rotations. Absent: 30."),
      lifetimeDays: whole(14, 90)
        .default(90)
        .describe(
          "Days that a key lives: at least two rotations, so that both overlap, at most 90 (own parameter). Absent: 90.",
        ),
      asOf: isoDate
        .optional()
        .describe(
          "Day for which the current pair is computed. Absent: the day of the run, so an `up` in a later period replaces one key.",
        ),
    })
    .describe("API keys of applications: two each, overlapping, rotated by turns."),
  logs: z
    .strictObject({
      retentionDays: whole(365, 3650).default(365).describe("Days that logs are kept; at least 365. Absent: 365."),
      lockDays: whole(1, 3650).describe(
        "Days that nobody, not even Scaleway's support, can delete an audit log or session record (COMPLIANCE).",
      ),
      consent: acceptance("consents that locked logs cannot be deleted before their day").describe(
        "Consent to COMPLIANCE; `until` must lie beyond the last lock that could begin today.",
      ),
    })
    .describe("Audit trail and session records."),
  locks: z
    .strictObject({
      mode: z
        .enum(["GOVERNANCE", "COMPLIANCE"])
        .default("GOVERNANCE")
        .describe("GOVERNANCE can be lifted by who has the right, COMPLIANCE by nobody. Absent: GOVERNANCE."),
      landingDays: whole(1, 3650).default(30).describe("Days that landed objects are locked. Absent: 30."),
      backupDays: whole(1, 3650).default(30).describe("Days that backup copies are locked. Absent: 30."),
    })
    .default({ mode: "GOVERNANCE", landingDays: 30, backupDays: 30 })
    .describe("Object lock of landing and backup sets. Absent: GOVERNANCE, 30 days each."),
  egress: z
    .strictObject({
      hosts: z
        .array(
          z.strictObject({
            host: z.hostname().describe("Host name."),
            reason: sentence.describe("What for."),
            jurisdiction: z
              .string()
              .regex(/^[A-Z]{2}$/, { message: "a country's two letters, or EU" })
              .optional()
              .describe(
                "Whose law its operator is under: a country's two letters, or `EU`. Absent: not known, and no image, model, sign-in or telemetry may depend on it.",
              ),
          }),
        )
        .describe("Hosts that the egress proxy lets pods reach, beside Scaleway's own endpoints of the region."),
    })
    .default({ hosts: [] })
    .describe("Allow-list of the egress proxy. Absent: Scaleway's own endpoints only."),
  quotas: z
    .record(z.string(), whole(0, 100_000))
    .default({})
    .describe("Limits that Scaleway granted beyond its defaults, by quota name. Absent: the documented defaults."),
};
