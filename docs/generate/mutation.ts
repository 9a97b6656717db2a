import { AREAS } from "../../test/mutation/areas.ts";
import { olderThan, publishedResults, score } from "../../test/mutation/results.ts";
import { code, table } from "./page.ts";

/** The recorded scores, each with what has changed since; an area without one says so. */
export function mutationTable(): string {
  const results = publishedResults();
  const rows = AREAS.map((area) => {
    const result = results.find((r) => r.area === area.name);
    const floor = area.floor === undefined ? "" : `${area.floor} %`;
    if (result === undefined) return [code(area.name), "not measured", floor, "", "", ""];
    const { killed, timedOut, survived, uncovered, date } = result;
    const changed = olderThan(area, result);
    const age = changed === undefined ? date : `${date}, older than its ${changed}`;
    const noticed = killed + timedOut;
    return [code(area.name), `${score(result).toFixed(1)} %`, floor, `${noticed}`, `${survived + uncovered}`, age];
  });
  return table(["area", "score", "floor", "noticed", "not noticed", "measured"], rows);
}
