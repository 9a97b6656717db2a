import type { z } from "zod";
import { byText } from "../../../kernel/order.ts";
import { Answer } from "./answer.ts";
import type { Collection, Stored } from "./collection.ts";
import type { Caller, Platform } from "./platform.ts";
import { type ArgumentFault, invalidArguments } from "./problem.ts";

/** One API call, authenticated, its locality checked. */
export interface Call {
  readonly platform: Platform;
  readonly caller: Caller;
  /** Region or zone of the path; `global` when the path has none. */
  readonly locality: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Parsed JSON body, `{}` when there was none. */
  readonly input: unknown;
  /** The body as it came. */
  readonly raw: Buffer;
  readonly isWrite: boolean;
  /** Where it came from, for conditions of policies. */
  readonly request: { readonly ip: string; readonly userAgent: string };
}

/**
 * One operation of the API. Paths are written as in Scaleway's reference, with `:region` or `:zone` for the locality. The
 * handler's value is the JSON answer; `undefined` is 204 without a body.
 */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly handle: (call: Call) => unknown;
}

/** The input as a schema wants it, or Scaleway's 400 naming every argument at fault. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  throw invalidArguments(
    ...parsed.error.issues.map(
      (i): ArgumentFault => ({
        argument: i.path.join("."),
        reason: i.code === "invalid_type" && i.message.includes("undefined") ? "required" : "constraint",
        help: i.message,
      }),
    ),
  );
}

export const param = (call: Call, name: string): string => call.params[name] ?? "";

const DEFAULT_PAGE_SIZE = 20;
const MAX_PAGE_SIZE = 100;

/** A page of a list, with the total before paging. */
export function page<T>(call: Call, key: string, items: readonly T[]): Readonly<Record<string, unknown>> {
  const size = Math.min(
    Number(call.query.get("page_size") ?? call.query.get("per_page") ?? DEFAULT_PAGE_SIZE),
    MAX_PAGE_SIZE,
  );
  const number = Number(call.query.get("page") ?? "1");
  if (!(size >= 1) || !(number >= 1))
    throw invalidArguments({ argument: "page", reason: "constraint", help: "must be at least 1" });
  return { [key]: items.slice((number - 1) * size, number * size), total_count: items.length };
}

/** The same in the Instance API's manner: pages of 50, the total in a header (recordings). */
export function headerPage<T>(call: Call, key: string, items: readonly T[]): Answer {
  const size = Math.min(Number(call.query.get("per_page") ?? "50"), MAX_PAGE_SIZE);
  const number = Number(call.query.get("page") ?? "1");
  if (!(size >= 1) || !(number >= 1))
    throw invalidArguments({ argument: "page", reason: "constraint", help: "must be at least 1" });
  const total = { "x-total-count": String(items.length) };
  return new Answer(200, { [key]: items.slice((number - 1) * size, number * size) }, total);
}

type Passes<T> = (item: T, value: string, call: Call) => boolean;
/** Whether an item passes a value of the query; `every`: of several values, as of tags in most APIs, it has to pass each. */
export type Filter<T> = Passes<T> | { readonly every: Passes<T> };
export type Filters<T> = Readonly<Record<string, Filter<T>>>;

/** Keeps the items that the query's filters let through; a filter that is absent lets all through. */
export const filtered = <T>(call: Call, items: readonly T[], filters: Filters<T>): readonly T[] =>
  Object.entries(filters).reduce((kept, [name, filter]) => {
    const values = call.query.getAll(name).flatMap((v) => v.split(","));
    if (values.length === 0 || values[0] === "") return kept;
    return typeof filter === "function"
      ? kept.filter((item) => values.some((v) => filter(item, v, call)))
      : kept.filter((item) => values.every((v) => filter.every(item, v, call)));
  }, items);

/** How a list is sorted: what `order_by` means where it is no field of the item, and what counts when it is not given. */
export interface Order<T> {
  /** E.g. `name_asc`. Default: in the order of making. */
  readonly unasked?: string;
  /** Default: `order_by`. */
  readonly parameter?: string;
  readonly keys?: Readonly<Record<string, (item: T) => string | number>>;
}

/** Sorts by `order_by`, e.g. `name_desc`; what is equal, or has no such field, keeps the order of its making. */
export function ordered<T extends object>(call: Call, items: readonly T[], order: Order<T> = {}): readonly T[] {
  const asked = call.query.get(order.parameter ?? "order_by") ?? order.unasked ?? "";
  const [, field = "", direction] = /^(.+)_(asc|desc)$/.exec(asked) ?? [];
  const value = (item: T): unknown => (order.keys?.[field] ?? ((one: T): unknown => Reflect.get(one, field)))(item);
  const sorted = field === "created_at" || field === "creation_date" ? items : [...items].sort(byValue(value));
  return direction === "desc" ? [...sorted].reverse() : sorted;
}

