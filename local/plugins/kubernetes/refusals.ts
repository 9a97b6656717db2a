import { isRecord, type Props } from "../../../plugins/engine/values.ts";

/** A `Status` of an API server that says no. */
export class Refusal extends Error {
  readonly status: number;
  /** `reason` of the Status: `Invalid`, `Conflict`, `NotFound`, … */
  readonly reason: string;
  readonly causes: readonly Cause[];
  /** What a NotFound is about, e.g. `namespaces`. */
  readonly about: { readonly kind: string; readonly name: string };

  constructor(status: number, body: unknown) {
    const told = isRecord(body) ? body : {};
    const text = typeof body === "string" ? body.trim().slice(0, 500) : "";
    super(typeof told.message === "string" && told.message !== "" ? told.message : text || `status ${status}`);
    this.name = "Refusal";
    this.status = status;
    this.reason = typeof told.reason === "string" ? told.reason : "";
    const details: Props = isRecord(told.details) ? told.details : {};
    this.about = { kind: String(details.kind ?? ""), name: String(details.name ?? "") };
    this.causes = (Array.isArray(details.causes) ? details.causes : []).filter(isRecord).map((cause) => ({
      field: String(cause.field ?? "").replace(/^\./, ""),
      message: String(cause.message ?? ""),
      reason: String(cause.reason ?? ""),
    }));
  }
}

export interface Cause {
  readonly field: string;
  readonly message: string;
  readonly reason: string;
}

/** A namespace that is not there: at a preview it may come to be in the same run. */
export const lacksNamespace = (error: unknown): boolean =>
  error instanceof Refusal && error.status === 404 && error.about.kind === "namespaces";

/** Holds for a moment only: what the controllers have yet to do in a namespace that was made just now. */
export const isEarly = (error: unknown): boolean =>
  error instanceof Refusal &&
  (lacksNamespace(error) ||
    (error.status === 403 && /status unknown for quota|error looking up service account/.test(error.message)) ||
    // A definition that was made just now is not served at once.
    (error.status === 404 && error.about.name === ""));

/** Paths that messages name where the Status has no causes: schema errors of an apply, and of strict decoding. */
const UNSTRUCTURED: readonly RegExp[] = [
  /(?:^|[\s:(])\.?([A-Za-z][\w.[\]"=/-]*): (field not declared in schema)/g,
  /(unknown field|duplicate field) "([^"]+)"/g,
  /errors:\s+\.?([\w.[\]"=/-]+): (expected [^\n;]+)/g,
];

/** Every fault that the answer names, each with its property path. */
export function faultsOf(refusal: Refusal): readonly { readonly path: string; readonly why: string }[] {
  if (refusal.causes.length > 0)
    return refusal.causes.map(({ field, message }) => ({ path: field, why: message || refusal.message }));
  return UNSTRUCTURED.flatMap((form) =>
    [...refusal.message.matchAll(form)].map(([, first = "", second = ""]) =>
      first.endsWith(" field") ? { path: second, why: first } : { path: first, why: second },
    ),
  );
}

const owner = (message: string): string => /conflict with "([^"]+)"/.exec(message)?.[1] ?? "another manager";

/**
 * The refusal in the words of whoever wrote the program: what, where, and what to do.
 * @param doing e.g. `apply Deployment web/api`.
 * @param hide texts that must not be printed.
 */
export function explained(doing: string, refusal: Refusal, hide: readonly string[] = []): Error {
  const faults = faultsOf(refusal);
  const lines = faults.map(({ path, why }) => (path === "" ? why : `${path}: ${why}`));
  const say = (what: string, fix?: string): Error => {
    const whole = [`cannot ${doing}: ${what}`, ...(fix === undefined ? [] : [`fix: ${fix}`])].join("; ");
    return new Error(hide.reduce((told, one) => told.replaceAll(one, "[secret]"), whole));
  };
  const managed = refusal.causes.filter((c) => c.reason === "FieldManagerConflict");
  if (managed.length > 0)
    return say(
      managed.map((c) => `${c.field} belongs to ${owner(c.message)}`).join(", "),
      `leave it out of the program, or take it over with the annotation ${JSON.stringify("pulumi.com/patchForce")}: "true"`,
    );
  if (refusal.status === 401)
    return say("the cluster does not take the credentials", "see that the kubeconfig's user is right and not expired");
  if (/exceeded quota/.test(refusal.message))
    return say(refusal.message, "raise the namespace's quota, or ask for less");
  if (lacksNamespace(refusal))
    return say(`there is no namespace ${refusal.about.name}`, "make it first, and let this resource depend on it");
  if (refusal.status === 403 && / cannot \w+ resource /.test(refusal.message))
    return say(refusal.message, "give the kubeconfig's user that right");
  const fixed = faults.find(({ why }) => /immutable|may not be changed|updates to .* are forbidden/i.test(why));
  if (fixed !== undefined)
    return say(lines.join("; "), `have it replaced: name ${fixed.path} in the resource's replaceOnChanges`);
  return say(lines.length > 0 ? lines.join("; ") : refusal.message);
}
