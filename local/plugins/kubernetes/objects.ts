import { setTimeout as sleep } from "node:timers/promises";
import { isRecord, type Props } from "../../../plugins/engine/values.ts";
import { type Connection, PATIENCE_MS } from "./connection.ts";
import { type Discovery, discovery, NotServed } from "./discovery.ts";
import { type Identity, identityOf, labelOf, recordAt } from "./manifest.ts";
import { type Context, isLasting, type Progress, ruleOf } from "./readiness.ts";
import { isEarly, lacksNamespace, Refusal } from "./refusals.ts";

/** Objects of one cluster: applied, read, waited for, deleted. What the server says is thrown as it said it. */
export interface Objects {
  readonly discovery: Discovery;
  apply(object: Props, options: ApplyOptions): Promise<Live>;
  /** Undefined: it is not there. */
  read(identity: Identity): Promise<Props | undefined>;
  /** Waits until the object is ready. @throws NotReady with its last state. */
  ready(live: Props, seconds: number, signal: AbortSignal): Promise<Props>;
  /** Waits until the object is gone, or another one of its name is there. */
  remove(identity: Identity, propagation: string, seconds: number, signal: AbortSignal): Promise<void>;
}

export interface Live {
  readonly object: Props;
  readonly warnings: readonly string[];
}

export interface ApplyOptions {
  readonly manager: string;
  readonly force: boolean;
  /** Validated, defaulted and admitted, but not kept. */
  readonly dry: boolean;
}

/** It was made, and is not as it should be. */
export class NotReady extends Error {
  readonly live: Props;
  constructor(live: Props, message: string) {
    super(message);
    this.live = live;
  }
}

/** For a definition, a namespace or its quota that were made just before. */
const EARLY_MS = 30_000;
/** Before events are asked for. */
const SILENT_MS = 5_000;
/** Quotas and policies are changed in the same run too, so what they refuse is waited for a little. */
const STUCK_MS = 20_000;
const [FIRST_POLL_MS, LAST_POLL_MS] = [150, 2000];

