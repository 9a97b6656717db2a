import type { Clock } from "./core/clock.ts";
import type { Ids } from "./core/ids.ts";
import type { Platform } from "./core/platform.ts";
import type { Store } from "./core/store.ts";
import { PROJECT } from "./services/account.ts";
import { API_KEY } from "./services/iam/keys.ts";
import { bareUser, USER } from "./services/iam/users.ts";

/** What a fresh organization has: its owner, the owner's API key, the default project. */
export interface Seed {
  readonly instanceId: string;
  readonly organizationId: string;
  readonly defaultProjectId: string;
  readonly ownerId: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** The organization that all shipped examples name; ids of projects are random. */
export const LOCAL_ORGANIZATION = "00000000-0000-4000-8000-000000000000";

const PARTS = ["instanceId", "organizationId", "defaultProjectId", "ownerId", "accessKey", "secretKey"] as const;

/** The seed of this store: made at its first opening, kept afterwards. */
export function openSeed(store: Store, ids: Ids, organizationId: string): Seed {
  const kept = new Map(PARTS.map((part) => [part, store.meta.get(`seed.${part}`)]));
  const part = (name: (typeof PARTS)[number], make: () => string): string => {
    const value = kept.get(name) ?? make();
    store.meta.set(`seed.${name}`, value);
    return value;
  };
  return {
    instanceId: part("instanceId", () => ids.uuid()),
    organizationId: part("organizationId", () => organizationId),
    // As on Scaleway: the default project has the organization's id.
    defaultProjectId: part("defaultProjectId", () => organizationId),
    ownerId: part("ownerId", () => ids.uuid()),
    accessKey: part("accessKey", () => ids.accessKey()),
    secretKey: part("secretKey", () => ids.uuid()),
  };
}

/** Writes the seed's records; doing so again changes nothing. */
export function plantSeed(platform: Platform, seed: Seed, clock: Clock): void {
  const now = clock.stamp();
  const projects = platform.collection(PROJECT);
  if (projects.find(seed.defaultProjectId) === undefined) {
    projects.put({
      id: seed.defaultProjectId,
      name: "default",
      organization_id: seed.organizationId,
      description: "",
      created_at: now,
      updated_at: now,
      qualification: null,
    });
  }
  const users = platform.collection(USER);
  if (users.find(seed.ownerId) === undefined)
    users.put({
      ...bareUser({ platform }, seed.ownerId, "owner@example.org"),
      type: "owner",
      deletable: false,
      mfa: true,
    });
  const keys = platform.collection(API_KEY);
  if (keys.find(seed.accessKey) === undefined) {
    keys.put({
      id: seed.accessKey,
      secret_key: seed.secretKey,
      description: "owner",
      created_at: now,
      updated_at: now,
      expires_at: null,
      default_project_id: seed.defaultProjectId,
      user_id: seed.ownerId,
    });
  }
}
