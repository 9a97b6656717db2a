import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { toolError } from "../../kernel/errors.ts";
import { freePort } from "../scaleway/free-port.ts";
import type { Supervised, Supervisor } from "./processes.ts";
import { etcdFolder, takePending, urlFile } from "./saves.ts";

/** One etcd for all local clusters, each under a prefix of its own. */
export interface Storage {
  readonly url: string;
  readonly program: Supervised;
  /** Removes everything that a cluster kept. */
  wipe(prefix: string): Promise<void>;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 30_000;
const base64 = (text: string): string => Buffer.from(text).toString("base64");

export async function startStorage(supervisor: Supervisor, dataDir: string, etcd: string): Promise<Storage> {
  const folder = etcdFolder(dataDir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const url = `http://127.0.0.1:${await freePort()}`;
  const peers = `http://127.0.0.1:${await freePort()}`;
  const program = supervisor.run("etcd", folder, etcd, [
    ...["--data-dir", join(folder, "data"), "--listen-client-urls", url, "--advertise-client-urls", url],
    ...["--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers, "--initial-cluster", `default=${peers}`],
    // A rehearsal's data: a killed machine may lose the last moments, a killed process does not.
    ...["--unsafe-no-fsync", "--log-level", "error"],
  ]);
  const until = Date.now() + READY_WITHIN_MS;
  while (!(await answers(`${url}/health`))) {
    if (Date.now() > until) {
      await program.stop();
      throw toolError("the local clusters' storage did not start", [
        {
          code: "local.kubernetes-storage",
          path: folder,
          got: "no answer within half a minute",
          want: "etcd's word that it is healthy",
          fix: `read ${join(folder, "etcd.log")}`,
        },
      ]);
    }
    await sleep(50);
  }
  const stop = async (): Promise<void> => {
    rmSync(urlFile(dataDir), { force: true });
    await program.stop();
  };
  try {
    await takePending(dataDir, url);
  } catch (error) {
    await stop();
    throw error;
  }
  writeFileSync(urlFile(dataDir), url, { mode: 0o600 });
  return {
    url,
    program,
    stop,
    wipe: async (prefix) => {
      // The range of all keys that begin with the prefix and a slash: up to the character after the slash.
      const range = { key: base64(`${prefix}/`), range_end: base64(`${prefix}0`) };
      const answer = await fetch(`${url}/v3/kv/deleterange`, { method: "POST", body: JSON.stringify(range) });
      if (!answer.ok) throw toolError(`the storage of ${prefix} could not be wiped: ${answer.status}`);
    },
  };
}

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url)).ok;
  } catch {
    // Not listening yet.
    return false;
  }
};
