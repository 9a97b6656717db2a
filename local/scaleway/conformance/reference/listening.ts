import type { Call, Route } from "../../core/routes.ts";

/** What the handlers of one route looked at, over all calls. */
export interface Heard {
  readonly query: Set<string>;
  /** Fields of the body. */
  readonly input: Set<string>;
}

/** The same routes, which note what their handlers look at: a parameter that nobody looks at is not honoured. */
export function listening(routes: readonly Route[]): {
  readonly routes: readonly Route[];
  readonly heard: ReadonlyMap<string, Heard>;
} {
  const heard = new Map<string, Heard>();
  const wrapped = routes.map((route) => {
    const notes: Heard = heard.get(nameOf(route)) ?? { query: new Set(), input: new Set() };
    heard.set(nameOf(route), notes);
    return { ...route, handle: (call: Call) => route.handle(overheard(call, notes)) };
  });
  return { routes: wrapped, heard };
}

export const nameOf = ({ method, path }: Pick<Route, "method" | "path">): string => `${method} ${path}`;

class HeardQuery extends URLSearchParams {
  readonly #notes: Set<string>;
  constructor(of: URLSearchParams, notes: Set<string>) {
    super(of);
    this.#notes = notes;
  }
  override get(name: string): string | null {
    this.#notes.add(name);
    return super.get(name);
  }
  override getAll(name: string): string[] {
    this.#notes.add(name);
    return super.getAll(name);
  }
}

function overheard(call: Call, notes: Heard): Call {
  const note = (key: string | symbol): void => {
    if (typeof key === "string") notes.input.add(key);
  };
  const { input } = call;
  return {
    ...call,
    query: new HeardQuery(call.query, notes.query),
    input:
      typeof input !== "object" || input === null || Array.isArray(input)
        ? input
        : new Proxy(input, {
            get: (target, key) => {
              note(key);
              return Reflect.get(target, key);
            },
            has: (target, key) => {
              note(key);
              return Reflect.has(target, key);
            },
          }),
  };
}
