import { z } from "zod";
import type { Guard } from "../../core/api.ts";
import { denied } from "../../core/problem.ts";
import type { Call } from "../../core/routes.ts";
import type { Store } from "../../core/store.ts";
import type { ConditionContext } from "./conditions.ts";
import { permissionSetsOf, permissionSetsOver } from "./permissions.ts";
import { RIGHTS_ROWS, type RightsRow } from "./rights.data.ts";

/**
 * Refuses what the caller's policies do not allow, as Scaleway does: 403 with the resource and the action. A call about a
 * resource needs a rule over that resource's project; one that makes something, over the project it names or the project of
 * what it is made in; a list over no project, over any. So does a call about what is not there, or no more: whoever holds
 * the right somewhere hears the service's 404. The Organization's owner may do everything.
 */
export const mayCall: Guard = (call, method, path) => {
  if (call.caller.isOwner) return;
  const row = rowOf(`${method} ${path}`);
  if (row === undefined) throw denied("unknown", method === "GET" ? "read" : "write");
  if (row.sets.length === 0) return;
  const held = heldBy(call, row);
  if (!row.sets.some((set) => held.has(set))) throw denied(row.resource, row.action);
};

const PLACES: ReadonlySet<string> = new Set(["region", "zone"]);

export const rowOf = (route: string): RightsRow | undefined => RIGHTS_ROWS.find((row) => row.route.test(route));

function heldBy(call: Call, row: RightsRow): ReadonlySet<string> {
  const { platform, caller } = call;
  const subject = subjectOf(call);
  const context: ConditionContext = {
    request: { ...call.request, time: new Date(platform.clock.now()) },
    ...(row.resourceLevel && subject !== undefined ? { resource: subject } : {}),
  };
  if (row.scope === "organization") return permissionSetsOver(platform, caller, "organization", context);
  const project = subject?.project ?? (subject === undefined && namesOne(call) ? undefined : projectNamed(call));
  return project === undefined
    ? permissionSetsOver(platform, caller, "anywhere", context)
    : permissionSetsOf(platform, caller, project, context);
}

interface Subject {
  readonly id: string;
  readonly name: string;
  readonly locality: string;
  readonly project: string | undefined;
}

const recordRow = z.object({
  id: z.string(),
  name: z.string(),
  locality: z.string(),
  project: z.string(),
  body: z.string(),
});
const fields = z.record(z.string(), z.unknown());

/** The record of this id, whatever its kind: ids are unique over all of them. */
function subjectWith(store: Store, id: string): Subject | undefined {
  const found = store.database
    .prepare("SELECT id, name, locality, project, body FROM records WHERE id = ? LIMIT 1")
    .get(id);
  if (found === undefined) return undefined;
  const { project, body, ...row } = recordRow.parse(found);
  return { ...row, project: project === "" ? projectIn(store, JSON.parse(body)) : project };
}

/** The project that a body names, or that of the first thing it refers to: a pool is in its cluster's, a route in its VPC's. */
function projectIn(store: Store, body: unknown): string | undefined {
  const parsed = fields.safeParse(body);
  if (!parsed.success) return undefined;
  const texts = Object.entries(parsed.data).filter(
    (e): e is [string, string] => typeof e[1] === "string" && e[1] !== "",
  );
  const named = texts.find(([name]) => name === "project_id" || name === "project")?.[1];
  if (named !== undefined) return named;
  return texts
    .filter(([name]) => name.endsWith("_id") && name !== "organization_id")
    .map(([, id]) => subjectWith(store, id)?.project)
    .find((project) => project !== undefined);
}

const namesOne = ({ params }: Call): boolean => Object.keys(params).some((name) => !PLACES.has(name));

/** The resource that the path names; the innermost that is known when it names several. */
const subjectOf = ({ platform, params }: Call): Subject | undefined =>
  Object.entries(params)
    .filter(([name]) => !PLACES.has(name))
    .reverse()
    .map(([, id]) => subjectWith(platform.store, id))
    .find((found) => found !== undefined);

/** The project that a call without a subject is about. What is made nowhere in particular is made in the key's own project. */
function projectNamed({ platform, caller, query, input, isWrite }: Call): string | undefined {
  const asked = query.get("project_id") ?? query.get("project");
  if (asked !== null && asked !== "") return asked;
  return isWrite ? (projectIn(platform.store, input) ?? caller.defaultProjectId) : undefined;
}
