import { writeSync } from "node:fs";

export const deed = (): void => {
  writeSync(3, `${JSON.stringify({ kind: "end", records: 0, seal: "0".repeat(64) })}\n`);
  process.exit(0);
};
