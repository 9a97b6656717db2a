import { renderRegionTable, renderSettingsTable } from "../../stacks/settings-table.ts";

/** The page with its generated tables filled in anew. A page without the markers is an error: nothing would be checked. */
export const filledIn = (page: string): string =>
  fill(fill(page, "settings", renderSettingsTable()), "regions", renderRegionTable());

function fill(page: string, name: string, table: string): string {
  const pattern = new RegExp(`(<!-- ${name}:begin [^\n]*-->\n)[^]*?(<!-- ${name}:end -->)`);
  if (!pattern.test(page)) throw new Error(`no markers of ${name}`);
  return page.replace(pattern, (_, begin: string, end: string) => `${begin}\n${table}\n\n${end}`);
}
