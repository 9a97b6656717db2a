import { page, type Route } from "../core/routes.ts";

/** IAM v1alpha1: the organization's quotas. The local one grants what a validated organization has by default (docs, 2025). */
const LIMITS: Readonly<Record<string, number>> = {
  projects: 25,
  iam_applications: 100,
  iam_groups: 50,
  iam_policies: 50,
  iam_api_keys: 50,
  buckets: 100,
  secrets: 250,
};

export const quotaRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/iam/v1alpha1/quota",
    handle: (call) =>
      page(
        call,
        "quota",
        Object.entries(LIMITS).map(([name, limit]) => ({
          name,
          limit,
          unlimited: false,
          pretty_name: name,
          unit: "unit",
          description: "",
          locality_type: "global",
          limits: [],
        })),
      ),
  },
];
