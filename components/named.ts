import type { Key } from "../blueprint/model/common.ts";
import { toolError } from "../kernel/errors.ts";

/**
 * What the specs' references are resolved with: made things by their frozen key. A key that leads nowhere is a fault of the
 * plan, told with the keys that there are.
 */
export class Named<T> {
  readonly #what: string;
  readonly #entries: ReadonlyMap<Key, T>;

  constructor(what: string, entries: Iterable<readonly [Key, T]>) {
    this.#what = what;
    this.#entries = new Map(entries);
  }

  /** Makes one thing for each spec, in the order of the plan. */
  static from<S extends { readonly key: Key }, T>(what: string, specs: readonly S[], make: (spec: S) => T): Named<T> {
    return new Named(
      what,
      specs.map((spec) => [spec.key, make(spec)] as const),
    );
  }

  /** The union of several, e.g. the keys of both regions. */
  static merge<T>(what: string, parts: readonly Named<T>[]): Named<T> {
    return new Named(
      what,
      parts.flatMap((part) => [...part.#entries]),
    );
  }

  get(key: Key): T {
    const found = this.#entries.get(key);
    if (found === undefined) {
      throw toolError(
        `the plan refers to the ${this.#what} ${key}; there are [${[...this.#entries.keys()].join(", ")}]`,
      );
    }
    return found;
  }

  get all(): readonly T[] {
    return [...this.#entries.values()];
  }

  /** One value of each, as a plain record for the outputs of a component. */
  record<U>(value: (item: T) => U): Record<Key, U> {
    return Object.fromEntries([...this.#entries].map(([key, item]) => [key, value(item)]));
  }
}
