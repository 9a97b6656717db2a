import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { inputError } from "../../kernel/errors.ts";
import { STORE_FILE } from "./core/store.ts";
import { lockDataDir } from "./data-dir-lock.ts";
import { findRunning } from "./running.ts";

/**
 * What `bastide local save|restore NAME` do: the whole store under a name, and back, so that a test starts from a built
 * environment in a second. `alongside` goes with it: folders that describe the store, such as the engine's state.
 */
export interface SaveOptions {
  readonly dataDir: string;
  readonly name: string;
  /** Folder by label; one that does not exist is saved as absent. */
  readonly alongside?: Readonly<Record<string, string>>;
}

const NAME = /^[a-z0-9][a-z0-9-]{0,40}$/;

const folderOf = ({ dataDir, name }: Pick<SaveOptions, "dataDir" | "name">): string => {
  if (!NAME.test(name))
    throw inputError("no name for a save", [
      {
        code: "local.save-name",
        path: "NAME",
        got: name,
        want: "a–z, 0–9 and dashes, 41 at most",
        fix: "choose another name",
      },
    ]);
  return join(dataDir, "saves", name);
};

export const listSaves = (dataDir: string): readonly string[] =>
  existsSync(join(dataDir, "saves"))
    ? readdirSync(join(dataDir, "saves"))
        .filter((n) => NAME.test(n))
        .sort()
    : [];

/** Saves the store, also while it is in use: SQLite copies one consistent state. A save of the same name is replaced. */
export function saveLocal(options: SaveOptions): void {
  const folder = folderOf(options);
  const source = join(options.dataDir, STORE_FILE);
  if (!existsSync(source))
    throw inputError("there is nothing to save", [
      {
        code: "local.nothing-to-save",
        path: options.dataDir,
        got: "no store",
        want: "a local Scaleway that ran",
        fix: "start it first",
      },
    ]);
  const fresh = `${folder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(source);
  try {
    database.exec("PRAGMA busy_timeout = 5000");
    database.prepare("VACUUM INTO ?").run(join(fresh, STORE_FILE));
  } finally {
    database.close();
  }
  for (const [label, path] of Object.entries(options.alongside ?? {}))
    if (existsSync(path)) cpSync(path, join(fresh, label), { recursive: true });
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
}

/** Folder of a save. @throws BastideError when there is none of this name. */
export function savedFolder(options: Pick<SaveOptions, "dataDir" | "name">): string {
  const folder = folderOf(options);
  if (existsSync(folder)) return folder;
  throw inputError("no such save", [
    {
      code: "local.no-such-save",
      path: "NAME",
      got: options.name,
      want: listSaves(options.dataDir).join(", ") || "(none was made)",
      fix: "`bastide local save NAME` first",
    },
  ]);
}

const tablesOf = (database: DatabaseSync, schema: string): readonly string[] =>
  database
    .prepare(`SELECT name FROM ${schema}.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
    .all()
    .map(({ name }) => String(name));

/**
 * Puts a save in the place of what a running local Scaleway knows, table by table in one transaction. The save has to be of the
 * same instance: keys and ids that clients hold stay true. @throws BastideError when it is of one before a reset.
 */
export function restoreInto(database: DatabaseSync, options: Pick<SaveOptions, "dataDir" | "name">): void {
  database.prepare("ATTACH ? AS saved").run(join(savedFolder(options), STORE_FILE));
  try {
    const instance = (schema: string): unknown =>
      database.prepare(`SELECT value FROM ${schema}.meta WHERE key = 'seed.instanceId'`).get()?.value;
    if (instance("saved") !== instance("main"))
      throw inputError("the save is of a local Scaleway before its reset", [
        {
          code: "local.other-instance",
          path: "NAME",
          got: options.name,
          want: "a save of the one that runs",
          fix: "`bastide local stop`, then restore it",
        },
      ]);
    const saved = new Set(tablesOf(database, "saved"));
    database.exec("BEGIN IMMEDIATE");
    try {
      for (const table of tablesOf(database, "main")) {
        database.exec(`DELETE FROM main.${table}`);
        if (saved.has(table)) database.exec(`INSERT INTO main.${table} SELECT * FROM saved.${table}`);
      }
      database.exec("COMMIT");
    } catch (error) {
      database.exec("ROLLBACK");
      throw error;
    }
  } finally {
    database.exec("DETACH saved");
  }
}

/** Puts a save in the place of what is there. Nothing may use the data folder meanwhile. */
export function restoreLocal(options: SaveOptions): void {
  const { dataDir } = options;
  const folder = savedFolder(options);
  if (findRunning(dataDir) !== undefined)
    throw inputError("the local Scaleway runs", [
      {
        code: "local.running",
        path: dataDir,
        got: "a running one",
        want: "a stopped one",
        fix: "`bastide local stop` first",
      },
    ]);
  const unlock = lockDataDir(dataDir);
  try {
    for (const suffix of ["", "-wal", "-shm"]) rmSync(join(dataDir, `${STORE_FILE}${suffix}`), { force: true });
    cpSync(join(folder, STORE_FILE), join(dataDir, STORE_FILE));
    placeSaved(folder, options.alongside ?? {});
  } finally {
    unlock();
  }
}

/** Puts what was saved alongside the store back; what was absent then is absent again. @param alongside folder by label. */
export function placeSaved(folder: string, alongside: Readonly<Record<string, string>>): void {
  for (const [label, path] of Object.entries(alongside)) {
    rmSync(path, { recursive: true, force: true });
    if (existsSync(join(folder, label))) cpSync(join(folder, label), path, { recursive: true });
  }
}
