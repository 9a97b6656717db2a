import { addDays, midnight } from "../../stacks/dates.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { typed } from "./envoy.ts";

/** Envoy's filter that decides whether a request passes at all. */
const RBAC = "envoy.filters.http.rbac";

/** First instant at which the permit is over: its last day counts whole, in UTC. @param until ISO date. */
const endOf = (until: string): string => midnight(addDays(until, 1));

/**
 * Lets requests pass until the permit's last day is over, and answers 403 from then on: by the gateway's own clock, whether anybody
 * runs an `up` on that day or not. The condition is CEL's tree for `request.time < timestamp("…")`; Envoy takes no text.
 */
export const untilTheEnd = (until: string): Json => ({
  name: RBAC,
  typed_config: typed("extensions.filters.http.rbac.v3.RBAC", rulesUntil(until)),
});

/** The filter where the routes of a listener belong to different permits: it decides nothing itself, each route brings its own. */
export const byRoute: Json = { name: RBAC, typed_config: typed("extensions.filters.http.rbac.v3.RBAC") };

/** What one route brings along for `byRoute`. */
export const routeUntilTheEnd = (until: string): JsonObject => ({
  typed_per_filter_config: {
    [RBAC]: typed("extensions.filters.http.rbac.v3.RBACPerRoute", { rbac: rulesUntil(until) }),
  },
});

const rulesUntil = (until: string): JsonObject => ({
  rules: {
    action: "ALLOW",
    policies: {
      permit: { permissions: [{ any: true }], principals: [{ any: true }], condition: isBefore(endOf(until)) },
    },
  },
});

const isBefore = (instant: string): Json => ({
  call_expr: {
    function: "_<_",
    args: [
      { select_expr: { operand: { ident_expr: { name: "request" } }, field: "time" } },
      { call_expr: { function: "timestamp", args: [{ const_expr: { string_value: instant } }] } },
    ],
  },
});
