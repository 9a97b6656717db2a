import { request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "node:tls";
import { type BastideError, toolError } from "../../kernel/errors.ts";
import { type Address, dial } from "./connect.ts";

/** A local API server that is being started holds its first callers; on a machine that has much to do, for minutes. */
const PATIENCE_MS = 300_000;
const ANSWER_WITHIN_MS = 120_000;
/** A control plane whose ACL names somebody else resets every connection, and will go on to. */
const RESETS = 3;
const PAUSE_MS = 1_000;

/**
 * Waits until an API server answers, whatever it says. Nothing is sent that it could keep and nothing is believed of what it answers, so its
 * certificate is left to those who come after.
 * @param proxy forward proxy on the way. @throws BastideError exit 3 that names `bastide tunnel`.
 */
export async function knock(api: Address, proxy: string | undefined): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  let resets = 0;
  for (;;) {
    const told = await statusOf(api, proxy).catch((error: unknown) =>
      error instanceof Error ? error : new Error(String(error)),
    );
    if (typeof told === "number" && told !== 503) return;
    const why = typeof told === "number" ? `it answers ${told}` : told.message;
    resets = typeof told !== "number" && "code" in told && told.code === "ECONNRESET" ? resets + 1 : 0;
    if (resets >= RESETS || Date.now() > until)
      throw closed(api, resets >= RESETS ? `it resets the connection (${why})` : why);
    await sleep(PAUSE_MS);
  }
}

const closed = ({ host, port }: Address, got: string): BastideError =>
  toolError("a cluster's API server is not reached", [
    {
      code: "tunnel.closed",
      path: `${host}:${port}`,
      got,
      want: "an answer: its ACL admits the bastion of its region",
      fix: "leave --no-tunnel out, or open `bastide tunnel --stack <environment>` and export the line that it prints",
    },
  ]);

async function statusOf(api: Address, proxy: string | undefined): Promise<number> {
  const socket = await dial(api, proxy);
  return new Promise((resolve, reject) => {
    const secure = connect({ socket, servername: api.host, rejectUnauthorized: false });
    secure.on("error", reject);
    const asked = request({
      createConnection: () => secure,
      method: "GET",
      path: "/readyz",
      headers: { host: api.host },
      timeout: ANSWER_WITHIN_MS,
    });
    asked.on("timeout", () => asked.destroy(new Error(`no answer within ${ANSWER_WITHIN_MS / 1000} s`)));
    asked.on("error", (error) => {
      secure.destroy();
      reject(error);
    });
    asked.on("response", (answer) => {
      answer.resume();
      answer.on("end", () => {
        secure.destroy();
        resolve(answer.statusCode ?? 0);
      });
    });
    asked.end();
  });
}
