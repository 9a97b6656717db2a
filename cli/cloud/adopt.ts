import type { StateResource } from "../engine/state-file.ts";
import type { Item, ScalewayApi } from "./api.ts";
import { bucketExists } from "./buckets.ts";
import { bare, type Inputs, LOOKUPS, text } from "./lookups.ts";
import { hasCloudInit, removeServer } from "./servers.ts";

/**
 * A run killed between a create and its checkpoint leaves a *pending create*: the resource may exist without the state
 * knowing its id. Names are a frozen function of the plan and unique per project and locality, so an exact match on what
 * the create asked for finds it; the engine then imports it (`refresh --import-pending-creates`).
 */
export interface Adoption {
  readonly urn: string;
  /** What becomes of the create. `deleted`: it was there, and of no use; like `clear`, it is to be made. */
  readonly action: "import" | "clear" | "deleted";
  readonly id?: string;
  readonly why: string;
}

const normal = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(String).sort().join(",")
    : typeof value === "string"
      ? bare(value)
      : String(value ?? "");

const BUCKET = "scaleway:object/bucket:Bucket";
const SERVER = "scaleway:instance/server:Server";

/** Types of which the cloud can be asked whether a create was carried out; the others are settings, and set again. */
export const canBeFound = (type: string): boolean => type === BUCKET || LOOKUPS[type] !== undefined;

/** A resource of the cloud that is exactly what a create asked for. */
export interface Match {
  readonly id: string;
  /** ISO instant of its making; empty where the API tells none. */
  readonly made: string;
  /** Path that deletes it. */
  readonly at: string;
}

/** Secrets and keys are listed until their deletion is due. */
const isThere = (item: Item): boolean =>
  (item.deletion_requested_at ?? null) === null && (item.deleted_at ?? null) === null && item.status !== "deleting";

const madeAt = (item: Item): string => text(item.created_at) || text(item.creation_date);

/** Everything in the cloud that is what these inputs ask for, oldest first; undefined for a type that is not looked up by list. */
export async function matchesOf(
  { type, inputs = {} }: Pick<StateResource, "type" | "inputs">,
  api: Pick<ScalewayApi, "list" | "organizationId">,
): Promise<readonly Match[] | undefined> {
  const lookup = LOOKUPS[type];
  if (lookup === undefined) return undefined;
  const path = lookup.path(inputs, { organizationId: api.organizationId });
  const found = await api.list(path, lookup.items);
  return found
    .filter(isThere)
    .map((item) => lookup.seen?.(item) ?? item)
    .filter((item) => lookup.same.every(([field, input]) => normal(item[field]) === normal(inputs[input])))
    .map((item) => ({
      id: lookup.id(item, inputs),
      made: madeAt(item),
      at: lookup.at?.(item, inputs) ?? `${path.split("?")[0]}/${text(item.id)}`,
    }))
    .sort((a, b) => Date.parse(a.made) - Date.parse(b.made));
}

/** What the creates of this stack may be: nothing that a state holds already, and nothing older than the stack. */
export interface Bounds {
  readonly held: readonly string[];
  /** ISO instant; absent: whatever its age. */
  readonly since?: string | undefined;
}

/** Clocks of the engine's machine and of the cloud may differ by so much. */
const SKEW_MS = 5 * 60_000;

/**
 * What to do about each create whose end is not known. Of several matches the latest is taken: a create that was sent again
 * after a lost answer leaves the earlier ones behind, which `bastide strays` names.
 */
export async function planAdoptions(
  creates: readonly StateResource[],
  api: ScalewayApi,
  { held, since }: Bounds = { held: [] },
): Promise<readonly Adoption[]> {
  const known = new Set(held);
  const young = ({ made }: Match): boolean =>
    since === undefined || made === "" || Date.parse(made) >= Date.parse(since) - SKEW_MS;
  const plans: Adoption[] = [];
  for (const create of creates) {
    const { urn, type, inputs = {} } = create;
    if (type === BUCKET) {
      plans.push(await planBucket(urn, inputs, api));
      continue;
    }
    const all = await matchesOf(create, api);
    if (all === undefined) {
      plans.push({ urn, action: "clear", why: "setting it again is harmless" });
      continue;
    }
    const matches = all.filter((match) => !known.has(match.id) && young(match));
    const match = matches.at(-1);
    const useless = LOOKUPS[type]?.useless;
    if (match === undefined) plans.push({ urn, action: "clear", why: "the cloud never made it" });
    else if (useless !== undefined) {
      for (const { at } of matches) await api.delete(at);
      plans.push({ urn, action: "deleted", why: `${useless}: deleted, to be made again` });
    } else if (type === SERVER && !(await hasCloudInit(match.at, inputs, api))) {
      await removeServer(match.at, api);
      plans.push({ urn, action: "deleted", why: "it never got its cloud-init: deleted, to be made again" });
    } else plans.push({ urn, action: "import", id: match.id, why: "found by name and project" });
  }
  return plans;
}

/** A bucket's id is its region and name: whether it is there is the only question. */
async function planBucket(urn: string, inputs: Inputs, api: ScalewayApi): Promise<Adoption> {
  const bucket = { name: text(inputs.name), region: text(inputs.region), projectId: bare(inputs.projectId) };
  return (await bucketExists(api, bucket))
    ? {
        urn,
        action: "import",
        id: `${bucket.region}/${bucket.name}@${bucket.projectId}`,
        why: "found by name and project",
      }
    : { urn, action: "clear", why: "the cloud never made it" };
}
