import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { denied, invalidArguments, notFound, preconditionFailed } from "../../core/problem.ts";
import { type Call, page, parseInput, type Route } from "../../core/routes.ts";
import { PROJECT } from "../account.ts";
import { PRECONFIGURED_ALERTS } from "./preconfigured-alerts.data.ts";

/** Cockpit v1: a project's alert manager in a region, its e-mail contacts and the preconfigured alerts it enables. */
const schema = z.object({
  /** `<region>/<project>`: there is one of each. */
  id: z.string(),
  region: z.string(),
  project_id: z.string(),
  url_id: z.string(),
  enabled: z.boolean(),
  contacts: z.array(z.object({ to: z.string(), send_resolved: z.boolean() })),
  rules: z.array(z.string()),
});
type AlertManager = z.infer<typeof schema>;

const ALERT_MANAGER: Kind<AlertManager> = {
  kind: "cockpit.alert-manager",
  resource: "alert_manager",
  schema,
  // It goes with its project, so it never keeps one from being deleted.
  place: (m) => ({ locality: m.region, project: "", name: m.project_id }),
};

const BASE = "/cockpit/v1/regions/:region/alert-manager";
const projectInput = z.object({ project_id: z.string() });
const contactInput = projectInput.extend({
  email: z.object({ to: z.string() }),
  send_resolved_notifications: z.boolean().nullish(),
});
const rulesInput = projectInput.extend({ rule_ids: z.array(z.string()).nullish() });

function managerOf(platform: Platform, region: string, projectId: string): AlertManager {
  // For a moment after a project's deletion the real one still answers (recordings); this one does not.
  if (platform.collection(PROJECT).find(projectId) === undefined) throw denied("cockpit", "read");
  const id = `${region}/${projectId}`;
  return (
    platform.collection(ALERT_MANAGER).find(id) ?? {
      id,
      region,
      project_id: projectId,
      url_id: platform.ids.uuid(),
      enabled: false,
      contacts: [],
      rules: [],
    }
  );
}

const view = (m: AlertManager): unknown => ({
  alert_manager_enabled: m.enabled,
  alert_manager_url: m.enabled ? `https://${m.url_id}.alertmanager.cockpit.${m.region}.scw.cloud` : null,
  managed_alerts_enabled: m.rules.length > 0,
  region: m.region,
});

const contactView = (m: AlertManager, contact: AlertManager["contacts"][number]): unknown => ({
  email: { to: contact.to },
  region: m.region,
  send_resolved_notifications: contact.send_resolved,
});

const change = (call: Call, projectId: string, next: (m: AlertManager) => Partial<AlertManager>): AlertManager => {
  const manager = managerOf(call.platform, call.locality, projectId);
  return call.platform.collection(ALERT_MANAGER).put({ ...manager, ...next(manager) });
};

const queried = (call: Call): AlertManager =>
  managerOf(call.platform, call.locality, call.query.get("project_id") ?? call.platform.defaultProjectId);

/** Ids of the rules that are on in the project that a call asks about. */
export const enabledRules = (call: Call): readonly string[] => queried(call).rules;

/** An id that names no rule is refused, so a typing error never passes for an alert. */
const ALL_RULES: readonly string[] = PRECONFIGURED_ALERTS.map((rule) => rule.id);
function knownRules(ids: readonly string[]): readonly string[] {
  const unknown = ids.filter((id) => !ALL_RULES.includes(id));
  if (unknown.length > 0)
    throw invalidArguments({ argument: "rule_ids", reason: "unknown", help: `no such rule: ${unknown.join(", ")}` });
  return ids;
}

/** All rules at once: the older form of enabling them. */
const toggleAll = (verb: string, rules: readonly string[]): Route => ({
  method: "POST",
  path: `${BASE}/managed-alerts/${verb}`,
  handle: (call) => view(change(call, parseInput(projectInput, call.input).project_id, () => ({ rules: [...rules] }))),
});

