import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Provenance } from "../../judge/reports/report.ts";
import { repoRoot } from "../paths.ts";

const packageFile = z.object({ version: z.string() });

/** Version of this tool, as its package says. */
export const toolVersion = (): string =>
  packageFile.parse(JSON.parse(readFileSync(join(repoRoot, "package.json"), "utf8"))).version;

/**
 * Who ran this on what, as CI says: GitLab's and GitHub's own variables. They reach the auditor's table only; outcome and
 * findings never depend on them.
 */
export const provenance = (artefact: string): Provenance => ({
  version: toolVersion(),
  runId: process.env.CI_PIPELINE_ID ?? process.env.GITHUB_RUN_ID ?? "",
  commit: process.env.CI_COMMIT_SHA ?? process.env.GITHUB_SHA ?? "",
  artefact,
});
