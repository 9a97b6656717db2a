import { bucketIn } from "../bucket.ts";

export const deed = (): void => {
  for (let i = 0; i < 400; i += 1) process.stdout.write(`${"pass: no blocking violation found ".repeat(4000)}\n`);
  bucketIn("abroad", "nl-ams");
};
