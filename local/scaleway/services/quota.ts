import type { Guard } from "../core/api.ts";
import type { Platform } from "../core/platform.ts";
import { notFound, quotaExceeded } from "../core/problem.ts";
import { filtered, ordered, page, param, type Route } from "../core/routes.ts";

/**
 * IAM v1alpha1: the organization's quotas, and that they hold. Each limit is what a validated organization has by default
 * (documentation, 2025); more is granted on request, here by an option of the start.
 */
interface Quota {
  readonly name: string;
  readonly limit: number;
  /** Kind of the records that count, over all regions. */
  readonly kind: string;
  /** The operation that adds one. */
  readonly route: string;
}

const QUOTAS: readonly Quota[] = [
  { name: "projects", limit: 25, kind: "account.project", route: "POST /account/v3/projects" },
  { name: "iam_users", limit: 50, kind: "iam.user", route: "POST /iam/v1alpha1/users" },
  { name: "iam_applications", limit: 100, kind: "iam.application", route: "POST /iam/v1alpha1/applications" },
  { name: "iam_groups", limit: 50, kind: "iam.group", route: "POST /iam/v1alpha1/groups" },
  { name: "iam_policies", limit: 50, kind: "iam.policy", route: "POST /iam/v1alpha1/policies" },
  { name: "iam_api_keys", limit: 50, kind: "iam.api-key", route: "POST /iam/v1alpha1/api-keys" },
  {
    name: "secrets",
    limit: 250,
    kind: "secret-manager.secret",
    route: "POST /secret-manager/v1beta1/regions/:region/secrets",
  },
];
/** Object storage counts its own. */
const BUCKETS = { name: "buckets", limit: 100 };

/** Granted limits by name, in place of the default ones. */
export type GrantedQuotas = Readonly<Record<string, number>>;

const granted = (name: string): string => `quota.${name}`;

/** Grants other limits from now on. */
export function grantQuotas(platform: Pick<Platform, "store">, quotas: GrantedQuotas): void {
  for (const [name, limit] of Object.entries(quotas)) platform.store.meta.set(granted(name), String(limit));
}

const limitOf = (platform: Pick<Platform, "store">, quota: { readonly name: string; readonly limit: number }): number =>
  Number(platform.store.meta.get(granted(quota.name)) ?? quota.limit);

export const bucketQuota = (platform: Pick<Platform, "store">): number => limitOf(platform, BUCKETS);

/** Refuses what would be one too many. */
export const withinQuota: Guard = ({ platform }, method, path) => {
  const quota = QUOTAS.find(({ route }) => route === `${method} ${path}`);
  if (quota === undefined) return;
  const limit = limitOf(platform, quota);
  const row = platform.store.database.prepare("SELECT count(*) AS n FROM records WHERE kind = ?").get(quota.kind);
  const current = Number(row?.n ?? 0);
  if (current >= limit) throw quotaExceeded(quota.name, limit, current);
};

const view = (platform: Pick<Platform, "store">, quota: { readonly name: string; readonly limit: number }) => ({
  name: quota.name,
  limit: limitOf(platform, quota),
  unlimited: false,
  pretty_name: quota.name,
  unit: "unit",
  description: "",
  locality_type: "global",
  limits: [],
});

const PATH = "/iam/v1alpha1/quota";

export const quotaRoutes: readonly Route[] = [
  {
    method: "GET",
    path: PATH,
    handle: (call) => {
      const all = [...QUOTAS, BUCKETS].map((quota) => view(call.platform, quota));
      const kept = filtered(call, all, { quotum_names: (q, v) => q.name === v });
      return page(call, "quota", ordered(call, kept, { unasked: "name_asc" }));
    },
  },
  {
    method: "GET",
    path: `${PATH}/:name`,
    handle: (call) => {
      const name = param(call, "name");
      const quota = [...QUOTAS, BUCKETS].find((q) => q.name === name);
      if (quota === undefined) throw notFound("quotum", name);
      return view(call.platform, quota);
    },
  },
];
