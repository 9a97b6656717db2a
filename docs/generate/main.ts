import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repoRoot } from "../../cli/paths.ts";
import { DOCUMENTS } from "./documents.ts";
import { PICTURE, rehearsalPicture } from "./picture.ts";

/** `npm run docs`: writes every generated document anew and names those that changed. */
function write(path: string, text: string): void {
  const file = join(repoRoot, path);
  const present = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (present === text) return;
  writeFileSync(file, text);
  process.stdout.write(`${path}\n`);
}

for (const { path, render } of DOCUMENTS) {
  const file = join(repoRoot, path);
  write(path, render(existsSync(file) ? readFileSync(file, "utf8") : ""));
}
write(PICTURE, await rehearsalPicture());
