import type { DatabaseSync } from "node:sqlite";
import type { z } from "zod";
import { notFound, type Problem } from "./problem.ts";
import type { Store } from "./store.ts";

/** What every stored resource has; `locality` is a region, a zone or `global`. */
export interface Stored {
  readonly id: string;
}

/** One kind of resource: how it is stored and what errors call it. */
export interface Kind<B extends Stored> {
  /** Unique in the platform, e.g. `vpc.private-network`. */
  readonly kind: string;
  /** Name in error bodies, e.g. `private_network`. */
  readonly resource: string;
  readonly schema: z.ZodType<B>;
  /** The 404, where the service words it in its own way. Default: with `resource` and the id. */
  readonly missing?: (id: string) => Problem;
  /** Where a body lives and which project it belongs to, for indexes and for "wrong locality" answers. */
  readonly place: (body: B) => { readonly locality: string; readonly project: string; readonly name: string };
}

/** Typed access to the records of one kind, oldest first. */
export interface Collection<B extends Stored> {
  all(): readonly B[];
  in(locality: string): readonly B[];
  named(name: string): readonly B[];
  find(id: string): B | undefined;
  /** The record, or Scaleway's 404; a record of another locality is not there. */
  must(id: string, locality?: string): B;
  put(body: B): B;
  remove(id: string): void;
}

const SELECT = "SELECT body FROM records WHERE kind = ?";

const prepare = (database: DatabaseSync) => ({
  all: database.prepare(`${SELECT} ORDER BY sequence`),
  in: database.prepare(`${SELECT} AND locality = ? ORDER BY sequence`),
  named: database.prepare(`${SELECT} AND name = ? ORDER BY sequence`),
  one: database.prepare(`${SELECT} AND id = ?`),
  put: database.prepare(`
    INSERT INTO records (kind, id, locality, project, name, sequence, body)
    VALUES (?, ?, ?, ?, ?, (SELECT coalesce(max(sequence), 0) + 1 FROM records), ?)
    ON CONFLICT (kind, id) DO UPDATE SET
      locality = excluded.locality, project = excluded.project, name = excluded.name, body = excluded.body`),
  remove: database.prepare("DELETE FROM records WHERE kind = ? AND id = ?"),
});

/** All kinds share the statements of their database: a call opens several collections, and preparing costs more than asking. */
const prepared = new WeakMap<DatabaseSync, ReturnType<typeof prepare>>();

function statementsOf(database: DatabaseSync): ReturnType<typeof prepare> {
  const known = prepared.get(database) ?? prepare(database);
  prepared.set(database, known);
  return known;
}

export function openCollection<B extends Stored>(store: Store, kind: Kind<B>): Collection<B> {
  const statements = statementsOf(store.database);
  const parse = (row: Record<string, unknown>): B => kind.schema.parse(JSON.parse(String(row.body)));
  const find = (id: string): B | undefined => {
    const row = statements.one.get(kind.kind, id);
    return row === undefined ? undefined : parse(row);
  };
  return {
    all: () => statements.all.all(kind.kind).map(parse),
    in: (locality) => statements.in.all(kind.kind, locality).map(parse),
    named: (name) => statements.named.all(kind.kind, name).map(parse),
    find,
    must: (id, locality) => {
      const body = find(id);
      if (body === undefined || (locality !== undefined && kind.place(body).locality !== locality)) {
        throw (kind.missing ?? ((missing) => notFound(kind.resource, missing)))(id);
      }
      return body;
    },
    put: (body) => {
      const { locality, project, name } = kind.place(body);
      statements.put.run(kind.kind, body.id, locality, project, name, JSON.stringify(body));
      return body;
    },
    remove: (id) => {
      statements.remove.run(kind.kind, id);
    },
  };
}
