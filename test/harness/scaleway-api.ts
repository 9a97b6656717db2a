import { jsonApi } from "../../local/scaleway/core/api.ts";
import { type Clock, openClock } from "../../local/scaleway/core/clock.ts";
import { openIds } from "../../local/scaleway/core/ids.ts";
import { makePlatform, type Platform, PUBLIC_REGIONS } from "../../local/scaleway/core/platform.ts";
import type { Route } from "../../local/scaleway/core/routes.ts";
import { openStore } from "../../local/scaleway/core/store.ts";
import { LOCAL_ORGANIZATION, openSeed, plantSeed } from "../../local/scaleway/seed.ts";
import { accountRoutes } from "../../local/scaleway/services/account.ts";
import { ROUTES, SETTLERS } from "../../local/scaleway/services/all.ts";
import { allow } from "../../local/scaleway/services/allow.ts";
import { auditObserver } from "../../local/scaleway/services/audit-trail/events.ts";
import { authenticate } from "../../local/scaleway/services/iam/keys.ts";

/** The JSON API in memory, without a wire: a call is a function. Ids follow from the seed, time stands still unless moved. */
export interface ApiBench {
  readonly platform: Platform;
  readonly clock: Clock;
  /** Calls as the owner; `as` is another secret key. */
  call(method: string, path: string, body?: unknown, as?: string): Promise<ApiAnswer>;
  /** Calls, and fails the test unless the answer is a success. */
  must(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Record<string, unknown>;
  readonly text: string;
}

export const PROJECT_ID: string = LOCAL_ORGANIZATION;
const START = Date.UTC(2026, 0, 1);

export interface BenchOptions {
  readonly transitionMs?: number;
  /** Default: all there are. */
  readonly routes?: readonly Route[];
}

export const ALL_ROUTES: readonly Route[] = [...accountRoutes, ...ROUTES];

export function apiBench({ routes = ALL_ROUTES, ...options }: BenchOptions = {}): ApiBench {
  const store = openStore(undefined);
  const clock = openClock(store, () => START);
  const ids = openIds(store, "bench");
  const seed = openSeed(store, ids, LOCAL_ORGANIZATION);
  const { organizationId, defaultProjectId } = seed;
  const platform = makePlatform({
    store,
    clock,
    ids,
    regions: PUBLIC_REGIONS,
    organizationId,
    defaultProjectId,
    ...options,
  });
  plantSeed(platform, seed, clock);
  const service = jsonApi(platform, routes, authenticate, SETTLERS, allow, auditObserver);
  const call: ApiBench["call"] = async (method, path, body, as = seed.secretKey) => {
    const [bare = "", rawQuery = ""] = path.split("?");
    const raw = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
    const answer = await service.answer({
      method,
      host: "api.scaleway.com",
      path: bare,
      rawQuery,
      headers: { "x-auth-token": as },
      body: Buffer.from(raw),
      sourceIp: "127.0.0.1",
    });
    const text = answer.body.toString("utf8");
    return { status: answer.status, headers: answer.headers, body: asRecord(text), text };
  };
  return {
    platform,
    clock,
    call,
    must: async (method, path, body) => {
      const answer = await call(method, path, body);
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
      return answer.body;
    },
  };
}

function asRecord(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed !== null && typeof parsed === "object" ? { ...parsed } : {};
  } catch {
    // Answers without JSON (204, user data) have no fields.
    return {};
  }
}

/** A field of an answer as text; fails on anything else. */
export function textOf(body: Readonly<Record<string, unknown>>, field: string): string {
  const value = body[field];
  if (typeof value !== "string") throw new Error(`${field} is ${JSON.stringify(value)}, not text`);
  return value;
}
