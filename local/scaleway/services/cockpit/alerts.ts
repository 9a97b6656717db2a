import { page, type Route } from "../../core/routes.ts";
import { enabledRules } from "./alert-manager.ts";
import { PRECONFIGURED_ALERTS } from "./preconfigured-alerts.data.ts";

/** Cockpit v1: the alert rules that Scaleway ships, enabled or not in a project. */
export const alertRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/cockpit/v1/regions/:region/alerts",
    handle: (call) => {
      const enabled = new Set(enabledRules(call));
      const wanted = call.query.get("rule_status") ?? "unknown_rule_status";
      const alerts = PRECONFIGURED_ALERTS.map((rule) => ({
        region: call.locality,
        preconfigured: true,
        name: rule.name,
        rule: "",
        duration: "10m",
        rule_status: enabled.has(rule.id) ? "enabled" : "disabled",
        state: "unknown_state",
        data_source_id: "",
        annotations: {},
        preconfigured_data: {
          preconfigured_rule_id: rule.id,
          display_name: rule.display,
          display_description: "",
          product_name: rule.product,
          product_family: rule.family,
        },
      })).filter((alert) => wanted.startsWith("unknown_") || alert.rule_status === wanted);
      return page(call, "alerts", alerts);
    },
  },
];
