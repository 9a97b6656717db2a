import { jsonApi } from "../local/scaleway/core/api.ts";
import { openClock } from "../local/scaleway/core/clock.ts";
import { openIds } from "../local/scaleway/core/ids.ts";
import { makePlatform, PUBLIC_REGIONS } from "../local/scaleway/core/platform.ts";
import { openStore } from "../local/scaleway/core/store.ts";
import { LOCAL_ORGANIZATION, openSeed, plantSeed } from "../local/scaleway/seed.ts";
import { accountRoutes } from "../local/scaleway/services/account.ts";
import { ROUTES, SETTLERS } from "../local/scaleway/services/all.ts";
import { allow } from "../local/scaleway/services/allow.ts";
import { auditObserver } from "../local/scaleway/services/audit-trail/events.ts";
import { authenticate } from "../local/scaleway/services/iam/keys.ts";

/** The JSON API with its store in memory, rights and audit events included, called as its owner. */
export function apiInMemory(): {
  call(method: string, path: string, rawQuery: string): Promise<{ readonly status: number; readonly body: string }>;
} {
  const store = openStore(undefined);
  const clock = openClock(store);
  const ids = openIds(store, "floor");
  const seed = openSeed(store, ids, LOCAL_ORGANIZATION);
  const { organizationId, defaultProjectId } = seed;
  const platform = makePlatform({ store, clock, ids, regions: PUBLIC_REGIONS, organizationId, defaultProjectId });
  store.transaction(() => plantSeed(platform, seed, clock));
  const routes = [...accountRoutes, ...ROUTES];
  const service = jsonApi(platform, routes, authenticate, SETTLERS, allow, auditObserver);
  return {
    call: async (method, path, rawQuery) => {
      const body = Buffer.from(method === "POST" ? '{"name":"floor"}' : "");
      const headers = { "x-auth-token": seed.secretKey };
      const wire = { method, host: "api.scaleway.com", path, rawQuery, headers, body, sourceIp: "127.0.0.1" };
      const answer = await service.answer(wire);
      return { status: answer.status, body: answer.body.toString("utf8") };
    },
  };
}
