import { isDeepStrictEqual } from "node:util";
import { jsonApi } from "../../core/api.ts";
import { openClock } from "../../core/clock.ts";
import { openIds } from "../../core/ids.ts";
import { makePlatform, type Platform, PUBLIC_REGIONS } from "../../core/platform.ts";
import { openStore } from "../../core/store.ts";
import { settleDue } from "../../core/transitions.ts";
import type { WireRequest, WireService } from "../../core/wire.ts";
import { operationsOf } from "../../faults/operation.ts";
import { openSeed, plantSeed } from "../../seed.ts";
import { accountRoutes, PROJECT } from "../../services/account.ts";
import { ROUTES, SETTLERS } from "../../services/all.ts";
import { allow } from "../../services/allow.ts";
import { auditObserver } from "../../services/audit-trail/events.ts";
import { authenticate } from "../../services/iam/keys.ts";

import { plantUsers } from "../tested-organization.ts";
import { isRecord, openNames } from "./names.ts";
import { onTheirWay } from "./on-their-way.ts";
import type { Interaction, Recording } from "./recordings.ts";
import { type Difference, differences } from "./shape.ts";

/** What became of one recorded request that was sent to the local Scaleway. */
export interface Replayed {
  readonly recording: string;
  /** Place in the recording, from 0. */
  readonly index: number;
  readonly request: string;
  /** Method and path of the API reference, with unnamed placeholders. */
  readonly operation: string;
  /** ISO day of the recording. */
  readonly day: string;
  readonly status: { readonly recorded: number; readonly ours: number };
  readonly shape: readonly Difference[];
  /** For refusals of both: whether the bodies say the same. */
  readonly sameError: boolean;
  readonly bodies: { readonly recorded: string; readonly ours: string };
}

const ALL_ROUTES = [...accountRoutes, ...ROUTES];
const OPERATIONS = operationsOf(ALL_ROUTES);

const dayOf = ({ headers }: Interaction["response"]): string =>
  headers.date === undefined ? "" : new Date(headers.date).toISOString().slice(0, 10);

const isApi = ({ request }: Interaction): boolean => request.url.host === "api.scaleway.com";

/** Sends a recording's requests of the JSON API to an empty local Scaleway, in order, with its own ids in the recorded ones' place. */
export async function replay(recording: Recording): Promise<readonly Replayed[]> {
  const interactions = recording.interactions.filter(isApi);
  const { platform, service, secretKey } = emptyPlatform(interactions);
  const names = openNames();
  const waiting = onTheirWay(interactions);
  const unmasked = unmasking();
  const results: Replayed[] = [];
  for (const [index, interaction] of interactions.entries()) {
    const { request, response } = interaction;
    const recordedBody = response.body.toString("utf8");
    if (response.code === 429) continue;
    const wire: WireRequest = {
      method: request.method,
      host: "api.scaleway.com",
      path: names.ours(unmasked(interaction)),
      rawQuery: names.ours(request.url.search.slice(1)),
      headers: { "x-auth-token": secretKey },
      body: Buffer.from(names.ours(request.body.toString("utf8"))),
      sourceIp: "127.0.0.1",
    };
    const { held, stepping } = waiting(index);
    passTime(platform, new Set(held.map(names.ours)), new Set(stepping.map(names.ours)));
    const answer = await service.answer(wire);
    const ourBody = answer.body.toString("utf8");
    const [theirs, own] = [parsed(recordedBody), parsed(ourBody)];
    if (response.code < 400 && answer.status < 400) names.learn(theirs, own);
    const bothRefuse = response.code >= 400 && answer.status >= 400;
    results.push({
      recording: recording.name,
      index,
      request: `${request.method} ${request.url.pathname}${request.url.search}`,
      operation: OPERATIONS.of({ ...wire, path: request.url.pathname }).name,
      day: dayOf(response),
      status: { recorded: response.code, ours: answer.status },
      shape: response.code === answer.status && !bothRefuse ? differences(theirs, own) : [],
      sameError: !bothRefuse || isDeepStrictEqual(parsed(names.ours(recordedBody)), own),
      bodies: { recorded: recordedBody, ours: ourBody },
    });
  }
  platform.store.close();
  return results;
}

