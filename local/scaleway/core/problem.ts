/** An error as Scaleway's API words it: a status and a JSON body whose `type` clients switch on (recordings of 2026). */
export class Problem extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, type: string | undefined, message: string, rest: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = "Problem";
    this.status = status;
    this.body = { message, ...(type === undefined ? {} : { type }), ...rest };
  }
}

export const notFound = (resource: string, id: string): Problem =>
  new Problem(404, "not_found", "resource is not found", { resource, resource_id: id });

export interface ArgumentFault {
  readonly argument: string;
  readonly reason: "required" | "constraint" | "unknown";
  readonly help: string;
}

export const invalidArguments = (...faults: readonly ArgumentFault[]): Problem =>
  new Problem(400, "invalid_arguments", "invalid argument(s)", {
    details: faults.map((f) => ({ argument_name: f.argument, reason: f.reason, help_message: f.help })),
  });

/** 412: refused in the state that things are in, e.g. a network that is still in use. */
export const preconditionFailed = (precondition: string, help: string): Problem =>
  new Problem(412, "precondition_failed", "precondition is not respected", { precondition, help_message: help });

/** 409: what was asked for is there already. */
export const conflict = (resource: string, help: string, id = ""): Problem =>
  new Problem(409, "already_exists", "resource already exists", { resource, resource_id: id, help_message: help });

/** 409: refused while the resource is on its way to another state. */
export const transient = (resource: string, id: string, state: string): Problem =>
  new Problem(409, "transient_state", "resource is in a transient state", {
    resource,
    resource_id: id,
    current_state: state,
  });

export const denied = (resource: string, action: string): Problem =>
  new Problem(403, "permissions_denied", "insufficient permissions", { details: [{ resource, action }] });

export const unauthenticated = (reason: "not_found" | "expired"): Problem =>
  new Problem(401, "denied_authentication", "authentication is denied", { method: "api_key", reason });

export const quotaExceeded = (resource: string, quota: number, current: number): Problem =>
  new Problem(403, "quotas_exceeded", "quota exceeded", { details: [{ resource, quota, current }] });

/** 501: a service or operation of Scaleway that this local one does not have; never a made-up answer. */
export const notBuilt = (method: string, path: string): Problem =>
  new Problem(501, "not_implemented", `the local Scaleway does not have ${method} ${path}`);
