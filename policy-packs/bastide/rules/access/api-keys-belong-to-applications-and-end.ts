import type { ApiKeyFact } from "../../../../judge/facts/fact-keys.ts";
import { decide, fail, pass, type Result } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";

/** Longest life of an API key from now on: our own parameter, the texts ask for an end and name no number. */
const DAYS = 90;
const DAY_MS = 86_400_000;

/** An instant with its zone; a date alone is midnight UTC. */
const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

const endsInTime = (expiresAt: string | undefined, now: string): boolean =>
  expiresAt !== undefined && INSTANT.test(expiresAt) && Date.parse(expiresAt) - Date.parse(now) <= DAYS * DAY_MS;

function judgeOwner({ urn, application, user }: ApiKeyFact): Result {
  const about = { subject: urn, property: application.property, want: "an application" };
  if (user.kind !== "absent")
    return fail({ ...about, property: user.property }, user.kind === "id" ? user.id : "a user");
  // Which application it is may be unknown yet; that it is one is the property's own meaning.
  return application.kind === "absent"
    ? fail(about, null)
    : pass(about, application.kind === "id" ? application.id : "set");
}

export const apiKeysBelongToApplicationsAndEnd = resourceRule({
  id: "IAM-03",
  title: "API keys belong to applications and end within 90 days",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["IR:11.6.2.c", "RCF:10.A.1", "RCF:10.A.2", "RCF:10.B.5", "ISO:A.5.17"],
  rationale:
    "A key is a right without a person: copied into a job, a laptop or a log, it opens from everywhere until it ends, and unless " +
    "told it never ends. A user's key carries the user's rights, and a changed `userId` is not sent to Scaleway. The 90 days are our own.",
  remedy:
    "Set `applicationId` and an `expiresAt` at most 90 days away; overlap two keys, so that each can be replaced in time.",
  judgeOne: (resource, _estate, _law, now) =>
    resource.facts.flatMap((fact) => {
      if (fact.kind !== "api-key") return [];
      const { property, value } = fact.expiresAt;
      const about = { subject: fact.urn, property, want: `an instant at most ${DAYS} days from ${now.slice(0, 10)}` };
      return [judgeOwner(fact), decide(about, value, (expiresAt) => endsInTime(expiresAt, now))];
    }),
});