/** The recorder blackened access keys in addresses: the answer tells which one it was, else it is the latest that was made. */
function unmasking(): (interaction: Interaction) => string {
  const made: string[] = [];
  return ({ request, response }) => {
    const body = response.body.toString("utf8");
    const named = /"(?:access_key|resource_id)":\s*"(SCW[A-Z0-9]{17})"/.exec(body)?.[1];
    if (request.method === "POST" && named !== undefined && response.code < 300) made.push(named);
    return request.url.pathname.replace(/SCWX{17}/, (mask) => {
      const key = named ?? made.at(-1) ?? mask;
      if (request.method === "DELETE") made.splice(made.lastIndexOf(key), 1);
      return key;
    });
  };
}

/** Longer than a transient state lasts here, shorter than anything that is scheduled. */
const SETTLE_MS = 1000;
const STEPS = 12;

/** Lets everything come to rest but what the recording shows on its way at this point. */
function passTime(platform: Platform, held: ReadonlySet<string>, stepping: ReadonlySet<string>): void {
  for (let step = 0; step < STEPS && platform.transitions.due(platform.clock.now() + SETTLE_MS); step += 1) {
    platform.clock.advance(SETTLE_MS);
    settleDue(platform, SETTLERS, (id) => !held.has(id) && (step === 0 || !stepping.has(id)));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A platform with the organization and the projects that the recording takes for granted. */
function emptyPlatform(interactions: readonly Interaction[]): {
  readonly platform: Platform;
  readonly service: WireService;
  readonly secretKey: string;
} {
  const store = openStore(undefined);
  const clock = openClock(store, () => Date.parse(interactions[0]?.response.headers.date ?? "2026-01-01T00:00:00Z"));
  clock.hold();
  const ids = openIds(store, "replay");
  const organizationId = organizationOf(interactions);
  const seed = openSeed(store, ids, organizationId);
  const platform = makePlatform({
    store,
    clock,
    ids,
    regions: PUBLIC_REGIONS,
    organizationId,
    defaultProjectId: seed.defaultProjectId,
    transitionMs: SETTLE_MS,
  });
  store.transaction(() => plantSeed(platform, seed, clock));
  plantUsers(platform);
  const made = new Set(
    interactions.flatMap(({ request, response }) => {
      const body =
        request.method === "POST" && request.url.pathname === "/account/v3/projects"
          ? parsed(response.body.toString())
          : {};
      return isRecord(body) && typeof body.id === "string" ? [body.id] : [];
    }),
  );
  store.transaction(() => {
    for (const id of projectsNamed(interactions))
      if (!made.has(id) && platform.collection(PROJECT).find(id) === undefined)
        platform.collection(PROJECT).put({
          id,
          name: `project-${id.slice(0, 8)}`,
          organization_id: organizationId,
          description: "",
          created_at: clock.stamp(),
          updated_at: clock.stamp(),
          qualification: null,
        });
  });
  const service = jsonApi(platform, ALL_ROUTES, authenticate, undefined, allow, auditObserver);
  return { platform, service, secretKey: seed.secretKey };
}

const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const idsAfter = (pattern: string, texts: readonly string[]): readonly string[] =>
  texts.flatMap((text) => [...text.matchAll(new RegExp(`${pattern}(${UUID})`, "g"))].map((m) => m[1] ?? ""));

const textsOf = (interactions: readonly Interaction[]): readonly string[] =>
  interactions.flatMap(({ request, response }) => [
    request.url.search,
    request.body.toString("utf8"),
    response.body.toString("utf8"),
  ]);

function organizationOf(interactions: readonly Interaction[]): string {
  const [first] = idsAfter('"?organization(?:_id)?"?[:=]"?', textsOf(interactions));
  return first ?? "105bdce1-64c0-48ab-899d-868455867ecf";
}

const projectsNamed = (interactions: readonly Interaction[]): ReadonlySet<string> =>
  new Set(idsAfter('"?project(?:_id)?"?[:=]"?', textsOf(interactions)));
