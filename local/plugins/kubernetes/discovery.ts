import { setTimeout as sleep } from "node:timers/promises";
import { isRecord } from "../../../plugins/engine/values.ts";
import type { Connection } from "./connection.ts";
import type { Identity } from "./manifest.ts";
import { Refusal } from "./refusals.ts";

/** How the API server serves a kind. */
export interface Served {
  /** Plural name in paths, e.g. `deployments`. */
  readonly plural: string;
  readonly namespaced: boolean;
}

/** No API server of this cluster serves the kind (yet). */
export class NotServed extends Error {}

export interface Discovery {
  /** @throws NotServed when the kind is not served within `patienceMs`. */
  served(gvk: Pick<Identity, "apiVersion" | "kind">, patienceMs?: number): Promise<Served>;
  /** Path of an object. */
  pathOf(identity: Identity, patienceMs?: number): Promise<string>;
}

const POLL_MS = 500;
const rootOf = (apiVersion: string): string =>
  apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;

/** Asks once for each version of a group, and again for a kind that was not there. */
export function discovery(connection: Connection): Discovery {
  const known = new Map<string, Promise<ReadonlyMap<string, Served>>>();
  const ask = (apiVersion: string): Promise<ReadonlyMap<string, Served>> => {
    const asked = connection.send({ method: "GET", path: rootOf(apiVersion) }).then(
      ({ body }) => servedIn(body),
      (error: unknown) => {
        if (error instanceof Refusal && error.status === 404) return new Map<string, Served>();
        known.delete(apiVersion);
        throw error;
      },
    );
    known.set(apiVersion, asked);
    return asked;
  };
  const served: Discovery["served"] = async ({ apiVersion, kind }, patienceMs = 0) => {
    const until = Date.now() + patienceMs;
    for (let first = true; ; first = false) {
      const found = (await (first ? (known.get(apiVersion) ?? ask(apiVersion)) : ask(apiVersion))).get(kind);
      if (found !== undefined) return found;
      if (Date.now() >= until && !first) break;
      if (Date.now() < until) await sleep(POLL_MS);
    }
    throw new NotServed(
      `the cluster serves no ${kind} of ${apiVersion}; fix: apply its CustomResourceDefinition first and let this resource depend on it, or see the apiVersion`,
    );
  };
  return {
    served,
    pathOf: async (identity, patienceMs) => {
      const { plural, namespaced } = await served(identity, patienceMs);
      const inside = namespaced ? `/namespaces/${encodeURIComponent(identity.namespace ?? "default")}` : "";
      return `${rootOf(identity.apiVersion)}${inside}/${plural}/${encodeURIComponent(identity.name)}`;
    },
  };
}

function servedIn(body: unknown): ReadonlyMap<string, Served> {
  const resources = isRecord(body) && Array.isArray(body.resources) ? body.resources.filter(isRecord) : [];
  return new Map(
    resources
      .filter((r) => !String(r.name).includes("/"))
      .map((r) => [String(r.kind), { plural: String(r.name), namespaced: r.namespaced === true }]),
  );
}
