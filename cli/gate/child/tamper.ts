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

/** Accessors count by their functions; a lazy global that became its value is no change. */
function changed(old: PropertyDescriptor, now: PropertyDescriptor | undefined): boolean {
  if (now === undefined) return true;
  if (old.get !== undefined) return now.get !== undefined && now.get !== old.get;
  return typeof old.value === "function" && !is(old.value, now.value);
}
