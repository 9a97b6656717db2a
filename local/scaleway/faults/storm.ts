import { createHash } from "node:crypto";
import type { Fault, Faults } from "../core/faults.ts";
import { regionOfZone } from "../core/platform.ts";
import type { WireRequest, WireResponse } from "../core/wire.ts";
import { errorDocument, S3Error } from "../s3/errors.ts";
import { type Operation, type Operations, operationName } from "./operation.ts";
import type { FaultPlan, FaultRule, Loss, Match, Moment, PlannedFault } from "./plan.ts";

/** One fault that came down, in the order of the calls. */
export interface Struck {
  /** Number of the call since the plan was taken up, from 1. */
  readonly call: number;
  /** The fault's name in the plan, or `loss of <locality>`. */
  readonly fault: string;
  readonly kind: PlannedFault["kind"] | Loss["answer"];
  readonly operation: string;
  readonly path: string;
}

/** A plan at work: counts calls, decides on each, remembers what it did. */
export interface Storm {
  readonly faults: Faults;
  readonly calls: () => number;
  /** The latest ten thousand. */
  readonly struck: () => readonly Struck[];
}

export interface StormParts {
  readonly operations: Operations;
  /** Milliseconds of the platform's clock. */
  readonly now: () => number;
  /** Regions and zones that are lost until somebody says otherwise, beside those of the plan. */
  readonly lost: () => ReadonlySet<string>;
}

const KEPT = 10_000;
/** As long as a client waits for a host that says nothing. */
const SILENCE_MS = 60_000;

export function raiseStorm(plan: FaultPlan, { operations, now, lost }: StormParts): Storm {
  const rules = plan.faults.map((rule, index) => watchRule(plan.seed, rule, rule.name ?? `fault ${index + 1}`));
  const losses = plan.losses.map((loss) => watchLoss(loss, now));
  const struck: Struck[] = [];
  let calls = 0;

  const strike = (request: WireRequest, operation: Operation, fault: string, kind: Struck["kind"]): void => {
    struck.push({ call: calls, fault, kind, operation: operation.name, path: `${request.host}${request.path}` });
    if (struck.length > KEPT) struck.shift();
  };
  return {
    calls: () => calls,
    struck: () => struck,
    faults: (request) => {
      const operation = operations.of(request);
      calls += 1;
      // Every watch counts every call, whichever of them strikes.
      const gone = losses.filter((loss) => loss.sees(operation)).map(({ loss }) => loss);
      const hit = rules.filter((rule) => rule.sees(operation));
      const loss =
        gone[0] ??
        [...lost()]
          .map((locality): Loss => ({ locality, answer: "unavailable" }))
          .find((l) => within(operation, l.locality));
      if (loss !== undefined) {
        strike(request, operation, `loss of ${loss.locality}`, loss.answer);
        return lossOf(loss, operation);
      }
      const [first] = hit;
      if (first === undefined) return undefined;
      first.struck();
      strike(request, operation, first.name, first.fault.kind);
      return faultOf(first.fault, request, operation);
    },
  };
}

/** Whether an operation lies in a locality: a region holds its zones. */
const within = ({ locality }: Operation, place: string): boolean =>
  locality === place || (locality !== undefined && regionOfZone(locality) === place);

const matches = (operation: Operation, on: Match): boolean =>
  (on.service === undefined || on.service === operation.service) &&
  (on.operation === undefined || operationName(on.operation) === operation.name) &&
  (on.locality === undefined || within(operation, on.locality)) &&
  (on.requests === undefined || (on.requests === "writes") === operation.writes);

interface RuleWatch {
  readonly name: string;
  readonly fault: PlannedFault;
  /** Counts the call; whether the fault applies to it. */
  sees(operation: Operation): boolean;
  struck(): void;
}

function watchRule(seed: string, rule: FaultRule, name: string): RuleWatch {
  const counts = new Map<string, number>();
  let left = rule.atMost ?? Number.POSITIVE_INFINITY;
  return {
    name,
    fault: rule.fault,
    struck: () => {
      left -= 1;
    },
    sees: (operation) => {
      if (!matches(operation, rule.on)) return false;
      const key = rule.counted === "each" ? operation.name : "";
      const nth = (counts.get(key) ?? 0) + 1;
      counts.set(key, nth);
      return left > 0 && applies(rule.when, nth, () => chance(`${seed}/${name}/${key}/${nth}`));
    },
  };
}

function applies(when: FaultRule["when"], nth: number, draw: () => number): boolean {
  if (when === undefined) return true;
  if ("rate" in when) return draw() < when.rate;
  return "calls" in when ? when.calls.includes(nth) : nth % when.every === 0;
}

/** A number in [0, 1) that follows from the text alone. */
const chance = (text: string): number => createHash("sha256").update(text).digest().readUInt32BE() / 2 ** 32;

function watchLoss(loss: Loss, now: () => number): { readonly loss: Loss; sees(operation: Operation): boolean } {
  const begun = watchMoment(loss.from, now, true);
  const over = watchMoment(loss.until, now, false);
  return {
    loss,
    sees: (operation) => {
      const [isBegun, isOver] = [begun(operation), over(operation)];
      return isBegun && !isOver && within(operation, loss.locality);
    },
  };
}

/** Whether a moment has come, asked with every call. */
function watchMoment(
  moment: Moment | undefined,
  now: () => number,
  absent: boolean,
): (operation: Operation) => boolean {
  if (moment === undefined) return () => absent;
  if ("time" in moment) return () => now() >= Date.parse(moment.time);
  let nth = 0;
  return (operation) => {
    if (matches(operation, moment.on)) nth += 1;
    return nth >= moment.call;
  };
}

const lossOf = (loss: Loss, operation: Operation): Fault => {
  if (loss.answer === "silent") return { kind: "reset", after: false, ms: SILENCE_MS };
  if (operation.service === "s3") return { kind: "reset", after: false };
  return { kind: "answer", after: false, response: apiError(503, `${loss.locality} is unavailable`) };
};

function faultOf(fault: PlannedFault, request: WireRequest, { service }: Operation): Fault {
  if (fault.kind === "throttle") {
    const later = { "retry-after": String(fault.retryAfter) };
    const response = service === "s3" ? s3Error(503, request, later) : throttled(later);
    return { kind: "answer", after: false, response };
  }
  if (fault.kind !== "error") return fault;
  const { status, after } = fault;
  const response = service === "s3" ? s3Error(status, request) : apiError(status, "a fault on demand");
  return { kind: "answer", after, response };
}

/** As recorded: no body, and the gateway's own header. The recordings carry no Retry-After; a client that heeds one finds it. */
const throttled = (headers: Readonly<Record<string, string>>): WireResponse => ({
  status: 429,
  headers: { "x-envoy-ratelimited": "true", ...headers },
  body: "",
});

const apiError = (status: number, message: string): WireResponse => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ message, type: status === 503 ? "unavailable" : "internal" }),
});

function s3Error(
  status: number,
  { path, method }: WireRequest,
  headers: Readonly<Record<string, string>> = {},
): WireResponse {
  const error = new S3Error(status === 503 ? "ServiceUnavailable" : "InternalError");
  const body = method === "HEAD" ? "" : errorDocument(error, path, "fault-on-demand");
  return { status, headers: { "content-type": "application/xml", ...headers }, body };
}
