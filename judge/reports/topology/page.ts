import { estateOf } from "../../facts/estate.ts";
import type { RawEstate } from "../../facts/raw.ts";
import type { Finding, Verdict } from "../../kit/verdict.ts";
import { escapeHtml, page } from "../html-page.ts";
import type { Report } from "../report.ts";
import { byHarm, label, OUTCOME_WORDS, safe, scope, summary, valueText, wordsOf } from "../wording.ts";
import { graphSvg } from "./graph/svg.ts";
import { layout } from "./layout.ts";
import { mapOf } from "./model-of.ts";
import { itemsOf, pageData, type Views, viewsOf } from "./page-data.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { flowsTable, identitiesTable, placesText, rightsTable } from "./page-text.ts";
import { mapReader } from "./reading.ts";
import { MAP_SCRIPT } from "./script.data.ts";
import { svg } from "./svg.ts";

/** At most this many findings stand beside the map; the verdict has all. */
const MOST_FINDINGS = 200;

/** The picture alone. */
export const topologySvg = (estate: RawEstate, verdict?: Verdict): string => {
  const model = mapOf(estate, verdict);
  return `${svg(layout(model), `Topology of ${model.title}`)}\n`;
};

/**
 * `topology.html`: places, flows and data of an estate, each as a picture and as text, and the findings that point into them. One
 * file that asks for nothing; its script only shows and hides, and without it everything stands below each other.
 */
export function topologyPage(raw: RawEstate, report: Report | undefined): string {
  const verdict = report?.verdict;
  const model = mapOf(raw, verdict);
  const reader = mapReader(estateOf(raw.door, raw.resources), verdict?.findings ?? []);
  const views = viewsOf(reader);
  const findings = (verdict?.findings ?? []).filter((f) => TOLD.has(f.outcome)).sort(byHarm);
  const shown = findings.slice(0, MOST_FINDINGS);
  const where = new Map(itemsOf(model).flatMap((item) => item.urns.map((urn) => [urn, item.anchor] as const)));
  const data = pageData(
    model,
    views,
    shown.map((f) => [f.subject, ...f.path]),
  );
  const body = [
    header(model.title, verdict),
    `<div class="columns"><main>`,
    TABS,
    panel("places", "Places", `<figure>${svg(layout(model), `Topology of ${model.title}`)}</figure>${LEGEND}`),
    panel("flows", "Flows", flowsPanel(views)),
    panel("data", "Data", dataPanel(views)),
    panel(
      "text",
      "As text",
      `${placesText(model)}${flowsTable(reader, views.flowRows)}${rightsTable(views.rights)}${identitiesTable(model.identities)}`,
    ),
    `</main>`,
    `<aside aria-label="Findings and details"><section id="detail" hidden aria-live="polite"></section>${findingsList(report, shown, findings.length, where)}</aside></div>`,
    `<script type="application/json" id="map-data">${jsonIsland(data)}</script>`,
  ].join("\n");
  return page(`Topology: ${model.title}`, PAGE_STYLE, body, MAP_SCRIPT);
}

const TOLD: ReadonlySet<string> = new Set(["fail", "undecided", "waived"]);

/** JSON that can't end the element it stands in. */
const jsonIsland = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

const header = (title: string, verdict: Verdict | undefined): string =>
  `<header><div><h1>${escapeHtml(title)}</h1>${verdict === undefined ? "" : `<p class="${verdict.outcome}"><b>${verdict.outcome}</b> ${escapeHtml(summary(verdict))} <small>${escapeHtml(scope(verdict))}</small></p>`}</div><search class="find"><label for="search">Search <kbd>/</kbd></label><input id="search" type="search" autocomplete="off" spellcheck="false" placeholder="bucket, network, principal…"><span id="found" role="status"></span><ul id="results"></ul></search></header>`;

const VIEWS = [
  ["places", "Places", "regions, networks, stores"],
  ["flows", "Flows", "who can talk"],
  ["data", "Data", "who can do what"],
  ["text", "As text", "everything in words"],
] as const;

const TABS = `<div role="tablist" aria-label="Views">${VIEWS.map(([id, name, about]) => `<button type="button" role="tab" id="tab-${id}" data-view="${id}" aria-controls="view-${id}" aria-selected="false"><b>${name}</b> <small>${about}</small></button>`).join("")}</div>`;

const panel = (id: string, title: string, content: string): string =>
  `<section id="view-${id}" role="tabpanel" aria-labelledby="tab-${id}"><h2 class="view-title">${title}</h2>${content}</section>`;

const flowsPanel = ({ flows }: Views): string =>
  flows.nodes.length === 0
    ? "<p>No two places of this estate can talk.</p>"
    : `<p class="hint">Each arrow: new connections that the networks, routes, filters and gateways let through; answers come back on it. Red comes in from outside (through a bastion: only whom it admits), violet goes out. Dashed: open only because something is not known yet.</p><figure>${graphSvg(flows, "Who can talk", "flows")}</figure>`;

const dataPanel = ({ data }: Views): string =>
  data.nodes.length === 0
    ? "<p>No data and no principals in this estate.</p>"
    : `<p class="hint">Who has a right on the buckets of each data domain. Amber: may read. Dashed: only by reading the engine's state, holding another's key or getting into a cluster. Principals with the same rights are one box.</p><figure>${graphSvg(data, "Who can do what with which data", "data")}</figure>`;

function findingsList(
  report: Report | undefined,
  shown: readonly Finding[],
  all: number,
  where: ReadonlyMap<string, string>,
): string {
  if (report === undefined) return "";
  if (shown.length === 0)
    return `<h2>Findings</h2><p class="hint">None. Choose a box to see what it is, what it can reach and who can reach it.</p>`;
  const items = shown.map((f, i) => {
    const anchor = where.get(f.subject);
    const subject = escapeHtml(label(f.subject));
    const path =
      f.path.length === 0
        ? ""
        : `<span class="path">through ${f.path.map((p) => escapeHtml(label(p))).join(" → ")}</span>`;
    const values = [valueText(f.got), valueText(f.want)];
    // What is a whole way or table stands in the verdict; here its path says it.
    const got = values.some((v) => v.length > 90 || /^[[{]/.test(v))
      ? ""
      : `<span class="got">got ${escapeHtml(values[0] ?? "")}, want ${escapeHtml(values[1] ?? "")}</span>`;
    const link = anchor === undefined ? "" : ` <a class="noscript" href="#${anchor}">show</a>`;
    return `<li class="${f.outcome}"><button type="button" data-finding="${i}" aria-pressed="false"><b>${f.rule}</b> <small>${OUTCOME_WORDS[f.outcome]}, ${f.severity}</small><span>${escapeHtml(wordsOf(report, f.rule).title)}</span><span class="who">${subject} <code>${escapeHtml(safe(f.property))}</code></span>${got}${path}</button>${link}</li>`;
  });
  const hidden = all - shown.length;
  return `<h2 id="findings">Findings <small>${all}</small></h2><p class="hint">Choose one: its witness path lights up.</p><ol class="findings">${items.join("\n")}</ol>${hidden > 0 ? `<p>and ${hidden} more, in the verdict</p>` : ""}`;
}

const LEGEND = `<p class="legend"><span class="v">violation</span> <span class="d">cannot know</span> <span class="w">waived</span> · left edge: data class · <b>KMS</b> key at rest · <b>GOV./COMPL.</b> object lock · shield: encrypted by the writer</p>`;
