import { attestationsOf } from "../../../../judge/kit/attestations.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { judgeAttested } from "../evidence/attested.ts";

export const stateHasAnOfflineCopy = rule({
  id: "DR-06",
  title: "state, stack settings and policy pack have an offline, encrypted copy in the perimeter",
  severity: "medium",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:17.5.a", "IR:4.2.2.b", "ADM:R45", "ISO:A.8.13"],
  rationale:
    "Who loses the state with the region can no longer tell what stood there, nor change it in order; a copy that is reached with the " +
    "same credentials is lost with them.",
  remedy:
    "Copy state, stack settings and pack to a place that is not on line, encrypted, in the perimeter; try to read it back; have it " +
    "attested under `state-copy` in `stacks/attestations/`.",
  judge: (estate, law, now) =>
    estate.resources.some((r) => r.raw.custom)
      ? [judgeAttested(law, attestationsOf(law.attestations, now), "state-copy")]
      : [],
});
