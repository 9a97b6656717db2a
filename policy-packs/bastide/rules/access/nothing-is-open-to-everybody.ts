import { decide } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";

export const nothingIsOpenToEverybody = resourceRule({
  id: "IAM-06",
  title: "no bucket, object, website, registry, image or function is open to everybody",
  severity: "critical",
  enforcement: "mandatory",
  waivable: false,
  controls: ["GDPR:32.1.b", "GDPR:25.2", "ISO:A.8.3", "ISO:A.8.12", "SNC:9.7.a", "SRM:S"],
  rationale:
    "Every bucket, registry and function has a public endpoint; identity is the only wall around it. A public ACL, visibility, " +
    "website, wildcard origin or `privacy: public` takes that wall away.",
  remedy: "Make it private, and let named principals in by policy.",
  judgeOne: (resource) =>
    resource.facts.flatMap((fact) =>
      fact.kind === "openness"
        ? [
            decide(
              { subject: resource.urn, property: fact.open.property, want: fact.want },
              fact.open.value,
              (open) => !open,
              fact.got,
            ),
          ]
        : [],
    ),
});
