import type { RawEstate } from "../../facts/raw.ts";
import type { Finding, Verdict } from "../../kit/verdict.ts";
import { escapeHtml, page } from "../html-page.ts";
import type { Report } from "../report.ts";
import { byHarm, label, OUTCOME_WORDS, safe, scope, summary, valueText, wordsOf } from "../wording.ts";
import { layout } from "./layout.ts";
import type { Identity, MapModel } from "./model.ts";
import { mapOf } from "./model-of.ts";
import { svg } from "./svg.ts";

/** At most this many findings stand beside the map; the verdict has all. */
const MOST_FINDINGS = 200;

/** The picture alone. */
export const topologySvg = (estate: RawEstate, verdict?: Verdict): string => {
  const model = mapOf(estate, verdict);
  return `${svg(layout(model), `Topology of ${model.title}`)}\n`;
};

/** `topology.html`: the picture, the findings that point into it, the identities. One file, no script, no request. */
export function topologyPage(estate: RawEstate, report: Report | undefined): string {
  const model = mapOf(estate, report?.verdict);
  const where = anchorsOf(model);
  const body = [
    `<header><h1>Topology of ${escapeHtml(model.title)}</h1>${report === undefined ? "" : verdictLine(report.verdict)}</header>`,
    LEGEND,
    `<figure>${svg(layout(model), `Topology of ${model.title}`)}</figure>`,
    report === undefined ? "" : findingsTable(report, where),
    identitiesTable(model.identities),
  ].join("\n");
  return page(`Topology: ${model.title}`, PAGE_STYLE, body);
}

const verdictLine = (verdict: Verdict): string =>
  `<p class="${verdict.outcome}"><b>${verdict.outcome}</b> ${escapeHtml(summary(verdict))} <small>${escapeHtml(scope(verdict))}</small></p>`;

/** Where each URN is drawn. */
function anchorsOf(model: MapModel): ReadonlyMap<string, string> {
  const items = model.regions.flatMap((r) => [
    ...r.gateways,
    ...r.buckets,
    ...r.services,
    ...r.loose.hosts,
    ...r.loose.clusters.flatMap((c) => [c, ...c.zones.flatMap((z) => z.pools)]),
    ...r.vpcs.flatMap((v) => [
      v.vpc,
      ...v.bands.flatMap((b) => [
        b.network,
        ...b.hosts,
        ...b.clusters.flatMap((c) => [c, ...c.zones.flatMap((z) => z.pools)]),
      ]),
    ]),
  ]);
  return new Map(items.flatMap((item) => item.urns.map((urn) => [urn, item.anchor] as const)));
}

function findingsTable(report: Report, where: ReadonlyMap<string, string>): string {
  const findings = report.verdict.findings
    .filter((f) => ["fail", "undecided", "waived"].includes(f.outcome))
    .sort(byHarm);
  if (findings.length === 0) return "<h2>Findings</h2><p>None.</p>";
  const hidden = findings.length - MOST_FINDINGS;
  const rows = findings.slice(0, MOST_FINDINGS).map((f) => findingRow(report, f, where));
  return `<h2 id="findings">Findings</h2><table><thead><tr><th scope="col">rule</th><th scope="col">what</th><th scope="col">where</th><th scope="col">got</th><th scope="col">want</th></tr></thead><tbody>${rows.join("\n")}</tbody></table>${hidden > 0 ? `<p>and ${hidden} more, in the verdict</p>` : ""}`;
}

function findingRow(report: Report, f: Finding, where: ReadonlyMap<string, string>): string {
  const link = (urn: string): string => {
    const anchor = where.get(urn);
    const words = escapeHtml(label(urn));
    return anchor === undefined ? words : `<a href="#${anchor}">${words}</a>`;
  };
  const path = f.path.length === 0 ? "" : `<br><small>through ${f.path.map(link).join(" → ")}</small>`;
  const cells = [
    `<b>${f.rule}</b><br><small>${OUTCOME_WORDS[f.outcome]}, ${f.severity}</small>`,
    escapeHtml(wordsOf(report, f.rule).title),
    `${link(f.subject)}<br><small>${escapeHtml(safe(f.property))}</small>${path}`,
    escapeHtml(valueText(f.got)),
    escapeHtml(valueText(f.want)),
  ];
  return `<tr>${cells.map((c) => `<td>${c}</td>`).join("")}</tr>`;
}

function identitiesTable(identities: readonly Identity[]): string {
  if (identities.length === 0) return "";
  const rows = identities.map((i) => {
    const cells = [i.kind, i.name, String(i.policies), String(i.conditions), String(i.keys), i.permissions.join(", ")];
    return `<tr id="${i.anchor}" class="${i.mark}">${cells.map((c) => `<td>${escapeHtml(c)}</td>`).join("")}</tr>`;
  });
  return `<h2>Identities</h2><table class="identities"><thead><tr>${["kind", "name", "policies", "conditions", "API keys", "permission sets"].map((h) => `<th scope="col">${h}</th>`).join("")}</tr></thead><tbody>${rows.join("\n")}</tbody></table>`;
}

const LEGEND = `<p class="legend"><span class="v">violation</span> <span class="d">cannot know</span> <span class="w">waived</span> · left edge: data class · badges: <b>KMS</b> key at rest, <b>GOV./COMPL.</b> object lock, shield: encrypted by the writer · Tab moves through the boxes, and each tells its resources</p>`;

const PAGE_STYLE = `
body{max-width:none}figure{margin:1rem 0;overflow-x:auto}svg.map{width:100%;min-width:60rem;height:auto}
h1{font-size:1.3rem;margin:0}h2{font-size:1.1rem}small,.legend{color:var(--muted)}.legend{font-size:.85rem}
.legend .v{border:3px solid var(--bad);padding:0 .3rem}.legend .d{border:3px dashed var(--doubt);padding:0 .3rem}.legend .w{border:2px dotted var(--muted);padding:0 .3rem}
.fail b{color:var(--bad)}.undecided b{color:var(--doubt)}.pass b{color:var(--good)}
.identities th,.identities td:not(:last-child){white-space:nowrap}
table{border-collapse:collapse;font-size:.85rem;width:100%}th,td{border-top:1px solid var(--line);padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
tr.violation td:first-child{border-left:4px solid var(--bad)}tr.doubt td:first-child{border-left:4px dashed var(--doubt)}
@media print{@page{size:A3 landscape}svg.map{min-width:0}}`;
