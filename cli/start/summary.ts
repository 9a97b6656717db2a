import { relative } from "node:path";
import type { RawEstate, RawResource } from "../../judge/facts/raw.ts";
import type { Report } from "../../judge/reports/report.ts";
import { summary } from "../../judge/reports/wording.ts";
import { BastideError } from "../../kernel/errors.ts";
import { heading, note } from "../console.ts";
import { exitCodeOf } from "../judge/verdict-of.ts";
import type { ClusterLook } from "./clusters.ts";
import type { EgressRecord } from "./rehearse.ts";

const KINDS: readonly (readonly [label: string, type: string])[] = [
  ["private networks", "scaleway:network/privateNetwork:PrivateNetwork"],
  ["network ACLs", "scaleway:network/acl:Acl"],
  ["public gateways", "scaleway:network/publicGateway:PublicGateway"],
  ["clusters", "scaleway:kubernetes/cluster:Cluster"],
  ["node pools", "scaleway:kubernetes/pool:Pool"],
  ["servers", "scaleway:instance/server:Server"],
  ["buckets", "scaleway:object/bucket:Bucket"],
  ["keys", "bastide:keymanager:Key"],
  ["secrets", "scaleway:secrets/secret:Secret"],
  ["applications", "scaleway:iam/application:Application"],
  ["policies", "scaleway:iam/policy:Policy"],
];

const COUNTED: readonly (readonly [label: string, of: "namespaces" | "workloads" | "pods" | "policies"])[] = [
  ["namespaces", "namespaces"],
  ["workloads", "workloads"],
  ["pods, all well", "pods"],
  ["admission policies", "policies"],
];

const regionOf = (r: RawResource): string => {
  const place = r.outputs.region ?? r.outputs.zone ?? r.inputs.region ?? r.inputs.zone;
  return typeof place === "string" ? place.replace(/-\d+$/, "") : "global";
};

const row = (label: string, cells: readonly (string | number)[]): string =>
  `  ${label.padEnd(18)}${cells.map((c) => String(c).padStart(11)).join("")}`;

const table = (estate: RawEstate): readonly string[] => {
  const regions = [
    ...new Set(estate.resources.filter((r) => KINDS.some(([, type]) => type === r.type)).map(regionOf)),
  ].sort();
  const count = (type: string, region: string): number =>
    estate.resources.filter((r) => r.type === type && regionOf(r) === region).length;
  return [
    row("", regions),
    ...KINDS.map(([label, type]) =>
      row(
        label,
        regions.map((region) => count(type, region) || "·"),
      ),
    ),
  ];
};

const hsmKeys = (estate: RawEstate): number =>
  estate.resources.filter((r) => r.type === "bastide:keymanager:Key" && r.outputs.protectionLevel === "hsm").length;

/** What the clusters hold, and what hostile pods got from them in the API server's words. */
function tellClusters(looks: readonly ClusterLook[]): void {
  heading("What runs on its clusters: real API servers, pods played by kwok");
  note(
    row(
      "",
      looks.map(({ region }) => region),
    ),
  );
  for (const [label, of] of COUNTED)
    note(
      row(
        label,
        looks.map((look) => look[of]),
      ),
    );
  heading("What a hostile pod gets there");
  for (const { what, by, said } of looks[0]?.tried ?? []) {
    note(`  ${what}: refused by ${by}`);
    note(`    ${said}`);
  }
}

/** What a person wants to read at the end. @throws BastideError exit 1 when the verdict does not pass. */
export function summarise(result: {
  readonly report: Report;
  readonly estate: RawEstate;
  readonly looks: readonly ClusterLook[];
  readonly out: string;
  readonly egress: EgressRecord;
}): void {
  const { report, estate, egress } = result;
  heading("What stands on the local Scaleway");
  for (const line of table(estate)) note(line);
  note(`\n  ${hsmKeys(estate)} keys read back with protection level hsm (emulated: our local Scaleway answered)`);
  tellClusters(result.looks);
  heading("What the judge says of the state");
  note(`  ${report.verdict.outcome}: ${summary(report.verdict)}`);
  for (const advisory of report.verdict.advisories) note(`    · ${advisory}`);
  heading("What left this machine");
  note(
    `  ${egress.enforced === "netns" ? "nothing could: network namespace with loopback only" : "proxied hosts only (this machine allows no network namespace)"}`,
  );
  note(
    `  ${egress.hosts.filter((h) => h.emulated).length} emulated hosts asked for, ${egress.refused.length} refused${egress.refused.length > 0 ? `: ${egress.refused.join(", ")}` : ""}`,
  );
  heading("Where to look");
  const at = (file: string): string => relative(process.cwd(), `${result.out}/${file}`);
  note(`  ${at("report.md")}      the verdict, for people`);
  note(`  ${at("topology.html")}  the picture: regions, tiers, gateways, clusters, buckets, keys`);
  note(`  ${at("verdict.json")}   the same for machines (also verdict.sarif, controls.csv, report.html)`);
  note(`  ${at("foundation.state.json")}   the stack's export, secrets encrypted (also bootstrap and platform)`);
  note(`  ${at("egress.json")}    every host that was asked for\n`);
  if (exitCodeOf(report) !== 0) throw new BastideError("the verdict on the state does not pass: see report.md", [], 1);
}
