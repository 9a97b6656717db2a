import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readSurface, type SurfaceRow } from "./sdk-surface.ts";

/** Rewrites `judge/facts/sdk.data.ts` from the installed provider package: `node test/harness/write-sdk-surface.ts`. */
const target = join(import.meta.dirname, "../../judge/facts/sdk.data.ts");

const line = ([token, row]: [string, SurfaceRow]): string => {
  const { args: _, ...kept } = row;
  return `  ${JSON.stringify(token)}: ${JSON.stringify(kept)},`;
};

writeFileSync(
  target,
  `/**
 * Generated from @pulumiverse/scaleway by test/harness/write-sdk-surface.ts: each resource token with its deprecated aliases,
 * required inputs, location inputs, form of its tags and secret properties. A test compares it with the installed package.
 */
export interface SdkRow {
  readonly aliases: readonly string[];
  readonly required: readonly string[];
  readonly located: readonly ("region" | "zone")[];
  readonly tags?: "list" | "map";
  readonly secrets: readonly string[];
  /** Input that names the project; absent for what belongs to none, or to that of something else. */
  readonly project?: "projectId" | "defaultProjectId";
}

export const SDK: Readonly<Record<string, SdkRow>> = {
${Object.entries(readSurface()).map(line).join("\n")}
};
`,
);