export function objectsOf(connection: Connection): Objects {
  const found = discovery(connection);
  const read: Objects["read"] = async (identity) => {
    try {
      return asObject((await connection.send({ method: "GET", path: await found.pathOf(identity) })).body);
    } catch (error) {
      // Where its kind is not served any longer, neither is it there.
      if ((error instanceof Refusal && error.status === 404) || error instanceof NotServed) return undefined;
      throw error;
    }
  };
  const contextOf = async (live: Props): Promise<Context> => {
    const { storageClassName } = recordAt(live, "spec");
    if (live.kind !== "PersistentVolumeClaim" || typeof storageClassName !== "string") return { bindsAtOnce: false };
    const name = storageClassName;
    const held = await read({ apiVersion: "storage.k8s.io/v1", kind: "StorageClass", namespace: undefined, name });
    return { bindsAtOnce: held?.volumeBindingMode === "Immediate" };
  };
  /** Message of the last warning about the object: workloads say in events alone why they make no pods. */
  const lastWarning = async (live: Props): Promise<string | undefined> => {
    const { namespace, uid } = recordAt(live, "metadata");
    if (typeof namespace !== "string") return undefined;
    const query = { fieldSelector: `involvedObject.uid=${String(uid)},type=Warning`, limit: "50" };
    const path = `/api/v1/namespaces/${namespace}/events`;
    // Whoever may not read events hears less.
    const answer = await connection.send({ method: "GET", path, query }).catch(() => undefined);
    const { items } = asObject(answer?.body);
    const last = (Array.isArray(items) ? items.filter(isRecord) : []).at(-1);
    return typeof last?.message === "string" ? last.message : undefined;
  };
  return {
    discovery: found,
    read,
    apply: async (object, { manager, force, dry }) => {
      const query = {
        fieldManager: manager,
        force: String(force),
        fieldValidation: "Strict",
        ...(dry ? { dryRun: "All" } : {}),
      };
      const until = Date.now() + (dry ? 0 : EARLY_MS);
      for (let pause = FIRST_POLL_MS; ; pause = Math.min(pause * 2, LAST_POLL_MS)) {
        try {
          const path = await found.pathOf(identityOf(object), Math.max(0, until - Date.now()));
          const { body, warnings } = await connection.send({ method: "PATCH", path, query, body: object }, PATIENCE_MS);
          return { object: asObject(body), warnings };
        } catch (error) {
          if (Date.now() >= until || !isEarly(error)) throw error;
          await sleep(pause);
        }
      }
    },
    ready: async (first, seconds, signal) => {
      const rule = ruleOf(first);
      if (rule === undefined) return first;
      const context = await contextOf(first);
      const identity = identityOf(first);
      const since = Date.now();
      const until = since + seconds * 1000;
      let live = first;
      let stuckSince: number | undefined;
      for (let pause = FIRST_POLL_MS; ; pause = Math.min(pause * 1.5, LAST_POLL_MS)) {
        const told = rule.progress(live, context);
        const event = told.is === "waiting" && Date.now() - since > SILENT_MS ? await lastWarning(live) : undefined;
        const progress = withEvent(told, event);
        stuckSince = progress.is === "waiting" && progress.stuck === true ? (stuckSince ?? Date.now()) : undefined;
        if (progress.is === "waiting" && stuckSince !== undefined && Date.now() - stuckSince > STUCK_MS)
          throw new NotReady(live, `${labelOf(identity)} is there but does not come up: ${progress.why}`);
        if (progress.is === "ready") return live;
        if (progress.is === "failed")
          throw new NotReady(live, `${labelOf(identity)} is there but failed: ${progress.why}`);
        if (signal.aborted) throw new NotReady(live, `${labelOf(identity)}: the wait was cancelled: ${progress.why}`);
        if (Date.now() >= until)
          throw new NotReady(
            live,
            `${labelOf(identity)} is not ready within ${seconds} s: ${progress.why}; fix: see its events; wait longer with customTimeouts, or not at all with the annotation "pulumi.com/skipAwait": "true"`,
          );
        await sleep(pause);
        const next = await read(identity);
        if (next === undefined) throw new NotReady(live, `${labelOf(identity)} was deleted while it was waited for`);
        live = next;
      }
    },
    remove: async (identity, propagation, seconds, signal) => {
      let gone: unknown;
      try {
        const path = await found.pathOf(identity);
        const body = { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy: propagation };
        const answer = asObject((await connection.send({ method: "DELETE", path, body })).body);
        gone = recordAt(answer, "metadata").uid ?? recordAt(answer, "details").uid;
      } catch (error) {
        if (error instanceof NotServed || lacksNamespace(error)) return;
        if (error instanceof Refusal && error.status === 404) return;
        throw error;
      }
      const until = Date.now() + seconds * 1000;
      for (let pause = FIRST_POLL_MS; ; pause = Math.min(pause * 1.5, LAST_POLL_MS)) {
        const live = await read(identity);
        const { uid, finalizers } = recordAt(live, "metadata");
        if (live === undefined || (gone !== undefined && uid !== gone)) return;
        const holders = Array.isArray(finalizers) ? finalizers.join(", ") : "";
        const held = holders === "" ? "" : `; it is held by the finalizers ${holders}`;
        if (signal.aborted) throw new Error(`${labelOf(identity)}: the wait for its end was cancelled${held}`);
        if (Date.now() >= until)
          throw new Error(`${labelOf(identity)} is being deleted and still there after ${seconds} s${held}`);
        await sleep(pause);
      }
    },
  };
}

const withEvent = (progress: Progress, event: string | undefined): Progress =>
  progress.is !== "waiting" || event === undefined || progress.why.includes(event)
    ? progress
    : { is: "waiting", why: `${progress.why}: ${event}`, stuck: progress.stuck === true || isLasting(event) };

const asObject = (body: unknown): Props => (isRecord(body) ? body : {});
