import { describe, expect, it } from "vitest";
import { ENVIRONMENTS } from "../../stacks/environments/all.ts";
import { renderSettingsTable } from "../../stacks/settings-table.ts";

/** The table in stacks/README.md itself is held by docs-drift.test.ts. */
const rows = renderSettingsTable()
  .split("\n")
  .slice(2)
  .map((line) => line.split(" | "));

/** Dotted paths of every setting that a value uses, lists as `[]`. */
function pathsOf(value: unknown, path = ""): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => pathsOf(item, `${path}[]`));
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, child]) => pathsOf(child, path === "" ? key : `${path}.${key}`));
}

describe("the reference of settings", () => {
  it("says of every setting what it does", () => {
    expect(rows.length).toBeGreaterThan(90);
    expect(rows.filter((cells) => (cells[3] ?? "").replace(/\W/g, "").length < 5).map((cells) => cells[0])).toEqual([]);
  });

  it("says of every optional setting what happens without it", () => {
    const silent = rows.filter((cells) => cells[2]?.trim() === "" && !cells[3]?.includes("Absent:"));
    expect(silent.map((cells) => cells[0])).toEqual([]);
  });

  it("has a row for every setting that a shipped environment uses", () => {
    const known = new Set(rows.map((cells) => cells[0]?.replace(/^\| `|`$/g, "")));
    const used = new Set(
      ENVIRONMENTS.flatMap((environment) => pathsOf(environment)).map((path) =>
        path.replace(/(\[\])+$/, "").replace(/^quotas\..*/, "quotas"),
      ),
    );
    const missing = [...used].filter((path) => !known.has(path) && !path.startsWith("declaredRegions[].products."));
    expect(missing).toEqual([]);
  });
});
