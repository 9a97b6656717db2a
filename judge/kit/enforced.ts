import { sortedUnique } from "../../kernel/order.ts";
import type { Law } from "./law.ts";
import type { Rule } from "./rule.ts";
import { isNeverWaivable } from "./waivers.ts";

/**
 * The rules with the enforcement that the law gives them. A rule that can't be waived can't be lowered either: for it the law
 * is not heard.
 */
export function enforced(
  rules: readonly Rule[],
  law: Pick<Law, "levels">,
): { rules: readonly Rule[]; lowered: readonly string[] } {
  if (Object.keys(law.levels).length === 0) return { rules, lowered: [] };
  const lowered: string[] = [];
  const list = rules.map((rule) => {
    const level = Object.hasOwn(law.levels, rule.id) ? law.levels[rule.id] : undefined;
    if (level === undefined || level === rule.enforcement) return rule;
    if (level === "advisory") {
      if (isNeverWaivable(rule)) return rule;
      lowered.push(rule.id);
    }
    return { ...rule, enforcement: level };
  });
  return { rules: list, lowered: sortedUnique(lowered) };
}
