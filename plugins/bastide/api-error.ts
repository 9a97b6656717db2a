import { isRecord } from "../engine/values.ts";

/** Whether the API did what it was asked although the answer is an error. */
export type Outcome = "refused" | "unknown";

export interface ApiFailure {
  /** e.g. `POST /key-manager/v1alpha1/regions/fr-par/keys`; never a query or a body. */
  readonly request: string;
  /** 0: no answer. */
  readonly status: number;
  /** Scaleway's error type, e.g. `permissions_denied`. */
  readonly type: string;
  readonly detail: string;
  /** Resource that the error names. */
  readonly resource?: string | undefined;
  /** What the API asks to wait, in milliseconds. */
  readonly retryAfter?: number | undefined;
  /** False: no connection was made, so the request never left. Default true. */
  readonly sent?: boolean;
}

/** An error of Scaleway's API: status, type, what it says, the resource it names, and what to do. */
export class ApiError extends Error {
  readonly status: number;
  readonly type: string;
  readonly retryAfter: number | undefined;
  /** Refused calls changed nothing and may be sent again at once; of the others nobody knows. */
  readonly outcome: Outcome;

  constructor(failure: ApiFailure, options?: ErrorOptions) {
    const { request, status, type, detail, resource } = failure;
    const answer = status === 0 ? "no answer" : `${status} ${type}`;
    const about = resource === undefined ? "" : ` (${resource})`;
    super(`${request}: ${answer}: ${detail}${about}; fix: ${fixOf(status, type)}`, options);
    this.name = "ApiError";
    this.status = status;
    this.type = type;
    this.retryAfter = failure.retryAfter;
    this.outcome = failure.sent !== false && (status === 0 || status >= 500) ? "unknown" : "refused";
  }
}

const FIXES: Readonly<Record<string, string>> = {
  denied_authentication: "SCW_ACCESS_KEY and SCW_SECRET_KEY must be a live API key; make a new one if it expired",
  permissions_denied:
    "give the API key's application a policy with the named permission in this project (KeyManagerFullAccess for keys, AuditTrailFullAccess for export jobs)",
  quotas_exceeded: "ask Scaleway to raise the quota, or delete what is no longer used",
  not_found: "run `pulumi refresh`: the resource, its project or its bucket is gone",
  already_exists: "import the existing resource, or choose another name",
  transient_state: "wait until the resource is in a stable state and run again",
  precondition_failed: "undo what the message names (a protection, a lock, a use) and run again",
  locked: "another service uses the resource: release it there first",
  invalid_arguments: "correct the named argument in the program",
  too_many_requests: "run again later, or with a smaller --parallel",
};

function fixOf(status: number, type: string): string {
  const known = FIXES[type];
  if (known !== undefined) return known;
  if (status === 0) return "check the network, HTTPS_PROXY and the certificates, then run again";
  if (status === 401) return FIXES.denied_authentication ?? "";
  if (status === 429) return FIXES.too_many_requests ?? "";
  return status >= 500 ? "Scaleway's side failed: see its status page, then run again" : "see the message";
}

const words = (value: unknown): string => (typeof value === "string" ? value : "");

/** Reads the body of an error answer; whatever it is, a failure comes out. */
export function failureOf(request: string, status: number, body: unknown, retryAfterHeader: string | null): ApiFailure {
  const fields = isRecord(body) ? body : {};
  const resource = [words(fields.resource), words(fields.resource_id)].filter((w) => w !== "").join(" ");
  const details = Array.isArray(fields.details) ? fields.details.filter(isRecord).map(detailOf) : [];
  const said = [words(fields.message), words(fields.help_message), ...details].filter((w) => w !== "");
  const seconds = typeof fields.reset_seconds === "number" ? fields.reset_seconds : Number(retryAfterHeader ?? "");
  return {
    request,
    status,
    type: words(fields.type) || "error",
    detail: said.join(": ") || (typeof body === "string" && body !== "" ? body.slice(0, 300) : "no message"),
    ...(resource === "" ? {} : { resource }),
    ...(seconds > 0 ? { retryAfter: seconds * 1000 } : {}),
  };
}

/** One entry of `details`: an argument, a missing permission or a quota, by the keys it has. */
const detailOf = (detail: Readonly<Record<string, unknown>>): string =>
  Object.entries(detail)
    .filter(([, value]) => value !== null && value !== "" && typeof value !== "object")
    .map(([key, value]) => `${key} ${String(value)}`)
    .join(", ");
