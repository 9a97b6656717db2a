import type { GrantsFact } from "../../../../judge/facts/fact.ts";
import type { PersonFact, SignInFact } from "../../../../judge/facts/fact-people.ts";
import { decide, fail, notApplicable, pass, type Result } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";

/** A policy is bound by one of three properties, or to nobody. */
function judgeGrants({ urn, principals }: GrantsFact): Result {
  const user = principals.find((ref) => ref.property === "userId");
  const about = { subject: urn, property: "userId", want: "a group or an application" };
  if (user === undefined || user.kind === "absent") {
    const bound = principals.find((ref) => ref.kind !== "absent");
    return bound === undefined ? notApplicable(urn, "userId", "bound to nobody") : pass(about, bound.property);
  }
  // Whoever the user turns out to be, it is one.
  return fail(about, user.kind === "id" ? user.id : "a user");
}

const judgePerson = ({ urn, how }: PersonFact): Result =>
  fail({ subject: urn, property: "type", want: "people who come from the identity provider" }, how);

/** Without OIDC a cluster signs people in by IAM, whose policies are judged one by one. */
function judgeSignIn({ urn, issuer }: SignInFact): Result {
  const about = { subject: urn, property: issuer.property, want: "an issuer by https" };
  if (issuer.value.known && issuer.value.value === undefined) {
    return notApplicable(urn, issuer.property, "people sign in by IAM");
  }
  return decide(about, issuer.value, (url) => url?.startsWith("https://") === true);
}

export const rightsGoToGroupsAndApplications = resourceRule({
  id: "IAM-02",
  title: "rights go to groups or applications, and people come from the identity provider",
  severity: "medium",
  enforcement: "mandatory",
  waivable: true,
  controls: [
    "ADM:R38",
    "ADM:R40",
    "ADM:R30",
    "CIS:3.1.1",
    "CIS:3.1.2",
    "SNC:9.2.b",
    "IR:11.5.2.a",
    "IR:11.5.2.b",
    "ISO:A.5.16",
  ],
  rationale:
    "A right that is bound to a person stays when the person changes task, and an account that a program makes outlives the " +
    "contract it was made for. People who come by the identity provider leave by it, and lose every group with it.",
  remedy:
    "Bind the policy to a group (`groupId`) or an application; let people in by SAML or SCIM instead of `iam.User` or `GrafanaUser`.",
  judgeOne: (resource) =>
    resource.facts.flatMap((fact) => {
      if (fact.kind === "grants") return [judgeGrants(fact)];
      if (fact.kind === "person") return [judgePerson(fact)];
      return fact.kind === "sign-in" ? [judgeSignIn(fact)] : [];
    }),
});
