/**
 * Instance types eligible for health workloads: the production-optimised range, which the shared-responsibility pages do not
 * exclude. Source: Scaleway docs, "Organization quotas" (lists the range), read 2026-11-23. Presence in a zone on a given
 * day is asked for by `preflight`.
 */
export const PRODUCTION_TYPES: readonly string[] = [
  "POP2-2C-8G",
  "POP2-4C-16G",
  "POP2-8C-32G",
  "POP2-16C-64G",
  "POP2-32C-128G",
  "POP2-HC-4C-8G",
  "POP2-HC-8C-16G",
  "POP2-HC-16C-32G",
  "POP2-HC-32C-64G",
  "POP2-HM-2C-16G",
  "POP2-HM-4C-32G",
  "POP2-HM-8C-64G",
  "POP2-HM-16C-128G",
  "POP2-HM-32C-256G",
];
