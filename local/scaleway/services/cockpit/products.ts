import { ordered, page, type Route } from "../../core/routes.ts";
import { PRODUCTS } from "./products.data.ts";

/** Cockpit v1: what the platform sends to Cockpit by itself, and how long it is kept. Bounds in days (Cockpit API, 2026). */
export const RETENTION_DAYS = { min_days: 1, max_days: 1825 } as const;
export const DEFAULT_DAYS = { metrics: 31, logs: 7, traces: 7 } as const;

const retention = (days: number): unknown => ({ ...RETENTION_DAYS, default_days: days });

export const productRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/cockpit/v1/regions/:region/products",
    handle: (call) =>
      page(call, "products_list", ordered(call, PRODUCTS, { keys: { display_name: (p) => p.display_name } })),
  },
  {
    method: "GET",
    path: "/cockpit/v1/regions/:region/config",
    handle: () => ({
      custom_metrics_retention: retention(DEFAULT_DAYS.metrics),
      custom_logs_retention: retention(DEFAULT_DAYS.logs),
      custom_traces_retention: retention(DEFAULT_DAYS.traces),
      product_metrics_retention: retention(DEFAULT_DAYS.metrics),
      product_logs_retention: retention(DEFAULT_DAYS.logs),
    }),
  },
];
