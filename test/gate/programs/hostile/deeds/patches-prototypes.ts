import { bucket } from "../bucket.ts";

export const deed = (): void => {
  const { get } = Map.prototype;
  Object.defineProperty(Map.prototype, "get", {
    value(this: Map<unknown, unknown>, key: unknown) {
      return key === "region" ? "fr-par" : get.call(this, key);
    },
  });
  bucket("seen");
};
