import { PRODUCTS, publicRegions, regionFitsProfile } from "../catalogue.ts";
import { daysBetween } from "../dates.ts";
import { check, repeated } from "./check.ts";

/** Regions, jurisdictions, and the acceptance of what a single region can't survive. */

const LONGEST_ACCEPTANCE_DAYS = 730;

export const placeChecks = [
  check(["regions"], ({ regions }) =>
    repeated(regions).map(([index, name]) => ({
      code: "settings.region-repeated",
      path: `regions.${index}`,
      got: name,
      want: "each region once",
      fix: "remove the second mention",
    })),
  ),

  check(["regions", "declaredRegions"], ({ regions, declaredRegions }) => {
    const known = [...publicRegions, ...declaredRegions].map((region) => region.name);
    return regions.map((name, index) =>
      known.includes(name)
        ? undefined
        : {
            code: "settings.region-unknown",
            path: `regions.${index}`,
            got: name,
            want: `one of ${known.join(", ")}`,
            fix: "correct the name, or declare the region under `declaredRegions` with its source",
          },
    );
  }),

  check(["declaredRegions"], ({ declaredRegions }) =>
    declaredRegions.flatMap((region, index) => {
      const path = `declaredRegions.${index}`;
      const isPublic = publicRegions.some((known) => known.name === region.name);
      const foreign = region.zones.filter((zone) => !zone.startsWith(`${region.name}-`));
      const elsewhere = region.gatewayZones.filter((zone) => !region.zones.includes(zone));
      return [
        isPublic
          ? {
              code: "settings.region-shadowed",
              path: `${path}.name`,
              got: region.name,
              want: "a name that no public region has",
              fix: "remove the declaration: facts of public regions come from the catalogue",
            }
          : undefined,
        foreign.length > 0
          ? {
              code: "settings.zone-foreign",
              path: `${path}.zones`,
              got: foreign.join(", "),
              want: `zones named ${region.name}-<n>`,
              fix: "name the zones of this region",
            }
          : undefined,
        elsewhere.length > 0
          ? {
              code: "settings.zone-foreign",
              path: `${path}.gatewayZones`,
              got: elsewhere.join(", "),
              want: `some of ${region.zones.join(", ")}`,
              fix: "name zones that the region has",
            }
          : undefined,
      ];
    }),
  ),

  check(["profile"], ({ profile }, { regions }) =>
    regions.map((region) =>
      regionFitsProfile(region, profile)
        ? undefined
        : {
            code: "settings.region-profile",
            path: "regions",
            got: `${region.name} (${region.country}; ${region.jurisdictions.join(", ")})`,
            want:
              profile === "fr-health"
                ? "French regions under French and EU law only"
                : "regions in the EU under EU law only",
            fix:
              profile === "fr-health"
                ? "choose a French region; health data may not leave France"
                : "choose a region of the EU",
          },
    ),
  ),

  check(["profile"], ({ profile }, { regions }) => {
    const order = profile === "fr-health" ? "FR" : "EU";
    const outside = regions.filter((region) => !region.jurisdictions.includes(order));
    return outside.length === 0 || regions.length < 2
      ? []
      : [
          {
            code: "settings.jurisdictions-mixed",
            path: "regions",
            got: regions.map((region) => `${region.name}: ${region.jurisdictions.join("+")}`).join("; "),
            want: `regions of one jurisdiction, ${order} for the profile ${profile}`,
            fix: "choose regions that share it: a failover never leaves the jurisdiction",
          },
        ];
  }),

  check([], (_, { regions }) =>
    regions.map((region) =>
      region.zones.length >= 2
        ? undefined
        : {
            code: "settings.zones-too-few",
            path: "regions",
            got: `${region.name} has ${region.zones.length} zone`,
            want: "at least two zones, so that the loss of one is survived",
            fix: "choose a region with more zones",
          },
    ),
  ),

  check([], (_, { regions }) =>
    regions.flatMap((region) =>
      PRODUCTS.filter((product) => product !== "audit-trail" && region.products[product] === "no").map((product) => ({
        code: "settings.product-absent",
        path: "regions",
        got: `${region.name} has no ${product}`,
        want: "every product of the blueprint in each region",
        fix: "choose another region",
      })),
    ),
  ),

  check(["regions", "regionLoss", "synthetic"], ({ regions, regionLoss, synthetic }, { today }) => {
    if (regions.length > 1) {
      return regionLoss === undefined
        ? []
        : [
            {
              code: "settings.region-loss-needless",
              path: "regionLoss",
              got: `accepted, with ${regions.length} regions`,
              want: "no acceptance: two regions cover the loss of one",
              fix: "remove `regionLoss`",
            },
          ];
    }
    const until = regionLoss?.accepted.until;
    if (until === undefined) {
      return [
        {
          code: "settings.region-loss-unaccepted",
          path: "regionLoss",
          got: `one region (${regions.join(", ")}) and no acceptance`,
          want: "two regions, or `regionLoss: { accepted: { by, until } }`",
          fix: "add a second region of the same jurisdiction, or have the owner of the risk accept it in writing",
        },
      ];
    }
    const days = daysBetween(today, until);
    if (days < 0) {
      return [
        {
          code: "settings.region-loss-expired",
          path: "regionLoss.accepted.until",
          got: until,
          want: `${today} or later`,
          fix: "have the acceptance renewed, or add a second region",
        },
      ];
    }
    return days > LONGEST_ACCEPTANCE_DAYS && !synthetic
      ? [
          {
            code: "settings.region-loss-too-long",
            path: "regionLoss.accepted.until",
            got: until,
            want: `at most ${LONGEST_ACCEPTANCE_DAYS} days from ${today}`,
            fix: "accept the risk for two years at most, then look again",
          },
        ]
      : [];
  }),
];
