import type { Known } from "../../kernel/known.ts";
import type { PodSelector } from "../facts/fact-kubernetes.ts";

export type Answer = "yes" | "no" | "perhaps";

/** Whether labels fit a selector, as Kubernetes reads it; `perhaps` where labels or an expression are not known. */
export function selects(selector: PodSelector, labels: Known<Readonly<Record<string, string>>> | undefined): Answer {
  // Asked of every pair of pods: no list is made.
  const wanted = Object.keys(selector.labels);
  if (wanted.length === 0 && selector.expressions.length === 0) return "yes";
  if (labels === undefined || !labels.known) return "perhaps";
  for (const name of wanted) if (labels.value[name] !== selector.labels[name]) return "no";
  if (selector.expressions.length === 0) return "yes";
  const answers = selector.expressions.map((e): Answer => {
    if (!e.key.known || !e.operator.known || !e.values.known || e.key.value === undefined) return "perhaps";
    const value = labels.value[e.key.value];
    const listed = value !== undefined && e.values.value.includes(value);
    switch (e.operator.value) {
      case "In":
        return listed ? "yes" : "no";
      case "NotIn":
        return listed ? "no" : "yes";
      case "Exists":
        return value === undefined ? "no" : "yes";
      case "DoesNotExist":
        return value === undefined ? "yes" : "no";
      default:
        return "perhaps";
    }
  });
  return answers.includes("no") ? "no" : answers.includes("perhaps") ? "perhaps" : "yes";
}
