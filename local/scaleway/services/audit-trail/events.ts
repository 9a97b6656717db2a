import { z } from "zod";
import type { Observer } from "../../core/api.ts";
import { type Platform, regionOfZone } from "../../core/platform.ts";
import type { Call, Route } from "../../core/routes.ts";
import { type JournalEntry, openJournal } from "./journal.ts";
import { namesOf } from "./method-names.ts";

/**
 * Audit Trail v1alpha1: events. Every call of the API that would change something is one, carried out or refused, in the region
 * that it was about; those of global products are kept in Paris (documentation). Calls of object storage are none.
 */
const HOME_OF_GLOBAL = "fr-par";
const PAGE_SIZE = 20;
/** Named values that no log may hold. */
const SECRET = /^(data|password|plaintext|secret_key|key_material|salt|private_key|admin_password|content|token)$/;

const withoutSecrets = (input: unknown): unknown => {
  if (Array.isArray(input)) return input.map(withoutSecrets);
  if (typeof input !== "object" || input === null) return input;
  return Object.fromEntries(
    Object.entries(input).map(([key, value]) => [key, SECRET.test(key) ? "[redacted]" : withoutSecrets(value)]),
  );
};

const answered = z.object({
  id: z.string(),
  name: z.string().nullish(),
  project_id: z.string().nullish(),
  project: z.string().nullish(),
  created_at: z.string().nullish(),
  updated_at: z.string().nullish(),
  path: z.string().nullish(),
});
const asked = z.object({ project_id: z.string().nullish(), project: z.string().nullish() });

/** The resource in an answer: itself, or the one thing that an envelope holds. */
function resourceIn(answer: unknown): z.infer<typeof answered> | undefined {
  const direct = answered.safeParse(answer);
  if (direct.success) return direct.data;
  const values = typeof answer === "object" && answer !== null ? Object.values(answer) : [];
  const inner = values.length === 1 ? answered.safeParse(values[0]) : undefined;
  return inner?.success === true ? inner.data : undefined;
}

/** Writes an event for each call that it is told of. */
export const auditObserver: Observer = ({ call, route, wire, status, answer }) => {
  const { platform, caller } = call;
  const names = namesOf(route);
  const found = resourceIn(answer);
  const id = found?.id ?? call.params.id;
  const given = asked.safeParse(call.input);
  const now = platform.clock.stamp();
  const project =
    found?.project_id ?? found?.project ?? (given.success ? (given.data.project_id ?? given.data.project) : undefined);
  const about = {
    id: id ?? "",
    type: names.resourceType ?? "unknown_type",
    created_at: found?.created_at ?? null,
    updated_at: found?.updated_at ?? null,
    deleted_at: route.method === "DELETE" && status < 300 ? now : null,
    name: found?.name ?? null,
    ...(names.resourceType === "secret_manager_secret"
      ? { secret_manager_secret_info: { path: found?.path ?? null } }
      : {}),
  };
  openJournal(platform.store).write({
    id: platform.ids.uuid(),
    recorded_at: now,
    locality: call.locality,
    principal: { id: caller.id },
    organization_id: platform.organizationId,
    project_id: project ?? (id === undefined ? null : openJournal(platform.store).projectOf(id)),
    source_ip: wire.sourceIp,
    user_agent: wire.headers["user-agent"] ?? null,
    product_name: names.product,
    service_name: names.service,
    method_name: names.method,
    request_id: platform.ids.uuid(),
    request_body: withoutSecrets(call.input),
    status_code: status,
    resources: id === undefined ? [] : [about],
  });
};

const regionOf = (platform: Platform, locality: string): string =>
  locality === "global"
    ? HOME_OF_GLOBAL
    : platform.regions.some((r) => r.name === locality)
      ? locality
      : regionOfZone(locality);

const FILTERS: Readonly<Record<string, (event: JournalEntry, value: string) => boolean>> = {
  project_id: (e, v) => e.project_id === v,
  resource_type: (e, v) => v === "unknown_type" || e.resources.some((r) => r.type === v),
  resource_id: (e, v) => e.resources.some((r) => r.id === v),
  method_name: (e, v) => e.method_name === v,
  product_name: (e, v) => e.product_name === v,
  service_name: (e, v) => e.service_name === v,
  principal_id: (e, v) => e.principal.id === v,
  source_ip: (e, v) => e.source_ip === v,
  status: (e, v) => String(e.status_code) === v,
  recorded_after: (e, v) => Date.parse(e.recorded_at) >= Date.parse(v),
  recorded_before: (e, v) => Date.parse(e.recorded_at) < Date.parse(v),
};

/** Pages here are told apart by a token, and nothing says how many there are. */
function list(call: Call): unknown {
  const { platform, query, locality } = call;
  const wanted = Object.entries(FILTERS).flatMap(([name, accepts]) => {
    const value = query.get(name);
    return value === null || value === "" ? [] : [(event: JournalEntry): boolean => accepts(event, value)];
  });
  const all = openJournal(platform.store)
    .all()
    .filter((e) => regionOf(platform, e.locality) === locality && wanted.every((accepts) => accepts(e)));
  const ordered = query.get("order_by") === "recorded_at_asc" ? all : [...all].reverse();
  const start = Number(query.get("page_token") ?? "0");
  const size = Number(query.get("page_size") ?? PAGE_SIZE);
  const next = start + size;
  return {
    events: ordered.slice(start, next),
    ...(next < ordered.length ? { next_page_token: String(next) } : {}),
  };
}

export const eventRoutes: readonly Route[] = [
  { method: "GET", path: "/audit-trail/v1alpha1/regions/:region/events", handle: list },
];
