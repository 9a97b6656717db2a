import { bucket } from "../bucket.ts";

export const deed = async (): Promise<void> => {
  await bucket("seen").urn;
  setTimeout(() => process.exit(0), 20);
  await new Promise((done) => setTimeout(done, 1000));
};