const toggle = (verb: string, enabled: boolean): Route => ({
  method: "POST",
  path: `${BASE}/${verb}`,
  handle: (call) =>
    view(
      change(call, parseInput(projectInput, call.input).project_id, () =>
        enabled ? { enabled } : { enabled, contacts: [], rules: [] },
      ),
    ),
});

export const alertManagerRoutes: readonly Route[] = [
  toggle("enable", true),
  toggle("disable", false),
  toggleAll("enable", ALL_RULES),
  toggleAll("disable", []),
  { method: "GET", path: BASE, handle: (call) => view(queried(call)) },
  {
    method: "GET",
    path: "/cockpit/v1/regions/:region/rules/count",
    // Rules of the customer's own are kept in Mimir and Loki, which are not here.
    handle: (call) => ({
      rules_count_by_datasource: [],
      preconfigured_rules_count: queried(call).rules.length,
      custom_rules_count: 0,
    }),
  },
  // Nobody is sent a message: there is no mail here.
  {
    method: "POST",
    path: `${BASE}/trigger-test-alert`,
    handle: (call) => {
      const { project_id } = parseInput(projectInput, call.input);
      const manager = managerOf(call.platform, call.locality, project_id);
      if (!manager.enabled) throw preconditionFailed("resource_not_usable", "the alert manager is not enabled");
      return undefined;
    },
  },
  {
    method: "GET",
    path: `${BASE}/contact-points`,
    handle: (call) => {
      const manager = queried(call);
      return {
        ...page(
          call,
          "contact_points",
          manager.contacts.map((c) => contactView(manager, c)),
        ),
        has_additional_contact_points: false,
        has_additional_receivers: false,
      };
    },
  },
  {
    method: "POST",
    path: `${BASE}/contact-points`,
    handle: (call) => {
      const { project_id, email, send_resolved_notifications } = parseInput(contactInput, call.input);
      const contact = { to: email.to, send_resolved: send_resolved_notifications ?? true };
      return contactView(
        change(call, project_id, (m) => ({ contacts: [...m.contacts.filter((c) => c.to !== email.to), contact] })),
        contact,
      );
    },
  },
  {
    method: "PATCH",
    path: `${BASE}/contact-points`,
    handle: (call) => {
      const { project_id, email, send_resolved_notifications } = parseInput(contactInput, call.input);
      let told: { readonly to: string; readonly send_resolved: boolean } | undefined;
      const manager = change(call, project_id, (m) => ({
        contacts: m.contacts.map((c) => {
          if (c.to !== email.to) return c;
          told = { ...c, send_resolved: send_resolved_notifications ?? c.send_resolved };
          return told;
        }),
      }));
      if (told === undefined) throw notFound("contact_point", email.to);
      return contactView(manager, told);
    },
  },
  {
    method: "POST",
    path: `${BASE}/contact-points/delete`,
    handle: (call) => {
      const { project_id, email } = parseInput(contactInput, call.input);
      change(call, project_id, (m) => ({ contacts: m.contacts.filter((c) => c.to !== email.to) }));
      return undefined;
    },
  },
  {
    method: "POST",
    path: `${BASE}/enable-alert-rules`,
    handle: (call) => {
      const { project_id, rule_ids } = parseInput(rulesInput, call.input);
      return {
        enabled_rule_ids: change(call, project_id, (m) => ({
          rules: [...new Set([...m.rules, ...knownRules(rule_ids ?? [])])].sort(),
        })).rules,
      };
    },
  },
  {
    method: "POST",
    path: `${BASE}/disable-alert-rules`,
    handle: (call) => {
      const { project_id, rule_ids } = parseInput(rulesInput, call.input);
      const off = new Set(rule_ids ?? []);
      change(call, project_id, (m) => ({ rules: m.rules.filter((r) => !off.has(r)) }));
      return { disabled_rule_ids: [...off].sort() };
    },
  },
];