const byValue =
  <T>(value: (item: T) => unknown) =>
  (a: T, b: T): number => {
    const [left, right] = [value(a), value(b)];
    return typeof left === "number" && typeof right === "number"
      ? left - right
      : byText(String(left ?? ""), String(right ?? ""));
  };

/** The usual filters: names match by part, tags exactly. */
export const byName = <T extends { readonly name: string }>(item: T, value: string): boolean =>
  item.name.includes(value);
type Tagged = { readonly tags: readonly string[] };
/** One tag of those asked for suffices. */
export const byAnyTag = (item: Tagged, value: string): boolean => item.tags.includes(value);
/** All tags asked for have to be there. */
export const byTag = { every: byAnyTag };
/** The Identity API's: part of a tag is enough. */
export const byPartOfTag = (item: Tagged, value: string): boolean => item.tags.some((tag) => tag.includes(value));

export interface Crud<B extends Stored> {
  /** Path of the collection, e.g. `/vpc/v2/regions/:region/vpcs`. */
  readonly path: string;
  /** Key of the list in the answer. */
  readonly items: string;
  readonly of: (platform: Platform) => Collection<B>;
  readonly filters: Filters<B>;
  readonly order?: Order<B>;
  /** What a list shows before any filter. Default: everything. */
  readonly shows?: (item: B, call: Call) => boolean;
  readonly create?: (call: Call) => B;
  readonly update?: (body: B, call: Call) => B;
  /**
   * Refuses by throwing. False: the record goes, the answer is 204. True: it did the removal itself. A body: the deletion
   * takes time, so the record is kept in this state and answered.
   */
  readonly remove?: (body: B, call: Call) => boolean | B;
  /** The answer's form, where it is not the stored one. */
  readonly view?: (body: B, call: Call) => unknown;
  readonly updateMethod?: "PATCH" | "PUT";
  /** As the Instance API answers: one resource under this key, 201 for a creation, totals in a header. */
  readonly envelope?: string;
}

/** List, get, create, update and delete of one kind, as far as given. Creating and updating answer the whole resource. */
export function crud<B extends Stored>(spec: Crud<B>): readonly Route[] {
  const view = spec.view ?? ((body: B): unknown => body);
  const single = (body: B, call: Call): unknown =>
    spec.envelope === undefined ? view(body, call) : { [spec.envelope]: view(body, call) };
  const paged = spec.envelope === undefined ? page : headerPage;
  const read = (call: Call): B => spec.of(call.platform).must(param(call, "id"), call.locality);
  const one = `${spec.path}/:id`;
  const { create, update, remove } = spec;
  return [
    {
      method: "GET",
      path: spec.path,
      handle: (call) => {
        const all = spec.of(call.platform).in(call.locality);
        const here = spec.shows === undefined ? all : all.filter((item) => spec.shows?.(item, call));
        return paged(
          call,
          spec.items,
          ordered(call, filtered(call, here, spec.filters), spec.order).map((body) => view(body, call)),
        );
      },
    },
    { method: "GET", path: one, handle: (call) => single(read(call), call) },
    ...(create === undefined
      ? []
      : [
          {
            method: "POST" as const,
            path: spec.path,
            handle: (call: Call) => {
              const made = single(spec.of(call.platform).put(create(call)), call);
              return spec.envelope === undefined ? made : new Answer(201, made);
            },
          },
        ]),
    ...(update === undefined
      ? []
      : [
          {
            method: spec.updateMethod ?? "PATCH",
            path: one,
            handle: (call: Call) => single(spec.of(call.platform).put(update(read(call), call)), call),
          },
        ]),
    ...(remove === undefined
      ? []
      : [
          {
            method: "DELETE" as const,
            path: one,
            handle: (call: Call) => {
              const body = read(call);
              const removed = remove(body, call);
              if (typeof removed === "object") return single(spec.of(call.platform).put(removed), call);
              if (!removed) spec.of(call.platform).remove(body.id);
              return undefined;
            },
          },
        ]),
  ];
}

/** The Instance API also takes whole resources by PUT, and leaves alone what is not a client's to change. */
export const alsoByPut = (routes: readonly Route[], path: string): readonly Route[] =>
  routes
    .filter((route) => route.method === "PATCH" && route.path === `${path}/:id`)
    .map((route) => ({ ...route, method: "PUT" }));
