import type { WireResponse, WireService } from "../scaleway/core/wire.ts";
import type { PlaneOf } from "./clusters.ts";
import { clusterIdIn } from "./reach.ts";

/**
 * The API servers behind their clusters' own names. TLS ends at the local Scaleway, under its authority, as for every other
 * host of it; answers are passed on whole, so that a watch is told when it ends and not while it lasts.
 */
export const clusterService = (planeOf: PlaneOf): WireService => ({
  serves: (host) => clusterIdIn(host) !== undefined,
  answer: async ({ method, host, path, rawQuery, headers, body }) => {
    const id = clusterIdIn(host) ?? "";
    const plane = await planeOf(id);
    if (plane === undefined) return status(404, "NotFound", `there is no cluster ${id}`);
    const { connection: _, host: __, "proxy-connection": ___, "transfer-encoding": ____, ...kept } = headers;
    const length = body.length === 0 ? {} : { "content-length": String(body.length) };
    const target = rawQuery === "" ? path : `${path}?${rawQuery}`;
    try {
      return await plane.client.send(method, target, { ...kept, ...length }, body.length === 0 ? undefined : body);
    } catch (error) {
      // Ended by itself, and on its way back.
      const why = error instanceof Error ? error.message : String(error);
      return status(503, "ServiceUnavailable", `the API server of ${id} does not answer: ${why}`);
    }
  },
});

const status = (code: number, reason: string, message: string): WireResponse => ({
  status: code,
  headers: { "content-type": "application/json", ...(code === 503 ? { "retry-after": "1" } : {}) },
  body: JSON.stringify({ kind: "Status", apiVersion: "v1", status: "Failure", reason, message, code }),
});
