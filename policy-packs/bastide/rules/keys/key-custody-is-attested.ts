import type { Resource } from "../../../../judge/facts/observed.ts";
import { type Attestations, attestationsOf } from "../../../../judge/kit/attestations.ts";
import type { Law } from "../../../../judge/kit/law.ts";
import { type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { isHealthClass } from "../../../../stacks/vocabulary.ts";
import { judgeAttested } from "../evidence/attested.ts";

function judgeKey({ urn, tags }: Resource, law: Law, attestations: Attestations): readonly Result[] {
  const about = {
    subject: urn,
    property: "protectionLevel",
    want: "a certificate of the module, or of the imported material",
  };
  if (tags === undefined) return [];
  if (!tags.known) return [undecided(about, { property: "tags", suppliers: tags.from.suppliers })];
  if (!isHealthClass(tags.value["data-class"] ?? "")) return [];
  return [judgeAttested(law, attestations, "hsm-certificate", about)];
}

export const keyCustodyIsAttested = rule({
  id: "KEY-08",
  title: "the hardware module behind health keys is attested: scope, certificate, expiry",
  severity: "medium",
  enforcement: "advisory",
  waivable: true,
  controls: ["SNC:10.5.c", "ISO:A.8.24", "IR:9.2.c.iv"],
  rationale:
    "The API can say that a key is kept in a hardware module; which module, and who looked at it, only its certificate says.",
  remedy: "Put the certificate's digest, scope and expiry into `stacks/attestations/` under `hsm-certificate`.",
  judge: (estate, law, now) => {
    const attestations = attestationsOf(law.attestations, now);
    return estate.facts("key").flatMap(({ urn }) => {
      const key = estate.resource(urn);
      return key === undefined ? [] : judgeKey(key, law, attestations);
    });
  },
});
