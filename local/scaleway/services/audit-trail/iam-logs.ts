import { notFound } from "../../core/problem.ts";
import { filtered, ordered, page, param, type Route } from "../../core/routes.ts";
import type { Store } from "../../core/store.ts";
import { type JournalEntry, openJournal } from "./journal.ts";

/** IAM v1alpha1: logs, which are what the audit trail has of principals, their policies and their keys, in fewer words. */
const TYPES: Readonly<Record<string, string>> = {
  iam_api_key: "api_key",
  iam_user: "user",
  iam_application: "application",
  iam_group: "group",
  iam_policy: "policy",
};

const actionOf = (method: string): "created" | "deleted" | "updated" =>
  method.startsWith("Create") || method.startsWith("Clone")
    ? "created"
    : method.startsWith("Delete")
      ? "deleted"
      : "updated";

interface Log {
  readonly id: string;
  readonly created_at: string;
  readonly ip: string;
  readonly user_agent: string;
  readonly action: string;
  readonly bearer_id: string;
  readonly organization_id: string;
  readonly resource_type: string;
  readonly resource_id: string;
}

/** A refused call changed nothing, and is no log. */
function logOf(event: JournalEntry): readonly Log[] {
  const [about] = event.resources;
  const type = TYPES[about?.type ?? ""];
  if (about === undefined || type === undefined || event.status_code >= 300) return [];
  return [
    {
      id: event.id,
      created_at: event.recorded_at,
      ip: event.source_ip,
      user_agent: event.user_agent ?? "",
      action: actionOf(event.method_name),
      bearer_id: event.principal.id,
      organization_id: event.organization_id,
      resource_type: type,
      resource_id: about.id,
    },
  ];
}

const logs = (store: Store): readonly Log[] => openJournal(store).all().flatMap(logOf);
const PATH = "/iam/v1alpha1/logs";

export const iamLogRoutes: readonly Route[] = [
  {
    method: "GET",
    path: PATH,
    handle: (call) => {
      const kept = filtered(call, logs(call.platform.store), {
        created_after: (log, v) => Date.parse(log.created_at) > Date.parse(v),
        created_before: (log, v) => Date.parse(log.created_at) < Date.parse(v),
        action: (log, v) => v === "unknown_action" || log.action === v,
        resource_type: (log, v) => v === "unknown_resource_type" || log.resource_type === v,
        search: (log, v) => log.bearer_id === v || log.resource_id === v,
      });
      return page(call, "logs", ordered(call, kept));
    },
  },
  {
    method: "GET",
    path: `${PATH}/:id`,
    handle: (call) => {
      const id = param(call, "id");
      const log = logs(call.platform.store).find((one) => one.id === id);
      if (log === undefined) throw notFound("log", id);
      return log;
    },
  },
];
