import { jsonApi } from "../../local/scaleway/core/api.ts";
import { openClock } from "../../local/scaleway/core/clock.ts";
import { openIds } from "../../local/scaleway/core/ids.ts";
import { makePlatform, type Platform, PUBLIC_REGIONS } from "../../local/scaleway/core/platform.ts";
import { openStore } from "../../local/scaleway/core/store.ts";
import { LOCAL_ORGANIZATION, openSeed, plantSeed, type Seed } from "../../local/scaleway/seed.ts";
import { accountRoutes } from "../../local/scaleway/services/account.ts";
import { ROUTES, SETTLERS } from "../../local/scaleway/services/all.ts";
import { authenticate } from "../../local/scaleway/services/iam/keys.ts";

/** An answer's status and parsed body; `{}` where there was none. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: ReturnType<typeof JSON.parse>;
}

export interface LocalApi {
  readonly platform: Platform;
  readonly seed: Seed;
  /** One call of the JSON API, as the owner unless another secret key is given. */
  call(method: string, path: string, input?: unknown, secretKey?: string): Promise<ApiAnswer>;
}

/** The JSON API of a local Scaleway in memory, without proxy or certificates, on a clock that only `advance` moves. */
export function localApi(): LocalApi {
  const store = openStore(undefined);
  const start = Date.parse("2026-01-01T00:00:00Z");
  const clock = openClock(store, () => start);
  const ids = openIds(store, "unit");
  const seed = openSeed(store, ids, LOCAL_ORGANIZATION);
  const platform = makePlatform({
    store,
    clock,
    ids,
    regions: PUBLIC_REGIONS,
    organizationId: seed.organizationId,
    defaultProjectId: seed.defaultProjectId,
  });
  store.transaction(() => plantSeed(platform, seed, clock));
  const api = jsonApi(platform, [...accountRoutes, ...ROUTES], authenticate, SETTLERS);
  return {
    platform,
    seed,
    call: async (method, path, input, secretKey = seed.secretKey) => {
      const [pathname = "", rawQuery = ""] = path.split("?");
      const answer = await api.answer({
        method,
        host: "api.scaleway.com",
        path: pathname,
        rawQuery,
        headers: { "x-auth-token": secretKey },
        body: Buffer.from(input === undefined ? "" : JSON.stringify(input)),
        sourceIp: "127.0.0.1",
      });
      const text = answer.body.toString();
      return { status: answer.status, body: text === "" ? {} : JSON.parse(text) };
    },
  };
}
