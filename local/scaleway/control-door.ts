import { BastideError, type Fault, inputError, toolError } from "../../kernel/errors.ts";
import { type Condition, type Controls, type Order, orderSchema } from "./controls.ts";
import type { WireService } from "./core/wire.ts";
import type { Running } from "./running.ts";

/**
 * How the commands reach a local Scaleway that runs: a request to its proxy itself, of no host, with the owner's secret key.
 * No client of the API can meet it by accident.
 */
const PATH = "/bastide/orders";
const TOKEN = "x-auth-token";

interface Refusal {
  readonly summary: string;
  readonly faults: readonly Fault[];
}

const json = (status: number, body: unknown) => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

/** The side of the one that runs. */
export const controlDoor =
  (controls: Pick<Controls, "carryOut">, secretKey: string): WireService["answer"] =>
  ({ method, path, headers, body }) => {
    if (path !== PATH || method !== "POST")
      return {
        status: 400,
        headers: { "content-type": "text/plain" },
        body: "this is a forward proxy: name it in HTTPS_PROXY (`bastide local start --json` prints the variables)\n",
      };
    if (headers[TOKEN] !== secretKey) return json(401, { summary: "not the owner's key", faults: [] });
    try {
      return json(200, controls.carryOut(orderSchema.parse(JSON.parse(body.toString("utf8")))));
    } catch (error) {
      if (!(error instanceof BastideError)) throw error;
      const refusal: Refusal = { summary: error.message.split("\n")[0] ?? "", faults: error.faults };
      return json(422, refusal);
    }
  };

/** The commands' side. @throws BastideError as the one that runs refused it. */
export async function sendOrder({ url, env }: Pick<Running, "url" | "env">, order: Order): Promise<Condition> {
  const response = await fetch(new URL(PATH, url), {
    method: "POST",
    headers: { "content-type": "application/json", [TOKEN]: env.SCW_SECRET_KEY ?? "" },
    body: JSON.stringify(order),
  });
  if (response.ok) {
    const condition: Condition = JSON.parse(await response.text());
    return condition;
  }
  if (response.status !== 422)
    throw toolError(`the local Scaleway answered ${response.status}: ${await response.text()}`);
  const refusal: Refusal = JSON.parse(await response.text());
  throw inputError(refusal.summary, refusal.faults);
}
