import { byText, stableJson } from "../../kernel/order.ts";
import type { Law } from "../kit/law.ts";
import type { Rule, RuleData } from "../kit/rule.ts";
import type { Change, Risk } from "./change.ts";

/** The law that belongs to one side, with the rules that apply it. */
export interface SideLaw {
  readonly law: Law;
  readonly rules: readonly Rule[];
  /** Identifies the judge's own code where the caller knows it: a rule can keep its words and judge otherwise. */
  readonly code?: string;
}

type Rows = ReadonlyMap<string, string>;

const rows = <T>(items: readonly T[], key: (item: T) => string): Rows =>
  new Map(items.map((item) => [key(item), stableJson(item)]));

const text = (value: unknown, field: string): string => {
  const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, field) : undefined;
  return typeof found === "string" ? found : "";
};

const byRuleAndSubject = (waiver: unknown): string => `${text(waiver, "rule")} on ${text(waiver, "subject")}`;

const flowName = (flow: Law["flows"][number]): string => {
  const end = (value: unknown): string => `${text(value, "tier")} in ${text(value, "region")}`;
  const ports = Array.isArray(flow.ports) ? [...new Set(flow.ports)].join("-") : "";
  return `${end(flow.from)} to ${end(flow.to)}, ${text(flow, "protocol")} ${ports}`;
};

const bare = ({ id, title, severity, enforcement, waivable }: RuleData): unknown => ({
  id,
  title,
  severity,
  enforcement,
  waivable,
});

/**
 * What changed in the law itself. What it allows more is for a person; what it allows less closes something. The law of a change
 * takes effect once it is merged: the verdict on the same change is made under the law of before.
 */
export function lawChanges(base: SideLaw, head: SideLaw): readonly Change[] {
  const [a, b] = [base.law, head.law];
  const allows = (aspect: string, property: string, before: Rows, after: Rows): readonly Change[] => [
    ...difference(aspect, property, before, after, "needs review", "none"),
  ];
  return [
    ...scalar("profile", a.profile, b.profile),
    ...scalar("phase", a.phase, b.phase),
    ...allows(
      "region",
      "regions",
      rows(a.regions, (r) => r.name),
      rows(b.regions, (r) => r.name),
    ),
    ...allows(
      "plug-in",
      "plugins",
      rows(a.plugins, (p) => p.name),
      rows(b.plugins, (p) => p.name),
    ),
    ...allows(
      "administrator source",
      "adminSources",
      rows(a.adminSources ?? [], String),
      rows(b.adminSources ?? [], String),
    ),
    ...allows(
      "host",
      "hosts",
      rows(a.hosts, (h) => h.host),
      rows(b.hosts, (h) => h.host),
    ),
    ...allows("flow", "flows", rows(a.flows, flowName), rows(b.flows, flowName)),
    ...allows("waiver", "waivers", rows(a.waivers, byRuleAndSubject), rows(b.waivers, byRuleAndSubject)),
    ...allows("rule judged elsewhere", "coveredElsewhere", covered(a), covered(b)),
    // A rule that is gone allows what it refused.
    ...difference(
      "rule",
      "rules",
      rows(base.rules.map(bareOf), idOf),
      rows(head.rules.map(bareOf), idOf),
      "low",
      "needs review",
    ),
    ...(base.code === head.code ? [] : [judgeCode]),
  ];
}

const covered = (law: Law): Rows => new Map(Object.entries(law.coveredElsewhere));
const bareOf = (rule: RuleData): { readonly id: string; readonly data: unknown } => ({ id: rule.id, data: bare(rule) });
const idOf = ({ id }: { readonly id: string }): string => id;

const judgeCode: Change = lawChange("judge", "code", "", "needs review", {});

function lawChange(
  aspect: string,
  property: string,
  what: string,
  risk: Risk,
  values: Pick<Change, "before" | "after">,
): Change {
  return { topic: "law", aspect, risk, subject: "law", property, what, path: [], refusedBy: [], ...values };
}

const scalar = (aspect: string, before: string, after: string): readonly Change[] =>
  before === after ? [] : [lawChange(aspect, aspect, "", "needs review", { before, after })];

function difference(
  aspect: string,
  property: string,
  before: Rows,
  after: Rows,
  gained: Risk,
  lost: Risk,
): readonly Change[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort(byText);
  return names.flatMap((what) => {
    const [old, now] = [before.get(what), after.get(what)];
    if (old === now) return [];
    if (old === undefined) return [lawChange(aspect, property, what, gained, { after: true })];
    if (now === undefined) return [lawChange(aspect, property, what, lost, { before: true })];
    return [lawChange(aspect, property, what, "needs review", { before: "as it was", after: "otherwise" })];
  });
}
