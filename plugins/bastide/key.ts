import type { DiffResult } from "@pulumi/pulumi/provider/index.js";
import { z } from "zod";
import { isRecord, isUnknown, type Props } from "../engine/values.ts";
import { ApiError } from "./api-error.ts";
import type { Api } from "./client.ts";
import { parseDuration } from "./duration.ts";
import { sameStrings } from "./inputs.ts";
import { checkKey, REPLACING } from "./key-inputs.ts";
import {
  createBody,
  isScheduledForDeletion,
  type KeyAnswer,
  keyAnswer,
  keyInputs,
  keyList,
  keyOutputs,
  rotationBody,
} from "./key-wire.ts";
import { HalfMade, type Live, parseId, type RegionalId, type ResourceKind } from "./kind.ts";

export interface KeyDeps {
  readonly api: Api;
  /** Throws unless a consent names the URN. */
  readonly requireConsent: (urn: string) => void;
  readonly warn: (urn: string, message: string) => void;
  readonly now: () => Date;
}

/** Days between the deletion call and the loss of the key (Key Manager's documentation). */
const RETENTION_DAYS = 7;
/** A key just made may not be readable yet: ten looks, a second apart (Scaleway's provider allows 30 s). */
const READ_BACK = { looks: 10, waitMs: 1_000 } as const;
/** Tolerance between our clock and Scaleway's when a lost creation is looked for. */
const CLOCK_SKEW_MS = 300_000;

const keysPath = (region: unknown): string => `/key-manager/v1alpha1/regions/${String(region)}/keys`;
const keyPath = ({ region, uuid }: RegionalId): string => `${keysPath(region)}/${uuid}`;
const idOf = (key: KeyAnswer): string => `${key.region}/${key.id}`;

/** `bastide:keymanager:Key`: design §2, "HSM-backed keys". */
export function keyKind({ api, requireConsent, warn, now }: KeyDeps): ResourceKind {
  const get = (id: RegionalId): Promise<KeyAnswer> => api.send({ method: "GET", path: keyPath(id), answer: keyAnswer });
  const post = (id: RegionalId, verb: "protect" | "unprotect"): Promise<unknown> =>
    api.send({ method: "POST", path: `${keyPath(id)}/${verb}`, body: {}, answer: z.unknown() });

  async function readBack(id: RegionalId): Promise<KeyAnswer> {
    for (let look = 1; ; look += 1) {
      try {
        return await get(id);
      } catch (error) {
        if (!isGone(error) || look === READ_BACK.looks) throw error;
        await api.pause(READ_BACK.waitMs);
      }
    }
  }

  /** After a lost answer: a key of this name, made since, is most likely ours, and a second one would be an orphan. */
  async function refuseTwins(inputs: Props, since: Date): Promise<void> {
    const { keys } = await api.send({
      method: "GET",
      path: keysPath(inputs.region),
      query: { project_id: String(inputs.projectId), name: String(inputs.name), page_size: "100" },
      answer: keyList,
    });
    const twins = keys.filter(
      (k) => k.name === inputs.name && Date.parse(k.created_at) >= since.getTime() - CLOCK_SKEW_MS,
    );
    const [twin] = twins;
    if (twin !== undefined)
      throw new Error(
        `the answer to the creation of key "${String(inputs.name)}" was lost, and the project now has ${twins.map(idOf).join(", ")} of that name; fix: import it (pulumi import bastide:keymanager:Key NAME ${idOf(twin)}), or schedule its deletion, then run again`,
      );
  }

  /** @throws HalfMade if the level is another one: the engine keeps the key in the state, marked, and uses it nowhere. */
  function accept(key: KeyAnswer, asked: Props): Live {
    const live = { id: idOf(key), outputs: keyOutputs(key, asked) };
    if (key.protection_level === asked.protectionLevel) return live;
    throw new HalfMade(
      { id: live.id, outputs: { ...live.outputs, levelRefused: true } },
      `asked for protection level "${String(asked.protectionLevel)}", but the API answered "${key.protection_level}" for key ${live.id}. Nothing was encrypted under it. ` +
        `fix: choose a region where Key Manager offers the level, or declare the custody that you accept. To be rid of this key, run again with a consent that names its URN, or: ` +
        `${key.protected ? `scw keymanager key unprotect ${key.id} region=${key.region} && ` : ""}scw keymanager key delete ${key.id} region=${key.region} (deletion is scheduled ${RETENTION_DAYS} days ahead)`,
    );
  }

  return {
    check: checkKey,
    diff: diffKey,

    async create(_urn, inputs) {
      const since = now();
      const made = await api.send({
        method: "POST",
        path: keysPath(inputs.region),
        body: createBody(inputs),
        answer: keyAnswer,
        newRights: true,
        beforeRepeat: () => refuseTwins(inputs, since),
      });
      const id = { region: made.region, uuid: made.id };
      const seen = await readBack(id).catch((cause: unknown) => {
        throw new HalfMade(
          { id: idOf(made), outputs: keyOutputs(made, inputs) },
          said("was made but not read back", made, cause),
          { cause },
        );
      });
      return accept(seen, inputs);
    },

    async read(urn, id, olds) {
      const key = await get(parseId(id)).catch(goneAsUndefined);
      if (key === undefined) return undefined;
      if (isScheduledForDeletion(key)) {
        warn(
          urn,
          `key ${id} is scheduled for deletion (asked ${key.deletion_requested_at ?? "earlier"}, ${RETENTION_DAYS} days before the loss): taken for gone. To keep it: scw keymanager key restore ${key.id} region=${key.region}, then refresh again`,
        );
        return undefined;
      }
      const kept = olds.levelRefused === true ? { levelRefused: true } : {};
      return { inputs: keyInputs(key, olds), outputs: { ...keyOutputs(key, olds), ...kept } };
    },

    async update(_urn, id, olds, news) {
      const at = parseId(id);
      const patch = patchBody(olds, news);
      if (Object.keys(patch).length > 0)
        await api.send({ method: "PATCH", path: keyPath(at), body: patch, answer: keyAnswer });
      try {
        if (news.unprotected === olds.protected) await post(at, news.unprotected === true ? "unprotect" : "protect");
        return accept(await get(at), news).outputs;
      } catch (cause) {
        if (cause instanceof HalfMade) throw cause;
        const half = await get(at).catch(() => undefined); // Best effort: the cause is what matters.
        if (half === undefined) throw cause;
        throw new HalfMade({ id, outputs: keyOutputs(half, news) }, said("is updated in part", half, cause), { cause });
      }
    },

    async delete(urn, id) {
      requireConsent(urn);
      const at = parseId(id);
      const key = await get(at).catch(goneAsUndefined);
      if (key === undefined || isScheduledForDeletion(key)) return;
      if (key.protected) await post(at, "unprotect");
      await api
        .send({ method: "DELETE", path: keyPath(at), answer: z.unknown(), newRights: true })
        .catch(goneAsUndefined);
      warn(
        urn,
        `key ${id} is scheduled for deletion in ${RETENTION_DAYS} days; until then: scw keymanager key restore ${key.id} region=${key.region}`,
      );
    },
  };
}

