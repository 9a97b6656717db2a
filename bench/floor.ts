import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { line, median } from "./measure.ts";

/**
 * The floor of the local Scaleway: how many calls of its API it answers in a second, and in how much memory, beside a hono server
 * that answers every call with the same few bytes. Each in a process of its own, over connections kept alive, by turns, so that
 * whatever else the machine does falls on both. The proxy and its TLS are left out: they are Node's own on both sides.
 */
const ROUNDS = 5;
const CALLS = 2000;
const AT_ONCE = 8;
const VPCS = "/vpc/v2/regions/fr-par/vpcs";

interface Server {
  readonly child: ChildProcess;
  readonly port: number;
}

const said = async (child: ChildProcess): Promise<Readonly<Record<string, number>>> => {
  const [message]: Readonly<Record<string, number>>[] = await once(child, "message");
  return message ?? {};
};

async function serve(kind: "empty" | "scaleway"): Promise<Server> {
  const child = fork(join(import.meta.dirname, "floor-server.ts"), [kind], {
    execArgv: ["--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return { child, port: (await said(child)).port ?? 0 };
}

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

const call = (port: number, method: string): Promise<void> =>
  new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, method, path: VPCS, agent }, (response) => {
      response.resume();
      response.on("end", () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`${method} answered ${response.statusCode}`)),
      );
    })
      .on("error", reject)
      .end();
  });

/** Calls a second. */
async function rate(port: number, method: string): Promise<number> {
  const started = performance.now();
  let left = CALLS;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await call(port, method);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return CALLS / ((performance.now() - started) / 1000);
}

async function memory({ child }: Server): Promise<number> {
  const answer = said(child);
  child.send("memory");
  return ((await answer).rss ?? 0) / 2 ** 20;
}

export async function benchFloor(): Promise<void> {
  const [empty, scaleway] = [await serve("empty"), await serve("scaleway")];
  try {
    const rates = { empty: [] as number[], reads: [] as number[], writes: [] as number[] };
    for (const { port } of [empty, scaleway]) await rate(port, "GET");
    for (let round = 0; round < ROUNDS; round += 1) {
      rates.empty.push(await rate(empty.port, "GET"));
      rates.reads.push(await rate(scaleway.port, "GET"));
    }
    for (let round = 0; round < ROUNDS; round += 1) rates.writes.push(await rate(scaleway.port, "POST"));
    const [base, reads, writes] = [median(rates.empty), median(rates.reads), median(rates.writes)];
    const [small, large] = [await memory(empty), await memory(scaleway)];
    const against = (value: number, of: number): string => `${(value / of).toFixed(2)} ×`;
    line(`empty hono server, calls a second`, base.toFixed(0), "none");
    line(`local Scaleway, a list (${reads.toFixed(0)} a second)`, against(reads, base), "none");
    line(`local Scaleway, a creation (${writes.toFixed(0)} a second)`, against(writes, base), "none");
    line(`memory, ${small.toFixed(0)} MB and ${large.toFixed(0)} MB`, against(large, small), "none");
  } finally {
    agent.destroy();
    for (const { child } of [empty, scaleway]) child.kill("SIGTERM");
  }
}
