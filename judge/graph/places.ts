import { byText } from "../../kernel/order.ts";
import type { Estate } from "../facts/estate.ts";
import { flowsOfData } from "./data-flows.ts";
import type { Grip } from "./members.ts";
import { type Ground, weaker } from "./model.ts";
import { regionOf } from "./topology.ts";

/** As what something of a datum comes to rest. */
export type RestsAs =
  | "itself"
  | "copy"
  | "replica"
  | "backup"
  | "archive"
  | "key"
  | "log"
  | "telemetry"
  | "state"
  | "answer";

/** What the law says of places; a compiled law is one. */
export interface Bounds {
  readonly regions: readonly {
    readonly name: string;
    readonly jurisdictions: readonly string[];
    readonly operator: string;
  }[];
  readonly hosts: readonly { readonly host: string }[];
  /** ISO instant by which grants may be over. Absent: none is. */
  readonly now?: string;
}

export interface Resting {
  /** URN of what holds the datum in the first place. */
  readonly datum: string;
  readonly as: RestsAs;
  /** Node where it comes to rest: a resource, or `host:` and a name. */
  readonly at: string;
  /** `undefined`: not known, or a host. */
  readonly region: string | undefined;
  readonly host: string | undefined;
  /** Of the region in the law; `undefined` where the law knows no such place. */
  readonly jurisdictions: readonly string[] | undefined;
  readonly operator: string | undefined;
  readonly path: readonly Grip[];
  readonly ground: Ground;
}

export const HOST = "host:";

interface Reached {
  readonly as: RestsAs;
  readonly path: readonly Grip[];
  readonly ground: Ground;
}

/**
 * Every place in which a datum, its copies, logs, keys and what the engine keeps of them can come to rest, each by the shortest way. One
 * row for each node and kind, in canonical order.
 */
export function placesOf(datum: string, estate: Estate, bounds: Bounds): readonly Resting[] {
  const flows = flowsOfData(estate, bounds.now);
  const seen = new Map<string, Reached>([[datum, { as: "itself", path: [], ground: "stated" }]]);
  const queue = [datum];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    const from = seen.get(at);
    for (const flow of flows.get(at) ?? []) {
      if (from === undefined || seen.has(flow.grip.to)) continue;
      seen.set(flow.grip.to, {
        // What is further away rests as what first took it away from the data.
        as: flow.as ?? from.as,
        path: [...from.path, flow.grip],
        ground: weaker(from.ground, flow.grip.ground),
      });
      queue.push(flow.grip.to);
    }
  }
  return [...seen]
    .filter(([at]) => at.startsWith(HOST) || rests(at, estate))
    .map(([at, reached]) => placed(datum, at, reached, estate, bounds))
    .sort((a, b) => byText(a.at, b.at));
}

/** What has no location passes data on and holds none. */
const rests = (urn: string, estate: Estate): boolean =>
  urn.endsWith(ARCHIVE) || estate.resource(urn)?.location !== undefined;

/** Node of the archived part of a bucket. */
export const ARCHIVE = "#archive";

/** Archived objects rest in one site in Paris, whatever region their bucket is in. */
const ARCHIVE_REGION = "fr-par";

function placed(datum: string, at: string, reached: Reached, estate: Estate, bounds: Bounds): Resting {
  const host = at.startsWith(HOST) ? at.slice(HOST.length) : undefined;
  const own = reached.as === "archive" ? ARCHIVE_REGION : regionOf(estate.resource(at));
  const region = host === undefined ? own : bounds.regions.find(({ name }) => host.includes(`.${name}.`))?.name;
  const row = bounds.regions.find(({ name }) => name === region);
  return {
    datum,
    as: reached.as,
    at,
    region,
    host,
    jurisdictions: row?.jurisdictions,
    operator: row?.operator,
    path: reached.path,
    ground: host === undefined && own === undefined ? "unresolved" : reached.ground,
  };
}
