import { z } from "zod";
import { KNOWN } from "./known.data.ts";
import { type Example, PRODUCTS } from "./programs.ts";
import { type Ending, type Tools, tryExample } from "./try-example.ts";

/** What `examples.json` holds: how each program of the documentation ended. */
const tried = z.strictObject({
  name: z.string(),
  product: z.string(),
  outcome: z.enum(["passed", "part", "failed"]),
  step: z.enum(["apply", "second plan", "destroy"]).optional(),
  said: z.string().optional(),
});
export type Tried = z.infer<typeof tried>;

const schema = z.strictObject({
  schema: z.literal("bastide.examples/1"),
  provider: z.string(),
  terraform: z.string(),
  /** Digest of the local Scaleway's sources that were judged. */
  sources: z.string(),
  examples: z.array(tried),
});
export type ExamplesReport = z.infer<typeof schema>;
export const parseExamples = (text: string): ExamplesReport => schema.parse(JSON.parse(text));

const triedOf = ({ name, product }: Example, ending: Ending): Tried => ({ name, product, ...ending });

/** @param parallel programs at once; most of the time is Terraform starting. */
export async function tryAll(
  examples: readonly Example[],
  tools: Tools,
  parallel: number,
  onEnd: (tried: Tried) => void,
): Promise<readonly Tried[]> {
  const ends = new Map<string, Tried>();
  const queue = [...examples];
  const worker = async (): Promise<void> => {
    for (let example = queue.shift(); example !== undefined; example = queue.shift()) {
      const end = triedOf(example, await tryExample(example, tools));
      ends.set(example.name, end);
      onEnd(end);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return examples.flatMap(({ name }) => ends.get(name) ?? []);
}

export const explains = (known: (typeof KNOWN)[number], { name, said = "" }: Tried): boolean =>
  (known.name?.test(name) ?? true) && known.said.test(said);

/** Why a program that failed has to; undefined when nobody has said why. */
export const reasonOf = (tried: Tried): string | undefined => KNOWN.find((known) => explains(known, tried))?.reason;

const counted = (reasons: readonly string[]): readonly (readonly [string, number])[] =>
  [...Map.groupBy(reasons, (reason) => reason)]
    .map(([reason, all]) => [reason, all.length] as const)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));

/** The table of the README: by product, then every reason for what did not pass. */
export function renderExamples({ examples, provider, terraform }: ExamplesReport): string {
  const row = (name: string, of: readonly Tried[]): string => {
    const count = (outcome: Tried["outcome"]): number => of.filter((e) => e.outcome === outcome).length;
    return `| ${name} | ${count("passed")} | ${count("failed")} | ${count("part")} |`;
  };
  const failed = examples.filter(({ outcome }) => outcome === "failed");
  return [
    `Provider ${provider}, ${terraform}.`,
    "",
    "| product | passed | failed | parts of programs |",
    "|---|---|---|---|",
    ...PRODUCTS.flatMap((product) => {
      const of = examples.filter((e) => e.product === product);
      return of.length === 0 ? [] : [row(product, of)];
    }),
    row("all", examples),
    "",
    "Failed, by reason (what Terraform said stands in `conformance/examples.json`):",
    "",
    ...counted(failed.map((e) => reasonOf(e) ?? "UNEXPLAINED")).map(([reason, times]) => `- ${times}: ${reason}`),
  ].join("\n");
}
