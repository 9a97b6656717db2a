import { ENVIRONMENTS } from "../../stacks/environments/all.ts";
import { renderSettingsTable } from "../../stacks/settings-table.ts";
import { LAYERS } from "../../test/layers.ts";
import { code, table } from "./page.ts";
import { EXIT_CODES, FOLDERS, PART_WORDS, VARIABLES } from "./reference.data.ts";

/** The map of the house. */
export const foldersTable = (): string =>
  table(
    ["Folder", "Part", "Holds"],
    FOLDERS.map(({ folder, part, holds }) => [`[\`${folder}/\`](${folder})`, PART_WORDS[part], holds]),
  );

export const variablesTable = (): string =>
  table(
    ["Variable", "Meaning"],
    VARIABLES.map(({ names, means }) => [names.map(code).join(" "), means]),
  );

export const exitCodesTable = (): string => table(["Exit code", "Meaning"], Object.entries(EXIT_CODES));

/** Layers of `npm test` with their estimates. */
export const layersTable = (): string =>
  table(
    ["Layer", "What it tries", "Minutes", "In `quick`"],
    LAYERS.map(({ name, about, minutes, quick }) => [code(name), about, `about ${minutes}`, quick ? "yes" : ""]),
  );

/** The first level of the settings: the whole table stands in stacks/README.md. */
export const settingsSummary = (): string => {
  const [head = "", rule = "", ...rows] = renderSettingsTable().split("\n");
  return [head, rule, ...rows.filter((row) => /^\| `[A-Za-z]+` \|/.test(row))].join("\n");
};

/** The shipped environments, counted from their settings. */
export const environmentsTable = (): string =>
  table(
    ["Environment", "Profile", "Regions", "Data domains", "Research spaces", "Synthetic data"],
    ENVIRONMENTS.map(({ name, profile, regions, domains, workspaces, synthetic }) => [
      code(name),
      code(profile),
      regions.map(code).join(", "),
      String(domains.length),
      String(workspaces?.length ?? 0),
      synthetic === true ? "yes" : "no",
    ]),
  );
