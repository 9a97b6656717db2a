/**
 * Annotation by which an object of a namespace declares which Kubernetes Secrets are delivered there and whose API keys they hold:
 * `<secret>=<name of the application>`, separated by blanks; nothing behind the sign: no API key. What a program does not make, no
 * plan shows: without this word a Secret may hold anybody's key.
 */
export const HELD_KEYS = "holds-keys-of";

export const heldKeysText = (held: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(held)
    .map(([secret, application]) => `${secret}=${application ?? ""}`)
    .join(" ");

/** Name of the application whose key each Secret holds, `undefined` for none. What is not of this form is left out. */
export const readHeldKeys = (text: string): ReadonlyMap<string, string | undefined> =>
  new Map(
    text.split(/\s+/).flatMap((entry): readonly (readonly [string, string | undefined])[] => {
      const [secret, application, more] = entry.split("=");
      if (secret === undefined || secret === "" || application === undefined || more !== undefined) return [];
      return [[secret, application === "" ? undefined : application]];
    }),
  );
