import { mayHoldHealthData, tagOf } from "../../../../judge/facts/classification.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import type { OfferFact } from "../../../../judge/facts/fact-space.ts";
import type { Resource } from "../../../../judge/facts/observed.ts";
import { decide, notApplicable, type Result, undecided } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";

/** The production-optimised range; the shared-responsibility pages exclude the development, learning and former ones. */
const ELIGIBLE_MACHINE = /^POP2(-H[CMN])?-\d+C-\d+G(-WIN)?$/;
/** Kapsule answers `pop2_4c_16g` where `POP2-4C-16G` was asked for (recordings of pools). */
const asOffered = (name: string): string => name.toUpperCase().replaceAll("_", "-");
const DEDICATED = /^kapsule-dedicated-\d+$/;
/** Network volumes; local and former block types are outside the scope. */
const NETWORK_DISK = /^sbs_/;

const WANT = {
  "control plane": "kapsule-dedicated-*",
  machine: "POP2-*, the production-optimised range",
  disk: "sbs_*, or none written",
} as const satisfies Readonly<Record<OfferFact["what"], string>>;

function isEligible({ what }: OfferFact, name: string | undefined): boolean {
  if (what === "control plane") return DEDICATED.test(name ?? "");
  if (what === "machine") return ELIGIBLE_MACHINE.test(asOffered(name ?? ""));
  // Machines of the eligible range have no local disk: the API gives them a network volume.
  return name === undefined || name === "" || NETWORK_DISK.test(name);
}

function judgeOffer(offer: OfferFact, resource: Resource, estate: Estate): Result {
  const { property, value } = offer.name;
  const about = { subject: resource.urn, property, want: WANT[offer.what] };
  const dataClass = tagOf(resource, estate, "data-class");
  if (dataClass.known && !mayHoldHealthData(dataClass.value)) {
    return notApplicable(resource.urn, property, `data-class ${dataClass.value}`);
  }
  const result = decide(about, value, (name) => isEligible(offer, name));
  // Only what is surely health data surely fails.
  return result.outcome === "fail" && !dataClass.known ? undecided(about, dataClass.from) : result;
}

export const healthRunsOnEligibleOffers = resourceRule({
  id: "ISO-02",
  title: "health workloads run on a dedicated control plane and on offers that are eligible for them",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SRM:K", "SRM:I", "SRM:S", "HDS:13", "IR:6.8.2.c"],
  rationale:
    "Scaleway's conditions for health data exclude the mutualised control plane, multi-cloud clusters, the development, learning and " +
    "former machine ranges, and local volumes. What a dedicated control plane isolates is not documented: it is a condition, no proof.",
  remedy: "Take `type: kapsule-dedicated-*`, node and server types `POP2-*`, and `sbs_*` volumes.",
  judgeOne: (resource, estate) =>
    resource.facts.flatMap((fact) => (fact.kind === "offer" ? [judgeOffer(fact, resource, estate)] : [])),
});
