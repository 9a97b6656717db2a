import { z } from "zod";
import { byKey, sortedUnique } from "../../../../kernel/order.ts";
import type { Observer } from "../../core/api.ts";
import { type Platform, regionOfZone } from "../../core/platform.ts";
import { type Call, type Filters, filtered, type Route } from "../../core/routes.ts";
import { type JournalEntry, openJournal, type SystemEvent } from "./journal.ts";
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

const regionOf = (platform: Platform, locality: string): string =>
  locality === "global"
    ? HOME_OF_GLOBAL
    : platform.regions.some((r) => r.name === locality)
      ? locality
      : regionOfZone(locality);

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
  const resource = {
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
    resources: id === undefined ? [] : [resource],
  });
};

const about = {
  project_id: (e: { readonly project_id: string | null }, v: string) => e.project_id === v,
  resource_type: (e: Pick<JournalEntry, "resources">, v: string) =>
    v === "unknown_type" || e.resources.some((r) => r.type === v),
};
const FILTERS: Filters<JournalEntry> = {
  ...about,
  resource_id: (e, v) => e.resources.some((r) => r.id === v),
  method_name: (e, v) => e.method_name === v,
  product_name: (e, v) => e.product_name === v,
  service_name: (e, v) => e.service_name === v,
  principal_id: (e, v) => e.principal.id === v,
  source_ip: (e, v) => e.source_ip === v,
  status: (e, v) => String(e.status_code) === v,
};

const HOUR_MS = 3_600_000;

/** What is between two instants: by default the last hour, where the reference says so. */
function between<T extends { readonly recorded_at: string }>(
  call: Call,
  events: readonly T[],
  unasked: number,
): readonly T[] {
  const instant = (name: string, otherwise: number): number => {
    const text = call.query.get(name);
    return text === null || text === "" ? otherwise : Date.parse(text);
  };
  const from = instant("recorded_after", unasked);
  const to = instant("recorded_before", Number.POSITIVE_INFINITY);
  return events.filter((e) => Date.parse(e.recorded_at) >= from && Date.parse(e.recorded_at) < to);
}

/** Pages here are told apart by a token, and nothing says how many there are. @param oldestFirst the events. */
function tokenPage({ query }: Call, oldestFirst: readonly unknown[]): unknown {
  const ordered = query.get("order_by") === "recorded_at_asc" ? oldestFirst : [...oldestFirst].reverse();
  const start = Number(query.get("page_token") ?? "0");
  const next = start + Number(query.get("page_size") ?? PAGE_SIZE);
  return {
    events: ordered.slice(start, next),
    ...(next < ordered.length ? { next_page_token: String(next) } : {}),
  };
}

/** Events of calls in a region, oldest first. */
export const eventsIn = (platform: Platform, region: string): readonly JournalEntry[] =>
  openJournal(platform.store)
    .all()
    .filter((e) => regionOf(platform, e.locality) === region);

const systemEventsIn = (platform: Platform, region: string): readonly SystemEvent[] =>
  openJournal(platform.store)
    .system()
    .filter((e) => e.locality === region);

const lastHour = ({ platform }: Call): number => platform.clock.now() - HOUR_MS;
const PATH = "/audit-trail/v1alpha1/regions/:region";
const LAST = 5;

/** Both kinds by age; those of one instant in the order of their kinds. */
function combined(call: Call): unknown {
  const { platform, locality } = call;
  const api = filtered(call, eventsIn(platform, locality), about);
  const system = filtered(call, systemEventsIn(platform, locality), about);
  const all = [
    ...api.map((e) => ({ recorded_at: e.recorded_at, shown: { api: e } })),
    ...system.map((e) => ({ recorded_at: e.recorded_at, shown: { system: e } })),
  ];
  const byAge = between(call, all, Number.NEGATIVE_INFINITY).toSorted(byKey((e) => e.recorded_at));
  return tokenPage(
    call,
    byAge.map((e) => e.shown),
  );
}

/** @param routes of all services: what the trail writes down. */
export const eventRoutes = (routes: () => readonly Pick<Route, "method" | "path">[]): readonly Route[] => [
  {
    method: "GET",
    path: `${PATH}/events`,
    handle: (call) =>
      tokenPage(call, filtered(call, between(call, eventsIn(call.platform, call.locality), lastHour(call)), FILTERS)),
  },
  {
    method: "GET",
    path: `${PATH}/system-events`,
    handle: (call) => tokenPage(call, between(call, systemEventsIn(call.platform, call.locality), lastHour(call))),
  },
  // Nobody signs in to a console here.
  { method: "GET", path: `${PATH}/authentication-events`, handle: (call) => tokenPage(call, between(call, [], 0)) },
  { method: "GET", path: `${PATH}/combined-events`, handle: combined },
  {
    method: "GET",
    path: `${PATH}/last-events-overview`,
    handle: (call) => {
      const events = filtered(call, eventsIn(call.platform, call.locality), { project_id: about.project_id });
      return { last_events: events.slice(-LAST).reverse() };
    },
  },
  {
    method: "GET",
    path: `${PATH}/products`,
    handle: () => {
      const products = productsOf(routes());
      return { products, total_count: products.length };
    },
  },
];

/** Products whose calls are written down, with the methods of each version of their API. */
function productsOf(routes: readonly Pick<Route, "method" | "path">[]) {
  const written = routes.filter(({ method }) => method !== "GET").map(namesOf);
  return sortedUnique(written.map(({ product }) => product)).map((product) => {
    const own = written.filter((names) => names.product === product);
    return {
      title: product,
      name: product,
      services: sortedUnique(own.map(({ service }) => service)).map((service) => ({
        name: service,
        methods: sortedUnique(own.filter((names) => names.service === service).map(({ method }) => method)),
      })),
    };
  });
}
