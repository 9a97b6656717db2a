import { DECODERS, decoderOf } from "../../judge/facts/decoders/all.ts";
import { handlingOf } from "../../judge/facts/handling.ts";
import { type RawResource, UNKNOWN } from "../../judge/facts/raw.ts";
import { SDK } from "../../judge/facts/sdk.data.ts";
import { packageOf } from "../../judge/facts/type-name.ts";
import { UNDECODED } from "../../judge/facts/types.data.ts";
import { byText, sortedUnique } from "../../kernel/order.ts";
import { code, table } from "./page.ts";

/** A resource of a type with nothing written: its decoder then gives the facts that the type always gives. */
const bare = (type: string): RawResource => ({
  urn: `urn:pulumi:s::p::${type}::x`,
  type,
  name: "x",
  custom: true,
  parent: undefined,
  provider: undefined,
  id: UNKNOWN,
  inputs: {},
  outputs: {},
  propertyDependencies: {},
  dependencies: [],
  options: { protect: { visible: false }, retainOnDelete: { visible: false }, replaceOnChanges: { visible: false } },
});

/** Every type of the governed providers that the judge knows by name, the providers themselves included. */
const types = (): readonly string[] =>
  sortedUnique([...Object.keys(SDK), ...DECODERS.keys(), ...Object.keys(UNDECODED), "pulumi:providers:scaleway"]);

function rowOf(type: string): readonly string[] {
  const raw = bare(type);
  const handling = handlingOf(raw, type);
  const facts = sortedUnique((decoderOf(type)?.decode(raw, "wish") ?? []).map((fact) => fact.kind));
  const told = facts.length === 0 ? "what is written in it" : facts.map(code).join(", ");
  if (handling.judged === "decoded") return [code(type), "decoded", told];
  const reason = "reason" in handling ? handling.reason : "";
  return [code(type), handling.judged === "no" ? "**refused**" : handling.judged, reason];
}

const HEAD = ["Type", "Handling", "Facts that it gives, or the reason"];

/** What is done with each type of the packages that the judge governs. */
export const typesTable = (): string => table(HEAD, types().map(rowOf));

/** How many types of each package are decoded, harmless and refused. */
export function typeCounts(): string {
  const counts = new Map<string, Record<string, number>>();
  for (const type of types()) {
    const name = packageOf(type);
    const judged = handlingOf(bare(type), type).judged;
    const row = counts.get(name) ?? {};
    row[judged] = (row[judged] ?? 0) + 1;
    counts.set(name, row);
  }
  const cells = [...counts].sort(([a], [b]) => byText(a, b));
  return table(
    ["Package", "Types", "Decoded", "Harmless", "Refused as not judged"],
    cells.map(([name, row]) => [
      code(name),
      String(Object.values(row).reduce((sum, n) => sum + n, 0)),
      String(row.decoded ?? 0),
      String(row.harmless ?? 0),
      String(row.no ?? 0),
    ]),
  );
}
