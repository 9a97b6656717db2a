import { type Client, createAdvancedClient, withHTTPClient, withProfile, withUserAgent } from "@scaleway/sdk-client";
import type { z } from "zod";
import { BastideError } from "../../kernel/errors.ts";
import { ApiError, failureOf } from "./api-error.ts";
import { readCredentials } from "./credentials.ts";

export interface ApiRequest<T> {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Shape of the answer; anything else is an error, never a guess. */
  readonly answer: z.ZodType<T>;
  /**
   * Called before the request is sent again after an answer that was lost or a 5xx: nobody knows whether the first one
   * was carried out. Throws if it was. Default: sending twice is harmless.
   */
  readonly beforeRepeat?: (failure: ApiError) => Promise<void>;
  /** Rights on a new project take a while to reach every node of IAM: wait for them. Default: a 403 is final. */
  readonly newRights?: boolean;
}

/** Calls to Scaleway: signed, retried, parsed. */
export interface Api {
  send<T>(request: ApiRequest<T>): Promise<T>;
  readonly pause: (ms: number) => Promise<void>;
}

export interface ApiOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Version told in the User-Agent. */
  readonly version: string;
  /** Waits, in milliseconds; tests pass their own. */
  readonly pause?: (ms: number) => Promise<void>;
}

/** Attempts for 429, 5xx and lost answers, with waits of 0.5, 1, 2, 4 and 8 s, a fifth more or less. */
const ATTEMPTS = 6;
const FIRST_WAIT_MS = 500;
/** A longer wait asked by the API is not waited out. */
const LONGEST_WAIT_MS = 60_000;
/** Scaleway's provider waits up to two minutes for rights to spread, every two seconds; we stop at half a minute. */
const RIGHTS_ATTEMPTS = 15;
const RIGHTS_WAIT_MS = 2_000;
/** Of one attempt. */
const TIMEOUT_MS = 60_000;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Credentials are read at the first call: a preview of new resources makes none and needs none. */
export function scalewayApi(options: ApiOptions): Api {
  const pause = options.pause ?? sleep;
  let client: Client | undefined;
  const attempt = async <T>(request: ApiRequest<T>): Promise<T> => {
    client ??= newClient(options);
    return parse(request, await client.fetch(wire(request)));
  };
  return {
    pause,
    async send<T>(request: ApiRequest<T>): Promise<T> {
      for (let made = 1; ; made += 1) {
        try {
          return await attempt(request);
        } catch (error) {
          if (!(error instanceof Error) || error instanceof BastideError) throw error;
          const failure = error instanceof ApiError ? error : lostAnswer(title(request), error);
          const wait = waitAfter(made, failure, request.newRights === true);
          if (wait === undefined) throw failure;
          if (failure.outcome === "unknown") await request.beforeRepeat?.(failure);
          await pause(wait);
        }
      }
    },
  };
}

function newClient({ env, version }: ApiOptions): Client {
  const { accessKey, secretKey, apiUrl } = readCredentials(env);
  const hidden = (text: string): string => text.replaceAll(secretKey, "(secret key)");
  return createAdvancedClient(
    withProfile({ accessKey, secretKey, apiURL: apiUrl }),
    withUserAgent(`bastide/${version}`),
    withHTTPClient(async (input, init) => {
      const response = await fetch(input, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (response.ok) return response;
      const text = hidden(await response.text());
      const { method, url } = input instanceof Request ? input : { method: "GET", url: String(input) };
      const request = `${method} ${new URL(url).pathname}`;
      throw new ApiError(failureOf(request, response.status, jsonOr(text), response.headers.get("retry-after")));
    }),
  );
}

const title = (request: ApiRequest<unknown>): string => `${request.method} ${request.path}`;

const wire = (request: ApiRequest<unknown>): Parameters<Client["fetch"]>[0] => ({
  method: request.method,
  path: request.path,
  ...(request.query === undefined ? {} : { urlParams: new URLSearchParams({ ...request.query }) }),
  ...(request.body === undefined
    ? {}
    : { body: JSON.stringify(request.body), headers: { "Content-Type": "application/json; charset=utf-8" } }),
});

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // A proxy's or load balancer's page: told as it is.
  }
}

function parse<T>(request: ApiRequest<T>, received: unknown): T {
  // Scaleway's client hands out the text of any JSON whose content type carries a parameter.
  const parsed = request.answer.safeParse(typeof received === "string" ? jsonOr(received) : received);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((i) => `${i.path.join(".") || "body"}: ${i.message}`).join("; ");
  throw new Error(
    `${title(request)}: the answer is not understood: ${wrong}; fix: check that SCW_API_URL and the proxy lead to Scaleway's API, then update the plug-in`,
  );
}

/** No connection came about: the request did not leave this machine. */
const NOT_CONNECTED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** Anything but an answer: refused connection, reset, unknown host, timeout. */
function lostAnswer(request: string, error: Error): ApiError {
  const isTransport = error.name === "TypeError" || error.name === "TimeoutError" || error.name === "AbortError";
  if (!isTransport) throw error;
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  const detail = cause.message.includes(code) ? cause.message : `${code} ${cause.message}`.trim();
  return new ApiError({ request, status: 0, type: "", detail, sent: !NOT_CONNECTED.has(code) }, { cause: error });
}

/** Milliseconds before the next attempt; undefined when the failure is final. */
function waitAfter(made: number, failure: ApiError, newRights: boolean): number | undefined {
  if (newRights && failure.type === "permissions_denied") return made < RIGHTS_ATTEMPTS ? RIGHTS_WAIT_MS : undefined;
  const retried =
    failure.status === 0 || failure.status >= 500 || failure.status === 429 || failure.type === "transient_state";
  if (!retried || made >= ATTEMPTS) return undefined;
  const asked = failure.retryAfter ?? 0;
  if (asked > LONGEST_WAIT_MS) return undefined;
  return Math.max(asked, FIRST_WAIT_MS * 2 ** (made - 1) * (0.8 + 0.4 * Math.random()));
}
