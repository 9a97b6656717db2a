import type { Estate } from "../../../../judge/facts/estate.ts";
import { type Actor, type Separation, separationIn, UNLISTED } from "../../../../judge/facts/separation.ts";
import { notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { judgeDuties } from "./incompatible-duties-are-apart.ts";

const WANT = "duties that may come together, over all groups and policies";

function judgeActor({ who, duties, via }: Actor, { openGroups }: Separation, estate: Estate): Result {
  const known = estate.resource(who) !== undefined;
  // One that is not in the estate is blamed on what gives it its rights.
  const subject = known ? who : (via.find((urn) => estate.resource(urn) !== undefined) ?? "stack");
  const about = { subject, property: "duties", want: WANT, path: known ? via : [who, ...via] };
  const result = judgeDuties(about, duties);
  if (who !== UNLISTED || result.outcome !== "pass") return result;
  return pass(
    { ...about, path: openGroups },
    { duties: result.got, membership: "outside this program, taken together" },
  );
}

export const nobodyGathersIncompatibleDuties = rule({
  id: "G5",
  title: "nobody gathers incompatible duties over groups, policies and bucket policies",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:6.2.a", "SNC:9.3.f", "ISO:A.5.3", "IR:11.2.2.a", "EHDS:73.1.a"],
  rationale:
    "Each policy may be harmless and their sum not: a job that is in a group, has a policy of its own and is named in a bucket's. All that " +
    "reaches one principal is added up. Members whom the identity provider joins are not in any plan, so all such groups are taken as " +
    "one person's: only what stays apart even then passes.",
  remedy:
    "Take the member out of one group, or the principal out of one policy; give the second duty to another application or group.",
  judge: (estate) => {
    const separation = separationIn(estate);
    const [open] = separation.unclear;
    const results = separation.actors
      .filter(({ duties }) => duties.size > 0)
      .map((actor) => judgeActor(actor, separation, estate));
    if (open !== undefined) {
      const about = { subject: "stack", property: open.property, want: "grants and memberships that are known" };
      return [...results, undecided(about, open)];
    }
    return results.length > 0 ? results : [notApplicable("stack", "duties", "nobody has any of the duties")];
  },
});
