/**
 * A program that replaces what the SDK is built on (a built-in, the monitor) is not the program that the engine would run.
 * What was there before it was loaded is compared with what is there at its end; additions (polyfills) are no tampering.
 */
type Watched = readonly [name: string, holder: object];

const WATCHED: readonly Watched[] = [
  ["globalThis", globalThis],
  ["JSON", JSON],
  ["Reflect", Reflect],
  ["Object", Object],
  ["Object.prototype", Object.prototype],
  ["Function.prototype", Function.prototype],
  ["Array", Array],
  ["Array.prototype", Array.prototype],
  ["String.prototype", String.prototype],
  ["Map.prototype", Map.prototype],
  ["Set.prototype", Set.prototype],
  ["WeakMap.prototype", WeakMap.prototype],
  ["Promise", Promise],
  ["Promise.prototype", Promise.prototype],
  ["Symbol", Symbol],
];

/** Globals that Node itself sets when they are first asked for. */
const LAZY: ReadonlySet<string> = new Set(["stackResource", "globalStore", "asyncLocalStorage"]);

const { getOwnPropertyDescriptors, entries, is } = Object;

/** What every object inherits has no more names than it had: a property of a resource could be one of them. */
const namesOf = (): readonly string[] => Object.getOwnPropertyNames(Object.prototype);
const inherited: ReadonlySet<string> = new Set(namesOf());
export const inheritedAdditions = (): readonly string[] =>
  namesOf()
    .filter((name) => !inherited.has(name))
    .map((name) => `Object.prototype.${name}`);

/** Names the built-ins that changed since `watch` was called; `extra` are objects of the SDK to watch as well. */
export function watch(extra: readonly Watched[]): () => readonly string[] {
  const all = [...WATCHED, ...extra];
  const before = all.map(([name, holder]) => [name, holder, getOwnPropertyDescriptors(holder)] as const);
  return () =>
    before.flatMap(([name, holder, old]) => {
      const now: Record<string, PropertyDescriptor> = getOwnPropertyDescriptors(holder);
      return entries(old)
        .filter(([key, descriptor]) => !LAZY.has(key) && changed(descriptor, now[key]))
        .map(([key]) => `${name}.${key}`);
    });
}

const { getOwnPropertyDescriptor } = Object;
const { ownKeys } = Reflect;

/**
 * What stands between a registration and the ledger, looked at as each one arrives: a program may put a built-in back before
 * its end. `touched` names what was otherwise at any look. Costs some microseconds a look.
 */
export function guard(extra: readonly Watched[]): {
  readonly look: () => void;
  readonly touched: () => readonly string[];
} {
  const path: readonly Watched[] = [
    ["Object", Object],
    ["Reflect", Reflect],
    ["Array", Array],
    ["Array.prototype", Array.prototype],
    ["String.prototype", String.prototype],
    ["RegExp.prototype", RegExp.prototype],
    ["Map.prototype", Map.prototype],
    ...extra,
  ];
  const parts = path.flatMap(([name, holder]) =>
    ownKeys(holder).flatMap((key) => {
      const value: unknown = getOwnPropertyDescriptor(holder, key)?.value;
      return typeof value === "function" ? [{ name: `${name}.${String(key)}`, holder, key, value }] : [];
    }),
  );
  const count = parts.length;
  const seen: Record<string, true> = Object.create(null);
  return {
    // Only syntax and what was taken before the program came: nothing here can be replaced under it.
    look: () => {
      for (let i = 0; i < count; i += 1) {
        const part = parts[i];
        if (part === undefined) continue;
        if (getOwnPropertyDescriptor(part.holder, part.key)?.value !== part.value) seen[part.name] = true;
      }
    },
    touched: () => ownKeys(seen).map(String),
  };
}

/** Accessors count by their functions; a lazy global that became its value is no change. */
function changed(old: PropertyDescriptor, now: PropertyDescriptor | undefined): boolean {
  if (now === undefined) return true;
  if (old.get !== undefined) return now.get !== undefined && now.get !== old.get;
  return typeof old.value === "function" && !is(old.value, now.value);
}
