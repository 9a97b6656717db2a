import { bucket } from "../bucket.ts";

export const deed = async (): Promise<void> => {
  bucket("seen");
  process.emit("beforeExit", 0);
  await new Promise((done) => setTimeout(done, 50));
  bucket("hidden");
};
