import { type Connection, connect } from "./connection.ts";
import { type Objects, objectsOf } from "./objects.ts";
import type { Cluster } from "./provider.ts";
import type { Settings } from "./settings.ts";

/** A cluster that is not there at the start is told soon; one that goes away later is waited for. */
const FIRST_WORD_MS = 10_000;

/** Nothing is read or called before the first resource needs it: a provider in a state may lead to a cluster that is gone. */
export function clusterOf(settings: Settings, env: Readonly<Record<string, string | undefined>>): Promise<Cluster> {
  return connect(settings, env).then((connection) => opened(connection, settings));
}

function opened(connection: Connection, settings: Settings): Cluster {
  let word: Promise<unknown> | undefined;
  const objects: Objects = objectsOf(connection);
  return {
    objects,
    defaultNamespace: settings.namespace ?? connection.namespace ?? "default",
    reached: async () => {
      word ??= connection.send({ method: "GET", path: "/version" }, FIRST_WORD_MS);
      await word;
    },
  };
}
