import { readdirSync } from "node:fs";
import { join } from "node:path";
import { repoRoot } from "../../cli/paths.ts";
import { byText } from "../../kernel/order.ts";

/** Rules that have a refused and an accepted example; `test/gate/examples.test.ts` runs both of each. */
export function provenRules(): readonly string[] {
  const files = new Set(readdirSync(join(repoRoot, "docs", "rules", "examples")));
  const failing = [...files].flatMap((name) => /^([A-Z0-9-]*\d+)-failing\.ts$/.exec(name)?.[1] ?? []);
  return failing.filter((id) => files.has(`${id}-fixed.ts`)).sort(byText);
}

/** The list as the pack carries it: a judge that is packed has no examples beside it. */
export const provenSource = (): string =>
  `/** Rules whose refused and accepted example are run by tests. Generated from docs/rules/examples: \`npm run docs\`. */
export const PROVEN: ReadonlySet<string> = new Set([
${provenRules()
  .map((id) => `  "${id}",`)
  .join("\n")}
]);
`;
