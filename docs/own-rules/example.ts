import type { Kit, OwnRule } from "../../judge/kit/own.ts";

/**
 * A rule of an operator's own: buckets carry a cost centre. `bastide judge … --rules docs/own-rules` loads it; nothing of Bastide is
 * imported at run time, so the same file works beside a clone and beside the packed judge.
 */
export const rules = ({ resourceRule, pass, fail, undecided }: Kit): readonly OwnRule[] => [
  {
    rule: resourceRule({
      id: "ACME-01",
      title: "every bucket says which cost centre pays for it",
      severity: "low",
      enforcement: "mandatory",
      waivable: true,
      controls: ["ISO:A.5.9"],
      rationale: "Storage that nobody pays for is storage that nobody deletes.",
      remedy: "Add the tag `cost-centre` with four digits.",
      judgeOne: ({ urn, canonicalType, tags }) => {
        if (canonicalType !== "scaleway:object/bucket:Bucket" || tags === undefined) return [];
        const about = { subject: urn, property: "tags.cost-centre", want: "four digits" };
        if (!tags.known) return [undecided(about, tags.from)];
        const centre = tags.value["cost-centre"];
        return [/^\d{4}$/.test(centre ?? "") ? pass(about, centre) : fail(about, centre ?? null)];
      },
    }),
    refuses: [{ type: "scaleway:object/bucket:Bucket", name: "a", inputs: { name: "a", tags: { owner: "x" } } }],
    accepts: [
      { type: "scaleway:object/bucket:Bucket", name: "b", inputs: { name: "b", tags: { "cost-centre": "4711" } } },
    ],
  },
];
