import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { toolError } from "../../kernel/errors.ts";

/**
 * What the local clusters know, under a name and back. Of a storage that rests its folder is the save; one that runs is read key by key, at
 * one revision, and what was read is put into an empty storage at its next start. Keys with a lease (events) live too short to be kept.
 */
export const etcdFolder = (dataDir: string): string => join(dataDir, "kubernetes", "etcd");
const dataOf = (dataDir: string): string => join(etcdFolder(dataDir), "data");
const pendingOf = (dataDir: string): string => join(etcdFolder(dataDir), "pending");
const KEYS_FILE = "keys.json";
const PAGE = 500;
const BATCH = { keys: 64, bytes: 512 * 1024 };
/** Every key there is, in etcd's words. */
const EVERYTHING = { key: "AA==", range_end: "AA==" };

/** Where a running storage answers; the file is there as long as it runs. */
export const urlFile = (dataDir: string): string => join(etcdFolder(dataDir), "url");

/** Folders that go into a save, by label; a running storage is read for it. */
export async function savedFrom(dataDir: string): Promise<Readonly<Record<string, string>>> {
  const resting = { etcd: dataOf(dataDir), "etcd-keys": pendingOf(dataDir) };
  const url = await runningUrl(dataDir);
  if (url === undefined) return resting;
  const dump = join(etcdFolder(dataDir), "dump");
  rmSync(dump, { recursive: true, force: true });
  mkdirSync(dump, { recursive: true, mode: 0o700 });
  writeFileSync(join(dump, KEYS_FILE), JSON.stringify(await readKeys(url)), { mode: 0o600 });
  return { "etcd-keys": dump };
}

/** Where the folders of a save go back to. The clusters' programs have to be at rest. */
export const restoredTo = (dataDir: string): Readonly<Record<string, string>> => ({
  etcd: dataOf(dataDir),
  "etcd-keys": pendingOf(dataDir),
});

/** Puts what was restored into a storage that has just started; cut short, the next start does it again. */
export async function takePending(dataDir: string, url: string): Promise<void> {
  const text = contentOf(join(pendingOf(dataDir), KEYS_FILE));
  if (text === undefined) return;
  await call(url, "kv/deleterange", EVERYTHING);
  for (const batch of batches(pairSchema.array().parse(JSON.parse(text))))
    await call(url, "kv/txn", { success: batch.map((pair) => ({ request_put: pair })) });
  rmSync(pendingOf(dataDir), { recursive: true, force: true });
}

const pairSchema = z.object({ key: z.string(), value: z.string().default("") });
type Pair = z.infer<typeof pairSchema>;
const pageSchema = z.object({
  header: z.object({ revision: z.string() }),
  kvs: z.array(pairSchema.extend({ lease: z.string().default("0") })).default([]),
  more: z.boolean().default(false),
});

async function readKeys(url: string): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  let from = EVERYTHING.key;
  let revision: string | undefined;
  for (;;) {
    const asked = { ...EVERYTHING, key: from, limit: PAGE, ...(revision === undefined ? {} : { revision }) };
    const page = pageSchema.parse(await call(url, "kv/range", asked));
    revision ??= page.header.revision;
    for (const { key, value, lease } of page.kvs) if (lease === "0") pairs.push({ key, value });
    const last = page.kvs.at(-1);
    if (!page.more || last === undefined) return pairs;
    // The smallest key behind it.
    from = Buffer.concat([Buffer.from(last.key, "base64"), Buffer.of(0)]).toString("base64");
  }
}

function* batches(pairs: readonly Pair[]): Generator<readonly Pair[]> {
  let batch: Pair[] = [];
  let bytes = 0;
  for (const pair of pairs) {
    if (batch.length > 0 && (batch.length === BATCH.keys || bytes + pair.value.length > BATCH.bytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(pair);
    bytes += pair.value.length;
  }
  if (batch.length > 0) yield batch;
}

async function runningUrl(dataDir: string): Promise<string | undefined> {
  const url = contentOf(urlFile(dataDir));
  if (url === undefined) return undefined;
  const health = await fetch(`${url}/health`).catch(() => undefined);
  return health?.ok === true ? url : undefined;
}

async function call(url: string, path: string, body: unknown): Promise<unknown> {
  const answer = await fetch(`${url}/v3/${path}`, { method: "POST", body: JSON.stringify(body) });
  if (answer.ok) return answer.json();
  throw toolError("the local clusters' storage refuses", [
    {
      code: "local.kubernetes-storage",
      path,
      got: `${answer.status} ${await answer.text()}`,
      want: "200",
      fix: "`bastide local stop`, then try again",
    },
  ]);
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // Nothing to restore, or nothing that runs.
    return undefined;
  }
}
