import { notFound, type Problem } from "../../core/problem.ts";
import { param, type Route } from "../../core/routes.ts";

/** IAM v1alpha1: SAML and SCIM of the organization. No identity provider is in reach, so both are off: reading one is a 404. */
const off = (what: "saml" | "scim"): Route => ({
  method: "GET",
  path: `/iam/v1alpha1/organizations/:organization/${what}`,
  handle: (call): Problem => {
    throw notFound(`organization_${what}`, param(call, "organization"));
  },
});

export const singleSignOnRoutes: readonly Route[] = [off("saml"), off("scim")];
