import type { Source } from "./catalogue.ts";

/** Default limits of an Organization with payment method and identity validated; an environment may state higher, granted ones. */
export const QUOTA_SOURCE: Source = { title: "Scaleway docs: Organization quotas", date: "2026-11-23" };

/** Quota → default limit. `instances:<type>` counts nodes and servers of one type; `per-vpc` ones hold for each VPC apart. */
export const DEFAULT_QUOTAS: Readonly<Record<string, number>> = {
  projects: 25,
  applications: 100,
  groups: 50,
  policies: 50,
  "api-keys": 50,
  "ssh-keys": 50,
  buckets: 100,
  secrets: 250,
  "private-networks": 255,
  "private-nics": 255,
  "public-gateways": 50,
  "public-gateway-ips": 50,
  "gateway-attachments": 10,
  "pat-rules": 2048,
  "security-rules": 500,
  clusters: 40,
  "dedicated-control-planes": 4,
  "block-storage-gb": 5000,
  "acl-rules-per-vpc": 255,
  "instances:POP2-2C-8G": 5,
  "instances:POP2-4C-16G": 4,
  "instances:POP2-8C-32G": 2,
  "instances:POP2-16C-64G": 2,
  "instances:POP2-32C-128G": 1,
  "instances:POP2-HC-4C-8G": 4,
  "instances:POP2-HC-8C-16G": 2,
  "instances:POP2-HC-16C-32G": 2,
  "instances:POP2-HC-32C-64G": 1,
  "instances:POP2-HM-2C-16G": 5,
  "instances:POP2-HM-4C-32G": 4,
  "instances:POP2-HM-8C-64G": 2,
  "instances:POP2-HM-16C-128G": 2,
  "instances:POP2-HM-32C-256G": 1,
};
