import type { Finding, Verdict } from "../kit/verdict.ts";
import type { Change } from "./change.ts";

/** The rule that asks for a consent to each loss: what it refuses is not refused for good. */
const ASKS_FOR_CONSENT = "EVD-05";

type Blocking = "fail" | "undecided";

const keyOf = (f: Finding, urn: (urn: string) => string): string => `${f.rule}\n${urn(f.subject)}\n${f.property}`;

/** Findings by what they are about, so that a finding which only moved in the program is the same. */
const byKey = (verdict: Verdict | undefined, urn: (urn: string) => string): ReadonlyMap<string, Finding> =>
  new Map((verdict?.findings ?? []).map((f) => [keyOf(f, urn), f]));

/**
 * What the rules say of the head and did not say of the base. Mandatory findings refuse the changes that they are about; those
 * about nothing else that changed are told by themselves, and so are waived ones and those that are gone.
 */
export function withVerdicts(
  changes: readonly Change[],
  base: Verdict | undefined,
  head: Verdict | undefined,
  urn: (urn: string) => string,
): readonly Change[] {
  const before = byKey(base, (u) => u);
  const after = byKey(head, urn);
  const fresh = [...after].filter(([key, f]) => before.get(key)?.outcome !== f.outcome).map(([, f]) => f);
  const blocking = fresh.filter((f) => f.enforcement === "mandatory" && isBlocking(f) && f.rule !== ASKS_FOR_CONSENT);
  const losses = new Set(changes.flatMap((c) => (c.topic === "loss" ? [c.subject] : [])));
  const judged = changes.map((change): Change => {
    const by = blocking.filter((f) => isAbout(f, change)).map((f) => f.rule);
    return by.length === 0 ? change : { ...change, risk: "refused", refusedBy: [...new Set(by)].sort() };
  });
  const told = new Set(judged.flatMap((c) => (c.refusedBy.length > 0 ? [c.subject, ...c.path] : [])));
  const alone = fresh
    .filter((f) => isTold(f) && !(blocking.includes(f) && told.has(f.subject)))
    .filter((f) => !(f.rule === ASKS_FOR_CONSENT && losses.has(f.subject)))
    .map(ofFinding);
  const gone = [...before].filter(([key, f]) => isBlocking(f) && !after.has(key)).map(([, f]) => ofGone(f));
  return [...judged, ...alone, ...gone];
}

const isBlocking = (f: Finding): f is Finding & { readonly outcome: Blocking } =>
  f.outcome === "fail" || f.outcome === "undecided";
const isTold = (f: Finding): boolean => isBlocking(f) || f.outcome === "waived";

/** What only closes something is not what a rule refuses. */
const isAbout = (f: Finding, change: Change): boolean =>
  change.risk !== "none" &&
  change.topic !== "law" &&
  (change.subject === f.subject || change.path.includes(f.subject) || f.path.includes(change.subject));

function ofFinding(f: Finding): Change {
  const base = {
    topic: f.outcome === "undecided" ? ("unknown" as const) : ("verdict" as const),
    subject: f.subject,
    property: f.property,
    what: f.rule,
    path: f.path,
    after: true,
  };
  if (f.outcome === "waived") return { ...base, aspect: "waived", risk: "needs review", refusedBy: [] };
  if (f.rule === ASKS_FOR_CONSENT) return { ...base, aspect: "violation", risk: "needs consent", refusedBy: [] };
  const mandatory = f.enforcement === "mandatory";
  return {
    ...base,
    aspect: f.outcome === "undecided" ? "cannot be known" : "violation",
    risk: mandatory ? "refused" : "low",
    refusedBy: mandatory ? [f.rule] : [],
  };
}

const ofGone = (f: Finding): Change => ({
  topic: "verdict",
  aspect: f.outcome === "undecided" ? "cannot be known" : "violation",
  risk: "none",
  subject: f.subject,
  property: f.property,
  what: f.rule,
  before: true,
  path: f.path,
  refusedBy: [],
});
