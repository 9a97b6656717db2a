import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { beside } from "../../../judge/doors/estate.ts";
import { growingEstate } from "../../../judge/facts/estate.ts";
import type { RawObject } from "../../../judge/facts/raw.ts";
import { urnParts } from "../../../judge/facts/type-name.ts";
import { judgeEstate, judgeResource } from "../../../judge/kit/judge.ts";
import type { Law } from "../../../judge/kit/law.ts";
import type { Rule } from "../../../judge/kit/rule.ts";
import type { Finding } from "../../../judge/kit/verdict.ts";
import { sortedUnique, stableJson } from "../../../kernel/order.ts";
import { changesOf, lawOf, othersOf, type PackConfig } from "./law.ts";
import { reporter } from "./report.ts";
import { fromRegistration, fromStack, NOT_SEEN } from "./resources.ts";

export type JudgePolicy = ResourceValidationPolicy & StackValidationPolicy;

/**
 * The one policy that judges: each resource when it is registered, so that an `up` refuses it before it is created, and the
 * whole stack at the end of a preview, where unknown ids are resolved by their dependencies. `now` gives the ISO instant.
 */
export function judgePolicy(rules: readonly Rule[], now: () => string): JudgePolicy {
  const report = reporter(rules);
  const inputs = new Map<string, RawObject>();
  const estate = growingEstate("policy-pack");
  const told = new Set<string>();
  const laws = new Map<string, Promise<Law>>();
  let others: ReturnType<typeof othersOf> | undefined;

  const keyOf = (f: Finding): string => [f.rule, f.subject, f.property].join("\n");

  function lawFor(urn: string, config: PackConfig): Promise<Law> {
    const key = `${urnParts(urn).stack}\n${stableJson(config)}`;
    const loading = laws.get(key) ?? lawOf(urn, config);
    laws.set(key, loading);
    return loading;
  }

  /** Read once: the resources that are registered may refer to them from the first on. */
  function othersFor(config: PackConfig): ReturnType<typeof othersOf> {
    if (others !== undefined) return others;
    others = othersOf(config);
    for (const { estate: other } of others) for (const raw of other.resources) estate.add(raw);
    return others;
  }

  return {
    name: "bastide",
    description: "Judges resources and stack by the rules listed beside it",
    enforcementLevel: "mandatory",
    configSchema: {
      properties: {
        law: { type: "object", description: "Compiled law (`bastide law`). Absent: the working tree's." },
        estates: {
          type: "array",
          items: { type: "string" },
          description: "Files of `pulumi stack export` of the environment's other stacks. Absent: none is seen.",
        },
        profile: { type: "string", description: "Profile of a program that is not ours. Absent: fr-health." },
      },
    },
    validateResource: async (args, violation) => {
      const config = args.getConfig<PackConfig>();
      const law = await lawFor(args.urn, config);
      othersFor(config);
      const raw = fromRegistration(args);
      inputs.set(raw.urn, raw.inputs);
      for (const finding of judgeResource(estate.add(raw), estate, law, rules, now())) {
        told.add(keyOf(finding));
        report(finding, violation);
      }
    },
    validateStack: async (args, violation) => {
      const resources = args.resources.map((r) => fromStack(r, inputs.get(r.urn)));
      const config = args.getConfig<PackConfig>();
      const law = await lawFor(resources[0]?.urn ?? "", config);
      const subject = sortedUnique(resources.map((r) => urnParts(r.urn).stack)).join(", ");
      const estate = { door: "policy-pack", subject, resources, steps: undefined, notSeen: NOT_SEEN } as const;
      const verdict = judgeEstate(beside(estate, othersFor(config)), law, rules, {
        now: now(),
        lawChanges: changesOf(law),
      });
      for (const finding of verdict.findings) {
        if (finding.outcome !== "waived" && !told.has(keyOf(finding))) report(finding, violation);
      }
    },
  };
}

/**
 * One entry a rule, so that the engine lists it by its id. They have no check of their own: each check of the SDK costs a copy
 * of all resources, and `judgePolicy` runs the rules together.
 */
export const listedPolicies = (rules: readonly Rule[]): readonly ResourceValidationPolicy[] =>
  rules.map((rule) => ({
    name: rule.id,
    description: rule.title,
    enforcementLevel: rule.enforcement,
    severity: rule.severity,
    remediationSteps: rule.remedy,
    tags: [...rule.controls],
    validateResource: [],
  }));
