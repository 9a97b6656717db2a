import { byKey } from "../../../kernel/order.ts";
import { PLACE_WORDS } from "../../graph/place-words.ts";
import { escapeHtml } from "../html-page.ts";
import { label, safe } from "../wording.ts";
import { type DataModel, principalName, rightWords } from "./graph/data.ts";
import type { FlowRow } from "./graph/flows.ts";
import type { Identity, Item, MapModel, RegionModel } from "./model.ts";
import type { MapReader } from "./reading.ts";

/** The same as the pictures, for who reads rather than looks: lists of places, tables of flows and rights. */
const table = (id: string, title: string, heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<h3 id="${id}">${title}</h3>${
    rows.length === 0
      ? "<p>None.</p>"
      : `<div class="scroll"><table><thead><tr>${heads.map((h) => `<th scope="col">${h}</th>`).join("")}</tr></thead><tbody>${rows.map((r) => `<tr>${r.map((c) => `<td>${escapeHtml(c)}</td>`).join("")}</tr>`).join("\n")}</tbody></table></div>`
  }`;

export function placesText(model: MapModel): string {
  const regions = model.regions.map((r) => `<li><b>${escapeHtml(r.name)}</b>${list(regionLines(r))}</li>`);
  return `<h3 id="text-places">Places</h3><ul class="tree">${regions.join("")}</ul>`;
}

const list = (items: readonly string[]): string =>
  items.length === 0 ? "" : `<ul>${items.map((i) => `<li>${i}</li>`).join("")}</ul>`;

const words = (item: Item): string =>
  escapeHtml(
    [item.title, ...item.lines, ...item.badges.map((b) => b.text), item.mark === "none" ? "" : item.mark]
      .filter((w) => w !== "")
      .join(", "),
  );

function regionLines(r: RegionModel): readonly string[] {
  const networks = r.vpcs.flatMap((v) =>
    v.bands.map(
      (b) =>
        `network ${escapeHtml(b.tier)}, ${words(b.network)}${list([...b.hosts.map(words), ...b.clusters.map((c) => `cluster ${words(c)}${list(c.zones.flatMap((z) => z.pools.map((p) => `${escapeHtml(z.zone)}: ${words(p)}`)))}`)])}`,
    ),
  );
  return [
    ...r.gateways.map(
      (g) =>
        `gateway ${words(g)}${escapeHtml([g.inbound === "" ? "" : `, in: ${g.inbound}`, g.outbound === "" ? "" : `, ${g.outbound}`].join(""))}`,
    ),
    ...networks,
    ...[...r.loose.hosts, ...r.loose.clusters].map((i) => `outside any network: ${words(i)}`),
    ...r.buckets.map((b) => `bucket ${words(b)}`),
    ...r.services.map((s) => words(s)),
  ];
}

export function flowsTable({ estate }: MapReader, rows: readonly FlowRow[]): string {
  const name = (id: string): string => PLACE_WORDS[id] ?? (estate.resource(id) === undefined ? safe(id) : label(id));
  return table(
    "text-flows",
    "Flows",
    ["from", "to", "traffic", "opened by"],
    rows.map((r) => [
      name(r.from),
      name(r.to),
      r.words + (r.unresolved ? " (not known yet)" : ""),
      r.by.map(label).join(", "),
    ]),
  );
}

export const rightsTable = ({ rows }: DataModel): string =>
  table(
    "text-rights",
    "Rights on data",
    ["principals", "data domain", "may"],
    [...rows]
      .sort(byKey((r) => `${r.domain} ${r.principals.join(" ")}`))
      .map((r) => [r.principals.map(principalName).join(", "), r.domain, rightWords(r)]),
  );

export const identitiesTable = (identities: readonly Identity[]): string =>
  table(
    "text-identities",
    "Identities",
    ["kind", "name", "policies", "conditions", "API keys", "permission sets"],
    identities.map((i) => [
      i.kind,
      i.name,
      String(i.policies),
      String(i.conditions),
      String(i.keys),
      i.permissions.join(", "),
    ]),
  );
