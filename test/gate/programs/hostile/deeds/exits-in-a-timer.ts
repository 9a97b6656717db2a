import { bucket } from "../bucket.ts";

/** After the module has run, when all that was awaited has settled. */
export const deed = (): void => {
  bucket("seen");
  setTimeout(() => process.exit(0), 20);
};
