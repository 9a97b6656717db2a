import { type Duties, INCOMPATIBLE, rightsIn } from "../../../../judge/facts/rights.ts";
import { type About, fail, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";

/** What one set of duties closes: the first pair that is surely held, else the first that may be. */
export function judgeDuties(about: About, duties: Duties): Result {
  const pairs = INCOMPATIBLE.flatMap(([a, b, why]) => {
    const [first, second] = [duties.get(a), duties.get(b)];
    return first === undefined || second === undefined ? [] : [{ a, b, why, first, second }];
  });
  const sure = pairs.find(({ first, second }) => first.unsure === undefined && second.unsure === undefined);
  if (sure !== undefined) {
    const { a, b, why, first, second } = sure;
    const got = { [a]: first.right, [b]: second.right, why };
    return fail({ ...about, path: [...new Set([...(about.path ?? []), first.by, second.by])] }, got);
  }
  const [open] = pairs;
  const from = open?.first.unsure ?? open?.second.unsure;
  return from === undefined ? pass(about, [...duties.keys()].sort()) : undecided(about, from);
}

export const incompatibleDutiesAreApart = rule({
  id: "IAM-04",
  title: "no policy gives two duties that must be apart",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:6.2.a", "SNC:9.3.f", "ISO:A.5.3", "IR:11.2.2.a", "EHDS:73.1.a"],
  rationale:
    "Who administers keys and reads what they protect, grants rights and reads data, or administers and deletes the log, needs nobody " +
    "else to do harm and leaves no second witness. This looks at one policy; what several of them add up to is G5's. Whoever may deploy " +
    "and approve a waiver is not seen in resources: the waiver's own check (EVD-01) keeps owner and approver apart.",
  remedy: "Split the policy in two, and bind the halves to principals that no person or job holds together.",
  judge: (estate) => {
    const rights = rightsIn(estate);
    return estate.facts("grants").map((grants) => {
      const about = { subject: grants.urn, property: "rules", want: "duties that may come together" };
      const duties = rights.ofPolicy(grants);
      if (!duties.known) return undecided(about, duties.from);
      return duties.value.size === 0
        ? notApplicable(grants.urn, about.property, "none of the duties")
        : judgeDuties(about, duties.value);
    });
  },
});
