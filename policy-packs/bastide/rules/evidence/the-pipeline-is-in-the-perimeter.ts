import type { Law } from "../../../../judge/kit/law.ts";
import { fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";

/** Countries of the European Union, as ISO 3166 codes: what the profile `eu` means (Greece is GR). */
const EU = new Set("AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split(" "));

const COUNTRIES: Readonly<
  Record<Law["profile"], { readonly has: (country: string) => boolean; readonly want: string }>
> = {
  "fr-health": { has: (country) => country === "FR", want: "France" },
  eu: { has: (country) => EU.has(country), want: "a country of the European Union" },
};

function judgePipeline({ pipeline, profile }: Law): readonly Result[] {
  const { has, want } = COUNTRIES[profile];
  if (pipeline === null) {
    return [undecided({ subject: "stack", property: "pipeline", want }, { property: "pipeline", suppliers: [] })];
  }
  return (["runner", "logs"] as const).map((part) => {
    const { host, country, operator } = pipeline[part];
    const about = { subject: "stack", property: `pipeline.${part}`, want, proof: "declared" as const };
    return has(country) ? pass(about, { host, country, operator }) : fail(about, { host, country, operator });
  });
}

export const thePipelineIsInThePerimeter = rule({
  id: "G11",
  title: "what runs the gate and keeps its logs stands in the jurisdiction",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:19.2.d", "GDPR:44", "ISO:A.5.23"],
  rationale:
    "The runner holds the deployer's credentials and decrypts the state; its logs tell the topology. Abroad, both are within reach of " +
    "whoever rules there.",
  remedy:
    "Run the gate and the engine on a runner of the operator in the jurisdiction, and declare it under `pipeline`.",
  judge: (estate, law) => (estate.resources.some((r) => r.raw.custom) ? judgePipeline(law) : []),
});
