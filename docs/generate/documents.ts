import { isDeepStrictEqual } from "node:util";
import { verdictJsonSchema } from "../../judge/reports/verdict-schema.ts";
import { reviewJsonSchema } from "../../judge/review/review-schema.ts";
import { faultPlanJsonSchema } from "../../local/scaleway/faults/plan.ts";
import { admissionManifests } from "../../policy-packs/bastide/admission/policies.ts";
import { NOT_AT_THE_SERVER } from "../../policy-packs/bastide/admission/rules.ts";
import { renderRegionTable, renderSettingsTable } from "../../stacks/settings-table.ts";
import { commandsTable } from "./commands.ts";
import { attestationsTable, clausesTables, requirementsTable } from "./coverage.ts";
import { mutationTable } from "./mutation.ts";
import { filled, type Parts, table } from "./page.ts";
import { provenSource } from "./proven.ts";
import {
  environmentsTable,
  exitCodesTable,
  foldersTable,
  layersTable,
  settingsSummary,
  variablesTable,
} from "./reference.ts";
import { rulePages, rulesIndex } from "./rule-pages.ts";
import { formatsLine, kitRulesTable, rulesTable } from "./rules.ts";
import { typeCounts, typesTable } from "./types.ts";

/** A committed file that is made from the code, wholly or in its marked parts. */
export interface Document {
  /** Relative to the repository. */
  readonly path: string;
  /** The new text; takes the present one, of which it keeps what people wrote. */
  readonly render: (present: string) => string;
}

const page = (path: string, parts: Parts): Document => ({ path, render: (present) => filled(present, parts) });

/** Line breaks are the formatter's: the same schema stays as it is written. */
const schema = (path: string, of: () => unknown): Document => ({
  path,
  render: (present) => (sameJson(present, of()) ? present : `${JSON.stringify(of(), null, 2)}\n`),
});

function sameJson(text: string, value: unknown): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
  } catch {
    return false; // Absent or damaged: written anew.
  }
}

/** Every document that is quick to make. The picture, which needs the gate, is apart in `picture.ts`. */
export const DOCUMENTS: readonly Document[] = [
  page("README.md", {
    folders: foldersTable,
    rules: rulesTable,
    "kit-rules": kitRulesTable,
    commands: commandsTable,
    formats: formatsLine,
    "exit-codes": exitCodesTable,
    environments: environmentsTable,
    settings: settingsSummary,
    variables: variablesTable,
    layers: layersTable,
  }),
  page("docs/types.md", { counts: typeCounts, types: typesTable }),
  page("stacks/README.md", { settings: renderSettingsTable, regions: renderRegionTable }),
  schema("docs/schema/verdict.schema.json", verdictJsonSchema),
  page("docs/admission.md", {
    "not-at-the-server": () =>
      table(
        ["rule", "what", "why"],
        NOT_AT_THE_SERVER.map(({ rule, what, reason }) => [rule, what, reason]),
      ),
  }),
  // What the platform installs: the judge's Kubernetes rules for the API server.
  schema("stacks/admission.json", admissionManifests),
  schema("docs/schema/faults.schema.json", faultPlanJsonSchema),
  schema("docs/schema/review.schema.json", reviewJsonSchema),
  { path: "policy-packs/bastide/rules/proven.data.ts", render: provenSource },
  page("docs/coverage.md", {
    requirements: requirementsTable,
    clauses: clausesTables,
    attestations: attestationsTable,
  }),
  page("docs/mutation.md", { scores: mutationTable }),
  page("docs/rules/README.md", { index: rulesIndex }),
  ...rulePages(),
];
