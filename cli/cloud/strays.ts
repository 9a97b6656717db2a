import type { StateResource } from "../engine/state-file.ts";
import { matchesOf } from "./adopt.ts";
import type { Item, ScalewayApi } from "./api.ts";
import { removeServer } from "./servers.ts";

/**
 * Something in the cloud that is in every way what a resource of the state is, and is not it: a create whose answer was lost was sent
 * again (the provider does so after every broken connection), and only the second one is known.
 */
export interface Stray {
  readonly id: string;
  readonly type: string;
  /** The resource whose double it is. */
  readonly urn: string;
  readonly made: string;
  /** Path that deletes it. */
  readonly at: string;
}

/** @param held the state of this stack. @param others ids that other stacks of the environment hold. */
export async function findStrays(
  held: readonly StateResource[],
  others: readonly string[],
  api: ScalewayApi,
): Promise<readonly Stray[]> {
  const known = new Set([...others, ...held.flatMap((r) => (r.id === undefined ? [] : [r.id]))]);
  const lists = new Map<string, Promise<readonly Item[]>>();
  const once: Pick<ScalewayApi, "list" | "organizationId"> = {
    organizationId: api.organizationId,
    list: (path, items) => {
      const asked = lists.get(path) ?? api.list(path, items);
      lists.set(path, asked);
      return asked;
    },
  };
  const found = new Map<string, Stray>();
  for (const resource of held) {
    if (!resource.custom) continue;
    for (const match of (await matchesOf(resource, once)) ?? []) {
      const { id } = match;
      if (!known.has(id)) found.set(id, { ...match, type: resource.type, urn: resource.urn });
    }
  }
  return [...found.values()];
}

const UNPROTECTED_FIRST = new Set(["bastide:keymanager:Key", "scaleway:secrets/secret:Secret"]);
const SERVER = "scaleway:instance/server:Server";

/** Removes one for good. A server goes with its volumes; a key is scheduled for deletion. */
export async function removeStray({ type, at }: Stray, api: ScalewayApi): Promise<void> {
  if (type === SERVER) return await removeServer(at, api);
  if (UNPROTECTED_FIRST.has(type)) await api.post(`${at}/unprotect`);
  await api.delete(at);
}
