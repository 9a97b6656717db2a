import { beforeEach, describe, expect, it } from "vitest";
import { expiryOf, SLOTS, type Slot } from "../../blueprint/credentials.ts";
import { addDays, dayOf } from "../../stacks/dates.ts";
import { loadEnvironment } from "../../stacks/load.ts";
import { type LocalApi, localApi } from "../harness/local-api.ts";

/**
 * Two overlapping keys, rotated as the plan says, on a clock that only the test moves: a client that holds the pair it was last
 * given, and takes the one that ends later, is never refused, though it learns of each rotation days after it.
 */
const { credentials } = loadEnvironment("rehearsal").settings;
const DAY_MS = 24 * 3600_000;
const DAYS = 6 * credentials.everyDays;
const LATE_DAYS = 3;

interface Live {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly expires: string;
}
type Pair = Readonly<Record<Slot, Live>>;

let local: LocalApi;
let application: string;
beforeEach(async () => {
  local = localApi();
  const input = { name: "client", organization_id: local.seed.organizationId };
  application = (await local.call("POST", "/iam/v1alpha1/applications", input)).body.id;
});

const today = (): string => dayOf(new Date(local.platform.clock.now()).toISOString());

async function made(slot: Slot): Promise<Live> {
  const expires = expiryOf(slot, credentials, today());
  const { body, status } = await local.call("POST", "/iam/v1alpha1/api-keys", {
    application_id: application,
    description: slot,
    expires_at: expires,
  });
  expect(status).toBe(200);
  return { accessKey: body.access_key, secretKey: body.secret_key, expires };
}

/** An `up`: a key whose end is another one in the plan of the day is replaced, the new one made before the old one goes. */
async function up(pair: Pair): Promise<{ readonly pair: Pair; readonly rotated: number }> {
  let [next, rotated] = [pair, 0];
  for (const slot of SLOTS) {
    if (expiryOf(slot, credentials, today()) === pair[slot].expires) continue;
    next = { ...next, [slot]: await made(slot) };
    rotated += 1;
    await local.call("DELETE", `/iam/v1alpha1/api-keys/${pair[slot].accessKey}`);
  }
  return { pair: next, rotated };
}

const ask = async ({ secretKey }: Live): Promise<number> =>
  (await local.call("GET", `/iam/v1alpha1/applications/${application}`, undefined, secretKey)).status;
const later = (pair: Pair): Live => (pair.a.expires > pair.b.expires ? pair.a : pair.b);

/** Statuses that clients saw, day by day: one that follows the pair, one that stays with the key it began with. */
async function live(
  upEvery: number,
): Promise<{ readonly follows: number[]; readonly stays: number[]; readonly rotations: number }> {
  let pair: Pair = { a: await made("a"), b: await made("b") };
  const first = pair.a;
  const given: Pair[] = [pair];
  const [follows, stays]: [number[], number[]] = [[], []];
  let rotations = 0;
  for (let day = 1; day <= DAYS; day += 1) {
    local.platform.clock.advance(DAY_MS);
    if (day % upEvery === 0) {
      const done = await up(pair);
      pair = done.pair;
      rotations += done.rotated;
    }
    given.push(pair);
    follows.push(await ask(later(given[Math.max(0, day - LATE_DAYS)] ?? pair)));
    stays.push(await ask(first));
  }
  return { follows, stays, rotations };
}

describe("rotation of API keys on the platform's clock", () => {
  it("never refuses a client that follows, and refuses one that does not", async () => {
    const { follows, stays, rotations } = await live(1);
    expect(rotations).toBeGreaterThanOrEqual(5);
    expect([...new Set(follows)]).toEqual([200]);
    expect(stays.some((status) => status >= 400)).toBe(true);
  });
  it("never refuses it when an `up` comes only once a week", async () => {
    const { follows, rotations } = await live(7);
    expect(rotations).toBeGreaterThanOrEqual(4);
    expect([...new Set(follows)]).toEqual([200]);
  });
  it("ends a key on its day, whoever holds it", async () => {
    const key = await made("a");
    expect(await ask(key)).toBe(200);
    local.platform.clock.advance(Date.parse(key.expires) - local.platform.clock.now());
    expect(await ask(key)).toBeGreaterThanOrEqual(400);
    expect(addDays(dayOf(key.expires), -1) >= "2026-01-01").toBe(true);
  });
});
