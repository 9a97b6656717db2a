import type { TrapName } from "../../../../judge/facts/fact-traps.ts";
import { decide } from "../../../../judge/kit/result.ts";
import { type Rule, type RuleData, resourceRule } from "../../../../judge/kit/rule.ts";

/** A rule about a trap that one resource's own properties show. */
export const trapRule = (trap: TrapName, data: RuleData): Rule =>
  resourceRule({
    ...data,
    judgeOne: (resource) =>
      resource.facts.flatMap((fact) =>
        fact.kind === "trap" && fact.trap === trap
          ? [
              decide(
                { subject: resource.urn, property: fact.avoided.property, want: fact.want },
                fact.avoided.value,
                (avoided) => avoided,
                fact.got,
              ),
            ]
          : [],
      ),
  });
