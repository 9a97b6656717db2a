import { byText, sortedUnique, stableJson } from "../../kernel/order.ts";
import { type Estate, estateOf } from "../facts/estate.ts";
import { inputsDigest } from "../facts/inputs-digest.ts";
import type { RawEstate } from "../facts/raw.ts";
import { digestOf } from "../kit/digest.ts";
import { judgeEstate } from "../kit/judge.ts";
import { lawDigests } from "../kit/law.ts";
import type { Verdict } from "../kit/verdict.ts";
import { type Change, isNotKnown, type Review, RISKS, type Risk, type SideInfo, TOPICS } from "./change.ts";
import { differences } from "./compare.ts";
import { withoutCovered } from "./covered.ts";
import { dataRights, withoutRepeats } from "./data-rights.ts";
import { exposure } from "./exposure.ts";
import { handOrder } from "./hands.ts";
import { keeping } from "./keeping.ts";
import { lawChanges, type SideLaw } from "./law-changes.ts";
import { losses } from "./loss.ts";
import { match } from "./match.ts";
import type { Meaning } from "./meaning.ts";
import { networkAcls } from "./network-acl.ts";
import { openers, paths } from "./paths.ts";
import { places, stores, unjudged } from "./places.ts";
import { residency, withoutClasses } from "./residency.ts";
import { rights } from "./rights.ts";
import { type Seen, seen } from "./seen.ts";
import { notComparedOf } from "./spots.ts";
import { withVerdicts } from "./verdict-changes.ts";

export interface ReviewSide extends SideLaw {
  /** As the caller named it. */
  readonly name: string;
  readonly estate: RawEstate;
}

export interface ReviewOptions {
  readonly now: string;
  /** The law that both sides are judged under, and the rules: the trusted ones, never the change's own. */
  readonly trusted: SideLaw;
}

/** What an estate means, as far as facts tell it: one collector for each thing that a reader asks. */
const meaningsOf = (side: Seen, { law }: SideLaw): readonly Meaning[] => [
  ...exposure(side),
  ...networkAcls(side),
  ...paths(side),
  ...rights(side),
  ...dataRights(side),
  ...keeping(side),
  ...places(side, law),
  ...residency(side, law),
  ...stores(side),
  ...unjudged(side, (r) => inputsDigest(r.raw.inputs).slice(0, 12)),
];

/** Digest of a law with its rules, as an approval carries it. What was agreed to be lost is apart: that comes after the review. */
export const lawDigest = ({ law, rules, code }: SideLaw): string =>
  digestOf([
    lawDigests({ ...law, consents: [] }),
    rules.map(({ id, severity, enforcement, title }) => [id, severity, enforcement, title]),
    code ?? "",
  ]);

/** What a change means, between two estates and their laws. Pure: same sides, same bytes. */
export function reviewOf(base: ReviewSide, head: ReviewSide, options: ReviewOptions): Review {
  const [before, after] = [
    estateOf(base.estate.door, base.estate.resources),
    estateOf(head.estate.door, head.estate.resources),
  ];
  const pairs = match(before, after);
  const same = sameEstate(base, head);
  const meant = meaningsOf(seen(before), base);
  const means = same ? meant : meaningsOf(seen(after), head);
  const verdicts = [base, head].map((side) => verdictOn(side, options));
  const found = [
    ...losses(head.estate, pairs.gone, pairs.kept),
    ...openers(withoutClasses(withoutRepeats(withoutCovered(differences(meant, means, pairs))))),
    ...lawChanges(base, head),
  ];
  const changes = withVerdicts(found, verdicts[0], verdicts[1], pairs.key)
    .map((c) => withSource(c, after, before))
    .sort(byHarm);
  return {
    schema: "bastide.review/1",
    base: infoOf(base, verdicts[0]),
    head: infoOf(head, verdicts[1]),
    risk: RISKS.find((risk) => changes.some((c) => c.risk === risk)) ?? "none",
    counts: countsOf(changes),
    changes,
    notCompared: sortedUnique(notComparedOf(base.estate, head.estate)),
  };
}

/** Two sides of one door with the same resources need no second reading. */
const sameEstate = (base: ReviewSide, head: ReviewSide): boolean =>
  base.estate.door === head.estate.door &&
  base.estate.resources === head.estate.resources &&
  stableJson(base.law) === stableJson(head.law);

const verdictOn = (side: ReviewSide, { trusted, now }: ReviewOptions): Verdict | undefined =>
  side.estate.resources.length === 0 ? undefined : judgeEstate(side.estate, trusted.law, trusted.rules, { now });

const infoOf = (side: ReviewSide, verdict: Verdict | undefined): SideInfo => ({
  name: side.name,
  subject: side.estate.subject,
  door: side.estate.door,
  law: lawDigest(side),
  outcome: verdict?.outcome ?? "nothing",
  resources: side.estate.resources.length,
  notSeen: sortedUnique(side.estate.notSeen),
});

/** Topics whose subject is the far end of a way: what opened it is its last step. */
const FAR: ReadonlySet<Change["topic"]> = new Set<Change["topic"]>(["path", "residency"]);

function withSource(change: Change, after: Estate, before: Estate): Change {
  const near =
    FAR.has(change.topic) && change.path.length > 0
      ? [...change.path].reverse()
      : [change.subject, ...[...change.path].reverse()];
  const source = near.flatMap((urn) => (after.resource(urn) ?? before.resource(urn))?.raw.source ?? [])[0];
  return source === undefined ? change : { ...change, source };
}

const countsOf = (changes: readonly Change[]): Record<Risk, number> => {
  const count = (risk: Risk): number => changes.filter((c) => c.risk === risk).length;
  return {
    refused: count("refused"),
    "needs consent": count("needs consent"),
    "needs review": count("needs review"),
    low: count("low"),
    none: count("none"),
  };
};

/** What opens, appears or can't be known before what closes. */
const direction = (c: Change): number => (isNotKnown(c.after) ? 0 : c.after === undefined ? 2 : 1);

/** Worst first: risk, topic, direction, whose hand; then by name, so that the order never depends on luck. */
export const byHarm = (a: Change, b: Change): number =>
  RISKS.indexOf(a.risk) - RISKS.indexOf(b.risk) ||
  TOPICS.indexOf(a.topic) - TOPICS.indexOf(b.topic) ||
  direction(a) - direction(b) ||
  handOrder(a) - handOrder(b) ||
  byText(a.subject, b.subject) ||
  byText(a.aspect, b.aspect) ||
  byText(a.target ?? "", b.target ?? "") ||
  byText(a.what, b.what) ||
  byText(a.property, b.property);
