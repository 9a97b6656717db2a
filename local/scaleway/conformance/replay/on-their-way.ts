import { isRecord } from "./names.ts";
import type { Interaction } from "./recordings.ts";

/** States on the way to another one, as the services write them. */
const TRANSIENT =
  /^(creating|deleting|updating|starting|stopping|configuring|allocating|attaching|detaching|pending|provisioning|scaling|upgrading|resizing|snapshotting|locking|deploying|processing|syncing|saving|registering|exporting)$/;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The transient state of the resource that an answer is, or holds as its only field; undefined when it is at rest. */
function stateIn(body: string): string | undefined {
  const answer = parsed(body);
  const [only] = isRecord(answer) && Object.keys(answer).length === 1 ? Object.values(answer) : [answer];
  if (!isRecord(only)) return undefined;
  const state = only.status ?? only.state;
  return typeof state === "string" && TRANSIENT.test(state) ? state : undefined;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // Text, or nothing at all.
  }
}

/** What the recording showed of a resource the last time that it was asked for. */
interface Seen {
  readonly index: number;
  readonly deleted: boolean;
  readonly state: string | undefined;
}

interface Span {
  readonly id: string;
  /** After this request … */
  readonly from: number;
  /** … up to and with this one. */
  readonly to: number;
  /** Whether it is then another step further on its way. */
  readonly steps: boolean;
}

/** What time does to resources just before a request. */
export interface Waiting {
  /** For these it stands still. */
  readonly held: readonly string[];
  /** These come one step further. */
  readonly stepping: readonly string[];
}

/**
 * Which resources a recording shows in a transient state, or still there after their deletion, at each of its requests: time
 * must not pass for them, while it does for the others.
 */
export function onTheirWay(interactions: readonly Interaction[]): (index: number) => Waiting {
  const last = new Map<string, Seen>();
  const spans: Span[] = [];
  for (const [index, { request, response }] of interactions.entries()) {
    const body = response.body.toString("utf8");
    const { pathname } = request.url;
    const succeeded = response.code < 300;
    const refused = response.code === 409 && body.includes("transient");
    // A refusal names the resource that is not ready, which need not be in the address.
    const ids = [...(pathname.match(UUID) ?? []), ...(refused ? (body.match(UUID) ?? []) : [])];
    for (const id of ids) {
      const before = last.get(id);
      const own = pathname.endsWith(id) && succeeded;
      const state = own ? stateIn(body) : undefined;
      const lingers = own && request.method === "GET" && before?.deleted === true;
      const moves = own && request.method === "GET" && state !== undefined;
      const steps = before?.state !== undefined && state !== undefined && state !== before.state;
      if ((lingers || moves || refused) && before !== undefined)
        spans.push({ id, from: before.index, to: index, steps });
      const deleted = before?.deleted === true || (own && request.method === "DELETE");
      // A look at rest ends what was seen on its way before.
      last.set(id, { index, deleted, state: own && request.method === "GET" ? state : (state ?? before?.state) });
    }
    // What an answer names is known from here on; a creation is the first that names it.
    if (request.method !== "GET" && succeeded)
      for (const id of body.match(UUID) ?? [])
        if (!last.has(id)) last.set(id, { index, deleted: false, state: stateIn(body) });
  }
  return (index) => {
    const here = spans.filter(({ from, to }) => from < index && index <= to);
    const stepping = here.filter(({ to, steps }) => steps && to === index).map(({ id }) => id);
    return { held: here.map(({ id }) => id).filter((id) => !stepping.includes(id)), stepping };
  };
}
