import { type Estate, estateOfRaw } from "../facts/estate.ts";
import type { RawEstate } from "../facts/raw.ts";
import type { SubjectNote } from "./report.ts";

/** What reports tell about each resource beside its findings: place, data class, and the construct's line where known. */
export function subjectsOf(raw: RawEstate, estate: Estate = estateOfRaw(raw)): Map<string, SubjectNote> {
  return new Map(
    estate.resources.map((r): [string, SubjectNote] => {
      const { source } = r.raw;
      const note = {
        region: r.location?.place.known === true ? r.location.place.value : "",
        dataClass: r.tags?.known === true ? (r.tags.value["data-class"] ?? "") : "",
      };
      return [r.urn, source === undefined ? note : { ...note, source }];
    }),
  );
}
