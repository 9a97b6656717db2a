import type { WireService } from "../scaleway/core/wire.ts";
import type { PlaneOf } from "./clusters.ts";

/** `<cluster>.api.k8s.<region>.scw.cloud`, as a cluster's URL names it. */
const HOST = /^([0-9a-f-]{36})\.api\.k8s\.[a-z]{2}-[a-z]{3,7}\.scw\.cloud$/;

/**
 * The API servers behind their clusters' own names. TLS ends at the local Scaleway, under its authority, as for every other
 * host of it; answers are passed on whole, so that a watch is told when it ends and not while it lasts.
 */
export const clusterService = (planeOf: PlaneOf): WireService => ({
  serves: (host) => HOST.test(host),
  answer: async ({ method, host, path, rawQuery, headers, body }) => {
    const id = HOST.exec(host)?.[1] ?? "";
    const plane = await planeOf(id);
    if (plane === undefined) return status(404, `there is no cluster ${id}`);
    const { connection: _, host: __, "proxy-connection": ___, "transfer-encoding": ____, ...kept } = headers;
    const length = body.length === 0 ? {} : { "content-length": String(body.length) };
    const target = rawQuery === "" ? path : `${path}?${rawQuery}`;
    return plane.client.send(method, target, { ...kept, ...length }, body.length === 0 ? undefined : body);
  },
});

const status = (code: number, message: string) => ({
  status: code,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ kind: "Status", apiVersion: "v1", status: "Failure", message, code }),
});
