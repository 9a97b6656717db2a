import { readFileSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * A lock between processes that the kernel releases when its holder dies, however it dies: SQLite's exclusive transaction
 * on an empty database is a record lock on the file. So there is no stale lock to detect or to steal.
 */
const pollMs = 250;

const isBusy = (error: unknown): boolean =>
  error instanceof Error && "errcode" in error && (error.errcode === 5 || error.errcode === 261);

/** Takes the lock at once, or says that somebody holds it. */
function tryLock(file: string): DatabaseSync | undefined {
  const database = new DatabaseSync(file);
  try {
    database.exec("PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE");
    return database;
  } catch (error) {
    database.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
}

/** Who holds the lock, for a message only: the note may be a moment old. */
function holderOf(file: string): string {
  try {
    return `process ${readFileSync(`${file}.holder`, "utf8")}`;
  } catch {
    return "another process"; // The note is written just after the lock is taken.
  }
}

/**
 * Runs `work` while holding the lock on `file` (created when missing, kept afterwards). Waits as long as the holder lives,
 * calling `onWait` once; an aborted signal ends the wait with its reason.
 */
export async function withLock<T>(
  file: string,
  work: () => Promise<T>,
  options: { readonly onWait?: (holder: string) => void; readonly signal?: AbortSignal | undefined } = {},
): Promise<T> {
  let lock = tryLock(file);
  if (lock === undefined) options.onWait?.(holderOf(file));
  while (lock === undefined) {
    await sleep(pollMs, undefined, options.signal === undefined ? {} : { signal: options.signal });
    lock = tryLock(file);
  }
  try {
    writeFileSync(`${file}.holder`, String(process.pid));
    return await work();
  } finally {
    lock.close();
  }
}
