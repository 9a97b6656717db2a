import type { Route } from "../../core/routes.ts";
import { type Ask, exercise, type Outcome } from "./exercise.ts";
import type { GoApi, Operation } from "./go-api.ts";
import { type Heard, nameOf } from "./listening.ts";
import { shapeDifference } from "./shapes.ts";

/** Whether a path of ours is the reference's: the names of parameters differ, and a range holds a slash. */
const skeleton = (path: string): string =>
  path.replace(/:address\/:prefix$/, ":range").replaceAll(/:\w+|\{\w+\}/g, ":");

const keyOf = (method: string, path: string): string => `${method} ${skeleton(path)}`;

/** The route that answers an operation of the reference. */
export function routesBy(routes: readonly Route[]): (operation: Operation) => Route | undefined {
  const known = new Map(routes.map((route) => [keyOf(route.method, route.path), route]));
  return ({ method, path }) => known.get(keyOf(method, path));
}

/** Everything that the reference has and we do not, or the other way round, each as `api Operation.what`. */
export interface Differences {
  /** Operations without a route. */
  readonly unanswered: readonly string[];
  /** Query parameters that the route's handler never looked at. */
  readonly unheardQuery: readonly string[];
  /** Fields of the body that it never looked at. */
  readonly unheardFields: readonly string[];
  /** Fields of the answer, by struct. */
  readonly missing: readonly string[];
  readonly unknown: readonly string[];
  /** Operations that answer something, and that no call made them answer. */
  readonly unseen: readonly string[];
}

export async function compareWithReference(
  apis: ReadonlyMap<string, GoApi>,
  routes: readonly Route[],
  heard: ReadonlyMap<string, Heard>,
  ask: Ask,
  known: Readonly<Record<string, string>>,
): Promise<{ readonly differences: Differences; readonly outcomes: readonly Outcome[] }> {
  const routeOf = routesBy(routes);
  const outcomes = await exercise(apis, (operation) => routeOf(operation) !== undefined, ask, known);
  const good = outcomes.filter(({ status }) => status < 300);
  const shapes = good.flatMap(({ api, operation, body }) => {
    const of = apis.get(api);
    return of === undefined || operation.answers === undefined
      ? []
      : [{ api, ...shapeDifference(of, operation.answers, body) }];
  });
  const each = (what: (api: string, operation: Operation, route: Route) => readonly string[]): readonly string[] =>
    [...apis].flatMap(([api, { operations }]) =>
      operations.flatMap((operation) => {
        const route = routeOf(operation);
        return route === undefined ? [] : what(api, operation, route).map((w) => `${api} ${operation.name}${w}`);
      }),
    );
  const unheard = (asked: readonly string[], listened: ReadonlySet<string> | undefined): readonly string[] =>
    asked.filter((name) => listened?.has(name) !== true).map((name) => `.${name}`);
  return {
    outcomes,
    differences: {
      unanswered: [...apis].flatMap(([api, { operations }]) =>
        operations.filter((o) => routeOf(o) === undefined).map((o) => `${api} ${o.name}`),
      ),
      unheardQuery: each((_, operation, route) => unheard(operation.query, heard.get(nameOf(route))?.query)),
      unheardFields: each((_, operation, route) =>
        operation.method === "DELETE" ? [] : unheard(operation.takes, heard.get(nameOf(route))?.input),
      ),
      missing: unique(shapes.flatMap(({ api, missing }) => missing.map((field) => `${api} ${field}`))),
      unknown: unique(shapes.flatMap(({ api, unknown }) => unknown.map((field) => `${api} ${field}`))),
      unseen: each((api, operation) =>
        operation.answers === undefined || good.some((o) => o.api === api && o.operation === operation) ? [] : [""],
      ),
    },
  };
}

const unique = (items: readonly string[]): readonly string[] => [...new Set(items)].sort();
