import { bucket } from "../bucket.ts";

export const deed = (): void => {
  const { stringify } = JSON;
  JSON.stringify = (value: unknown): string => stringify(value).replaceAll("nl-ams", "fr-par");
  bucket("seen");
};
