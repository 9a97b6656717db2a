import { z } from "zod";
import { PRODUCTS } from "../catalogue.ts";
import { acceptance, ipv4Range, ipv6Range, isoDate, ownerName, regionName, zoneName } from "./common.ts";

/** Where an environment stands: its regions, regions that only this operator has, and the address space. */

const presence = z.enum(["yes", "no", "unverified"]);

const declaredRegion = z.strictObject({
  name: regionName.describe("Name under which the API of this region answers; must not be a public region's."),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, { message: "an ISO 3166-1 alpha-2 code, e.g. FR" })
    .describe("Country whose ground the region stands on."),
  jurisdictions: z
    .array(z.string().regex(/^[A-Z]{2}$/, { message: "a two-letter code, e.g. FR or EU" }))
    .min(1)
    .describe("Legal orders that can reach the operator or the ground."),
  operator: z.string().min(2).max(60).describe("Who runs it."),
  zones: z.array(zoneName).min(1).describe("Its zones."),
  gatewayZones: z.array(zoneName).min(1).describe("Zones in which a public gateway can stand."),
  products: z.record(z.enum(PRODUCTS), presence).describe("Presence of each product of the blueprint."),
  hsmKeys: presence.describe("Whether keys can be held in a hardware security module there."),
  nodeTypes: z.array(z.string()).min(1).describe("Instance types that nodes and servers may use there."),
  source: z
    .strictObject({
      title: z.string().min(8).describe("Document that states these facts."),
      date: isoDate.describe("Day on which it was read."),
    })
    .describe("Where these facts come from."),
});

export const placeSchema = {
  regions: z
    .array(regionName)
    .min(1)
    .max(2)
    .describe(
      "Regions, home first. The order decides address ranges and never changes; a second one is appended. With one region alone, `regionLoss` is required.",
    ),
  declaredRegions: z
    .array(declaredRegion)
    .default([])
    .describe(
      "Regions that only this operator has. Absent: the public catalogue alone. `preflight` refuses them on a public account.",
    ),
  regionLoss: z
    .strictObject({
      accepted: acceptance("accepts that the loss of the only region loses the service").describe(
        "The acceptance, by name and until a day.",
      ),
    })
    .optional()
    .describe(
      "Absent: two regions are required. Present: one region will do, and every verdict says `region loss not covered`.",
    ),
  addresses: z
    .strictObject({
      ipv4: ipv4Range.describe("Private IPv4 space of the environment; each region takes the next /16 of it."),
      pods: ipv4Range.describe("IPv4 space of the clusters' pods; each region takes the next /16 of it."),
      services: ipv4Range.describe("IPv4 space of the clusters' services; each region takes the next /20 of it."),
      ipv6: ipv6Range.describe("Unique-local IPv6 space; each region takes the next /56 of it, each tier a /64."),
    })
    .describe("Address space. Ranges can never change once networks exist, so leave room."),
  owner: ownerName.describe("Team that answers for everything that no domain or workspace owns; the `owner` tag."),
};
