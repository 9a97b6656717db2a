import type { RuleData } from "../../judge/kit/rule.ts";
import type { Finding, Verdict } from "../../judge/kit/verdict.ts";
import { type Provenance, type Report, reportOf } from "../../judge/reports/report.ts";

/** Verdicts made by hand for the reports: what renderers must cope with, without running a rule. */
export const PROVENANCE: Provenance = { version: "0.1.0", runId: "run-7", commit: "c0ffee", artefact: "Pulumi.yaml" };

const urn = (type: string, name: string): string => `urn:pulumi:trial.foundation::bastide::${type}::${name}`;

export const RULES: readonly RuleData[] = [
  {
    id: "NET-05",
    title: "a data-tier network learns no default route",
    severity: "critical",
    enforcement: "mandatory",
    waivable: false,
    controls: ["INT:R4", "SNC:13.2.b", "SNDS24:3.2?"],
    rationale: "A default route in the data tier is a way out for data.",
    remedy: "Detach the gateway from the data network.",
  },
  {
    id: "OBS-01",
    title: "security logs are kept a year",
    severity: "high",
    enforcement: "mandatory",
    waivable: true,
    controls: ["EHDS:73.1.e"],
    rationale: "A trace that is gone cannot be examined.",
    remedy: "Set the retention to 365 days.",
  },
  {
    id: "MIG-04",
    title: "each stateful product names its way out",
    severity: "low",
    enforcement: "advisory",
    waivable: true,
    controls: [],
    rationale: "What can't be left owns its user.",
    remedy: "Name an export format.",
  },
  {
    id: "LOC-01",
    title: "resources rest in allowed regions",
    severity: "critical",
    enforcement: "mandatory",
    waivable: false,
    controls: ["SNC:19.2.b", "HDS:28"],
    rationale: "Place decides whose law applies.",
    remedy: "Move the resource.",
  },
];

export const finding = (over: Partial<Finding> = {}): Finding => ({
  rule: "NET-05",
  outcome: "fail",
  severity: "critical",
  enforcement: "mandatory",
  subject: urn("scaleway:network/gatewayNetwork:GatewayNetwork", "data"),
  type: "scaleway:network/gatewayNetwork:GatewayNetwork",
  property: "gatewayId",
  got: "fr-par/0000",
  want: "no gateway",
  proof: "checked",
  path: [urn("scaleway:network/privateNetwork:PrivateNetwork", "data"), urn("scaleway:network/vpc:Vpc", "main")],
  controls: ["INT:R4 guidance", "SNC:13.2.b mirrors", "SNDS24:3.2? implements part of"],
  ...over,
});

const logs = (over: Partial<Finding>): Finding =>
  finding({
    rule: "OBS-01",
    severity: "high",
    subject: urn("scaleway:observability/source:Source", "audit"),
    type: "scaleway:observability/source:Source",
    property: "retentionDays",
    path: [],
    controls: ["EHDS:73.1.e implements part of"],
    ...over,
  });

const exit = logs({ rule: "MIG-04", outcome: "fail", severity: "low", enforcement: "advisory", got: null, want: "x" });

export const FINDINGS: readonly Finding[] = [
  { ...exit, controls: [] },
  logs({ outcome: "undecided", got: { unknown: true, from: urn("random:index:RandomId", "days") }, want: 365 }),
  logs({ outcome: "waived", got: 7, want: 365, waiver: "drill (R. Approver, until 2026-12-01)", property: "other" }),
  finding(),
];

export const verdict = (over: Partial<Verdict> = {}): Verdict => ({
  schema: "bastide.verdict/1",
  subject: "trial.foundation",
  door: "gate",
  profile: "fr-health",
  outcome: "fail",
  law: { rules: "a".repeat(64), waivers: "b".repeat(64) },
  now: "2026-11-23T00:00:00Z",
  counts: {
    rules: 4,
    pass: 12,
    fail: 2,
    undecided: 1,
    assumed: 1,
    waived: 1,
    notApplicable: 0,
    resources: 30,
    notJudged: 0,
  },
  notSeen: ["deletes", "other-stacks"],
  advisories: ["node egress unfiltered"],
  findings: FINDINGS,
  ...over,
});

export const report = (over: Partial<Verdict> = {}): Report =>
  reportOf(
    verdict(over),
    RULES,
    PROVENANCE,
    new Map([
      [finding().subject, { region: "fr-par", dataClass: "health-pseudo", source: { file: "index.ts", line: 12 } }],
    ]),
  );

/** A finding whose every text was chosen by somebody who wants out of the report's format. */
export const HOSTILE = finding({
  subject:
    'urn:pulumi:x::y::a:b:C::=HYPERLINK("http://evil","x")\u001b[2J\n| `a`` | <script>alert(1)</script> ]]> \u202e',
  type: "=cmd|' /C calc'!A0",
  property: "@SUM(1+1)*cmd|`x`",
  got: "-2+3\r\n![x](http://evil)\n\n# h \ud800",
  want: "+1 \"quoted\", 'and' <b>&amp;</b>",
});

/** Many findings: what caps are for. */
export const many = (n: number): readonly Finding[] =>
  Array.from({ length: n }, (_, i) =>
    finding({ subject: urn("scaleway:object/bucket:Bucket", `bucket-${String(i).padStart(6, "0")}`), path: [] }),
  );
