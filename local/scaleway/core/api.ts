import { Hono } from "hono";
import { Answer } from "./answer.ts";
import type { Caller, Platform } from "./platform.ts";
import { notBuilt, Problem, unauthenticated } from "./problem.ts";
import type { Call, Route } from "./routes.ts";
import { type Settle, settleDue } from "./transitions.ts";
import type { WireRequest, WireResponse, WireService } from "./wire.ts";

/** Looks an API key up by its secret half, as `X-Auth-Token` carries it. */
export type Authenticate = (platform: Platform, secretKey: string) => Caller | "expired" | undefined;

/** Looks at every call before its route does, and refuses it by throwing: rights, projects, quotas. */
export type Guard = (call: Call, method: Route["method"], path: Route["path"]) => void;

/** One call and what became of it, carried out or refused. */
export interface Observation {
  readonly call: Call;
  readonly route: Pick<Route, "method" | "path">;
  readonly wire: WireRequest;
  readonly status: number;
  /** The JSON answer; undefined when it was none, and of a refusal. */
  readonly answer: unknown;
}

/** Told of every call but reads that got as far as its route. */
export type Observer = (observation: Observation) => void;

const json = (status: number, body: unknown): WireResponse => ({
  status,
  headers: { "content-type": "application/json", "x-content-type-options": "nosniff" },
  body: body === undefined ? "" : JSON.stringify(body),
});

function wireOf({ status, body, headers }: Answer): WireResponse {
  if (headers["content-type"] !== undefined && (typeof body === "string" || Buffer.isBuffer(body)))
    return { status, headers, body };
  const plain = json(status, body);
  return { ...plain, headers: { ...plain.headers, ...headers } };
}

/**
 * The JSON API of `api.scaleway.com`: routes of every service behind one router, each call in one transaction.
 * @param settlers what is due is settled before each call. Default: somebody else does so.
 */
export function jsonApi(
  platform: Platform,
  routes: readonly Route[],
  authenticate: Authenticate,
  settlers?: ReadonlyMap<string, Settle>,
  guard: Guard = () => undefined,
  observe: Observer = () => undefined,
): WireService {
  const localities = new Set(platform.regions.flatMap((r) => [r.name, ...r.zones]));

  const callOf = (wire: WireRequest, params: Readonly<Record<string, string>>): Call => {
    const caller = authenticate(platform, wire.headers["x-auth-token"] ?? "");
    if (caller === undefined) throw unauthenticated("not_found");
    if (caller === "expired") throw unauthenticated("expired");
    const locality = params.region ?? params.zone ?? "global";
    if (locality !== "global" && !localities.has(locality))
      throw new Problem(404, "unknown_resource", `${locality} is no region or zone of this Scaleway`);
    const query = new URLSearchParams(wire.rawQuery);
    return {
      platform,
      caller,
      locality,
      params,
      query,
      input: parseBody(wire),
      raw: wire.body,
      isWrite: wire.method !== "GET" && wire.method !== "HEAD",
      request: { ip: wire.sourceIp, userAgent: wire.headers["user-agent"] ?? "" },
    };
  };

  /** One call in one transaction, what it came to included; a refusal is told in another, or it would go with its work. */
  const perform = (route: Route, wire: WireRequest, params: Readonly<Record<string, string>>): WireResponse => {
    const call = callOf(wire, params);
    const tell = (status: number, answer: unknown): void => {
      if (route.method !== "GET") observe({ call, route, wire, status, answer });
    };
    try {
      return platform.store.transaction(() => {
        guard(call, route.method, route.path);
        const value = route.handle(call);
        const answer =
          value === undefined ? json(204, undefined) : value instanceof Answer ? wireOf(value) : json(200, value);
        tell(answer.status, value instanceof Answer ? value.body : value);
        return answer;
      });
    } catch (error) {
      if (error instanceof Problem) platform.store.transaction(() => tell(error.status, undefined));
      throw error;
    }
  };

  const router = new Hono<{ Bindings: { wire: WireRequest } }>();
  for (const route of routes) {
    router.on(route.method, route.path, (context) => {
      const { wire } = context.env;
      if (settlers !== undefined) settleDue(platform, settlers);
      const answer = perform(route, wire, context.req.param());
      const { body } = answer;
      return new Response(answer.status === 204 ? null : typeof body === "string" ? body : new Uint8Array(body), {
        status: answer.status,
        headers: answer.headers,
      });
    });
  }
  router.notFound((context) => {
    throw notBuilt(context.req.method, context.req.path);
  });
  router.onError((error) => {
    const problem = error instanceof Problem ? error : new Problem(500, "internal_error", error.stack ?? error.message);
    return new Response(JSON.stringify(problem.body), {
      status: problem.status,
      headers: { "content-type": "application/json" },
    });
  });
  return {
    serves: (host) => host === "api.scaleway.com",
    answer: async (wire) => {
      const url = `https://${wire.host}${wire.path}${wire.rawQuery === "" ? "" : `?${wire.rawQuery}`}`;
      const response = await router.fetch(new Request(url, { method: wire.method }), { wire });
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: Buffer.from(await response.arrayBuffer()),
      };
    },
  };
}

function parseBody(wire: WireRequest): unknown {
  if (wire.body.length === 0) return {};
  try {
    return JSON.parse(wire.body.toString("utf8"));
  } catch {
    // Some bodies are no JSON (user data of servers): the handler gets the text.
    return wire.body.toString("utf8");
  }
}
