import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { repoRoot } from "../../cli/paths.ts";
import { PICTURE, rehearsalPicture } from "../../docs/generate/picture.ts";

it("the README's picture is the rehearsal as the gate sees it (npm run docs)", { timeout: 120_000 }, async () => {
  const drawn = await rehearsalPicture();
  expect(drawn).toContain("fr-second");
  // Compared as a truth value: a difference would print both pictures.
  expect(drawn === readFileSync(join(repoRoot, PICTURE), "utf8"), "run `npm run docs`").toBe(true);
});