const isGone = (error: unknown): boolean => error instanceof ApiError && error.status === 404;

function goneAsUndefined(error: unknown): undefined {
  if (!isGone(error)) throw error;
  return undefined;
}

const said = (what: string, key: KeyAnswer, cause: unknown): string =>
  `key ${idOf(key)} ${what}: ${cause instanceof Error ? cause.message : String(cause)}; fix: run again`;

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Properties that an update can bring, each with what "the same" means for it. `olds` are outputs: `protected` is the truth. */
const UPDATING: Readonly<Record<string, (olds: Props, news: Props) => boolean>> = {
  name: (olds, news) => olds.name === news.name,
  description: (olds, news) => text(olds.description) === text(news.description),
  tags: (olds, news) => sameStrings(olds.tags, news.tags),
  unprotected: (olds, news) => olds.protected === !news.unprotected,
  rotationPolicy: (olds, news) => sameRotation(olds.rotationPolicy, news.rotationPolicy),
};

/** Two spellings of one period are the same; a next rotation that the program does not name is the API's affair. */
function sameRotation(olds: unknown, news: unknown): boolean {
  if (!isRecord(olds) || !isRecord(news)) return olds === news;
  const samePeriod = parseDuration(text(olds.rotationPeriod)) === parseDuration(text(news.rotationPeriod));
  return samePeriod && (news.nextRotationAt === undefined || news.nextRotationAt === olds.nextRotationAt);
}

/** A key of a level that was never asked for goes before its successor comes: else each run would add one more. */
function diffKey(olds: Props, news: Props): DiffResult {
  const replaces = REPLACING.filter((p) => isUnknown(news[p]) || olds[p] !== news[p]);
  const updates = Object.entries(UPDATING).filter(([p, same]) => isUnknown(news[p]) || !same(olds, news));
  const stale = olds.levelRefused === true && replaces.length === 0;
  return {
    changes: replaces.length + updates.length > 0 || stale,
    replaces: [...replaces],
    deleteBeforeReplace: olds.levelRefused === true,
  };
}

const patchBody = (olds: Props, news: Props): Record<string, unknown> => {
  const changed = (property: string): boolean => UPDATING[property]?.(olds, news) === false;
  return {
    ...(changed("name") ? { name: news.name } : {}),
    ...(changed("description") ? { description: text(news.description) } : {}),
    ...(changed("tags") ? { tags: news.tags ?? [] } : {}),
    ...(changed("rotationPolicy") && isRecord(news.rotationPolicy)
      ? { rotation_policy: rotationBody(news.rotationPolicy) }
      : {}),
  };
};
