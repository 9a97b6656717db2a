import { filtered, page, type Route } from "../../core/routes.ts";
import { enabledRules } from "./alert-manager.ts";
import { PRECONFIGURED_ALERTS } from "./preconfigured-alerts.data.ts";

/** Cockpit v1: the alert rules that Scaleway ships, enabled or not in a project. */
export const alertRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/cockpit/v1/regions/:region/alerts",
    handle: (call) => {
      const enabled = new Set(enabledRules(call));
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
      }));
      const kept = filtered(call, alerts, {
        rule_status: (alert, v) => v.startsWith("unknown_") || alert.rule_status === v,
        is_preconfigured: (alert, v) => String(alert.preconfigured) === v,
        state: (alert, v) => v.startsWith("unknown_") || alert.state === v,
        data_source_id: (alert, v) => alert.data_source_id === v,
      });
      return page(call, "alerts", kept);
    },
  },
];
