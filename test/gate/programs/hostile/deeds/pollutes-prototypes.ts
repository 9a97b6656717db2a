import { bucket } from "../bucket.ts";

/** A setter for a property's name: objects that are filled by assignment lose it. */
export const deed = (): void => {
  Object.defineProperty(Object.prototype, "region", { set() {}, get: () => "fr-par", configurable: true });
  bucket("seen");
};
