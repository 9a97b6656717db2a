import type { Resource } from "../../facts/observed.ts";
import { count } from "../wording.ts";
import type { Item } from "./model.ts";
import { anchorOf, flagOf, innerOf, type MapReader, regionNameOf, shortNameIn, textOf } from "./reading.ts";

/** Regional services that have no place in a network, one box each, with counts and what decides about them. */
export function serviceItems(reader: MapReader, here: readonly Resource[]): readonly Item[] {
  const of = (...ends: readonly string[]): readonly Resource[] =>
    here.filter((r) => ends.some((end) => r.canonicalType.endsWith(end)));
  const keys = here.filter((r) => r.facts.some((f) => f.kind === "key"));
  const secrets = of("secrets/secret:Secret");
  const versions = of("secrets/version:Version");
  const registries = of("registry/namespace:Namespace");
  const sources = of("observability/source:Source");
  const alerts = of("observability/alertManager:AlertManager");
  const exports = of(":ExportJob");
  const box = (title: string, lines: readonly string[], resources: readonly Resource[]): readonly Item[] =>
    resources.length === 0 ? [] : [service(reader, title, lines, resources)];
  const hsm = keys.filter((r) => textOf(r, "protectionLevel") === "hsm").length;
  const external = keys.filter((r) => textOf(r, "origin") === "external").length;
  const open = registries.filter((r) => flagOf(r, "isPublic")).length;
  const retention = sources.map((r) => `${textOf(r, "type")} ${textOf(r, "retentionDays")} d`);
  return [
    ...box("Key Manager", [count(keys.length, "key"), `${hsm} HSM, ${external} imported`], keys),
    ...box("Secrets", [count(secrets.length, "secret"), count(versions.length, "version")], [...secrets, ...versions]),
    ...box(
      "Registry",
      [count(registries.length, "namespace"), open === 0 ? "none public" : `${open} public`],
      registries,
    ),
    ...box("Cockpit", [...retention, count(alerts.length, "alert manager")], [...sources, ...alerts]),
    ...box(
      "Audit trail",
      exports.map((r) => `to ${bucketTitle(here, innerOf(r, "s3", "bucket"))}`),
      exports,
    ),
  ];
}

/** The bucket of that name as the map calls it, or the name itself. */
function bucketTitle(here: readonly Resource[], name: string): string {
  const bucket = here.find((r) => r.facts.some((f) => f.kind === "bucket") && textOf(r, "name") === name);
  return bucket === undefined ? name || "a bucket" : shortNameIn(regionNameOf(bucket), bucket.name);
}

function service(reader: MapReader, title: string, lines: readonly string[], resources: readonly Resource[]): Item {
  const urns = resources.map((r) => r.urn);
  return {
    anchor: anchorOf(`${title} ${urns[0] ?? ""}`),
    title,
    lines,
    badges: [],
    dataClass: "",
    mark: reader.markOf(urns),
    urns,
  };
}
