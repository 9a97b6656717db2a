import { z } from "zod";
import { shortName } from "./schema/common.ts";
import { dataSchema } from "./schema/data.ts";
import { judgementSchema } from "./schema/judgement.ts";
import { operationsSchema } from "./schema/operations.ts";
import { placeSchema } from "./schema/place.ts";
import { platformSchema } from "./schema/platform.ts";
import { PHASES, PROFILES } from "./vocabulary.ts";

/**
 * Settings of one environment. Strict: an unknown key is an error, so that a misspelt wish is never silently ignored. Each
 * field says what it does and, where it may be absent, what happens then. What a schema can't say (dates that passed,
 * ranges that overlap, a region outside the profile) is checked in `checks/`.
 */
export const settingsSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9]{1,9}$/, { message: "2 to 10 lower-case letters or digits, starting with a letter" })
    .describe("Name of the environment; its Pulumi stacks are `<name>.bootstrap`, `.foundation` and `.platform`."),
  profile: z
    .enum(PROFILES)
    .describe("`fr-health`: health data, every region French. `eu`: regions of the EU, no health data."),
  phase: z.enum(PHASES).describe("Phase of the migration; decides which flows and windows are open."),
  env: z
    .enum(["prod", "preprod", "dev"])
    .default("prod")
    .describe("The `env` tag. Health classes exist in `prod` only. Absent: prod."),
  synthetic: z
    .boolean()
    .default(false)
    .describe(
      "Whether all data are synthetic: the same rules apply, and every resource is tagged `synthetic=true`. Absent: real data.",
    ),
  organizationId: z
    .uuid()
    .describe("Scaleway Organization. The all-zero placeholders of the examples are refused by `preflight`."),
  slug: shortName(8).describe(
    "First part of every physical name; makes bucket and registry names unique in the world.",
  ),
  ...placeSchema,
  ...operationsSchema,
  ...dataSchema,
  ...judgementSchema,
  ...platformSchema,
});

/** What is written in `stacks/environments/*.ts`. */
export type SettingsInput = z.input<typeof settingsSchema>;
/** Settings with every default filled in. */
export type Settings = z.output<typeof settingsSchema>;
export type DomainSettings = Settings["domains"][number];
export type WorkspaceSettings = Settings["workspaces"][number];
export type PoolSettings = Settings["cluster"]["pools"][number];
