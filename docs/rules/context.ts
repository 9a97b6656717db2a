import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { NOTHING_KNOWN, type ProgramFacts } from "../../judge/facts/program.ts";
import type { RawStep } from "../../judge/facts/raw.ts";
import type { Law } from "../../judge/kit/law.ts";

/** What stands beside an example's program where a rule looks at more than resources: law, program, plan. */
export interface ExampleContext {
  readonly law: Partial<Law>;
  readonly program: ProgramFacts | undefined;
  readonly steps: readonly RawStep[] | undefined;
}

const part = <T>() => z.custom<Partial<T>>((value) => typeof value === "object" && value !== null);
const contextFile = z.strictObject({
  law: part<Law>().optional(),
  program: part<ProgramFacts>().optional(),
  steps: z
    .array(
      z.strictObject({
        op: z.enum(["create", "update", "replace", "delete", "same", "read", "import"]),
        type: z.string(),
        urn: z.string(),
        replaceReasons: z.array(z.string()),
      }),
    )
    .optional(),
});

/** Name of the file that goes with an example, e.g. `LOC-06-failing.context.yaml`; many have none. */
export const contextName = (example: string): string => `${example}.context.yaml`;

/** The context of an example in `folder`; one without a file has an empty one. */
export function readContext(folder: string, example: string): ExampleContext {
  const file = join(folder, contextName(example));
  const found = existsSync(file) ? contextFile.parse(parse(readFileSync(file, "utf8"))) : {};
  return {
    law: found.law ?? {},
    program: found.program === undefined ? undefined : { ...NOTHING_KNOWN, ...found.program },
    steps: found.steps,
  };
}
