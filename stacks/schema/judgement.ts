import { z } from "zod";
import { whole } from "./common.ts";

/** What the judge is told of the place that it works in, and of what other doors look at. */

const part = z.strictObject({
  host: z.string().min(3).describe("Its name, e.g. of the forge's runner."),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, { message: "a country as two capital letters, e.g. FR" })
    .describe("Where it stands."),
  operator: z.string().min(2).describe("Who runs it."),
});

/**
 * Rules that one door can't see, with the door that does: `bastide up` judges each preview's file, and CI runs the gate. An
 * operator who drops one of these gates must take its line away.
 */
const COVERED: Readonly<Record<string, "gate" | "policy-pack" | "preview-file" | "state">> = {
  "EVD-05": "preview-file",
  G12: "gate",
  "LOC-06": "gate",
  "SUP-02": "gate",
  "TRP-05": "gate",
};

export const judgementSchema = {
  state: z
    .strictObject({
      backend: z
        .string()
        .regex(/^[a-z][a-z0-9+]*:\/\/\S*$/, {
          message: "the URL of a state backend, e.g. s3://bucket?region=fr-par&endpoint=…",
        })
        .describe("URL of the state backend, as `PULUMI_BACKEND_URL` will have it."),
      secretsProvider: z
        .string()
        .regex(/^(passphrase|[a-z]+:\/\/\S+)$/, { message: "`passphrase` or the URL of a key, e.g. hashivault://KEY" })
        .describe("What encrypts the state's secrets."),
    })
    .optional()
    .describe("Where the state goes. Absent: `LOC-06` can't know, and blocks."),
  pipeline: z
    .strictObject({ runner: part.describe("Runs the gate and the engine."), logs: part.describe("Keeps their logs.") })
    .optional()
    .describe("Where the gate runs. Absent: `G11` can't know, and blocks."),
  judgement: z
    .strictObject({
      coveredElsewhere: z
        .record(
          z.string().regex(/^[A-Z][A-Z0-9]*(-\d+)?$/, { message: "the id of a rule" }),
          z.enum(["gate", "policy-pack", "preview-file", "state"]),
        )
        .default({ ...COVERED })
        .describe(
          "Rules that a door can't see, with the door that judges them. Absent: what `bastide up` and the gate in CI cover.",
        ),
      levels: z
        .record(z.string(), z.enum(["mandatory", "advisory"]))
        .default({})
        .describe("Enforcement by rule id. Absent: each rule's own. Rules that can't be waived can't be lowered."),
      blindSpots: whole(0, 1000)
        .default(10)
        .describe("How many references to other stacks, reads, imports and the like are accepted. Absent: 10."),
    })
    .default({ coveredElsewhere: { ...COVERED }, levels: {}, blindSpots: 10 })
    .describe("What the judge is told of doors and levels. Absent: every default below."),
};
