/** How one acceptance test ended. */
export type Verdict =
  | { readonly outcome: "passed" }
  | { readonly outcome: "failed"; readonly error: string }
  | { readonly outcome: "skipped"; readonly reason: string };

const NOISE =
  /delay retry set to|^(\d{4}\/\d\d\/\d\d |=== |--- |\s*$|\s*(panic: )?test timed out|PASS$|FAIL$|ok\s|exit status)/;
const SOURCE = /^\s*[\w-]+\.go:\d+:\s*/;
const MAX_ERROR = 240;

const tidy = (line: string): string => line.replace(SOURCE, "").replace(/[│╷╵]/g, "").trim().slice(0, MAX_ERROR);

/** First line that says what went wrong: Terraform's own `Error:` when there is one, with the step that it came in. */
function firstError(lines: readonly string[]): string {
  const said = lines.filter((line) => !NOISE.test(line));
  const step = said.map(tidy).find((line) => /^Step \d+\/\d+/.test(line)) ?? "";
  const error = said.map(tidy).find((line) => /^(Error: |panic: )/.test(line)) ?? "";
  const both = [step, error].filter((text) => text !== "").join(" ");
  return (both === "" ? (said.map(tidy).find((line) => line !== "") ?? "no output") : both).slice(0, MAX_ERROR);
}

/** Reads the output of `-test.v` with one test in it. A test that never reported an end failed. */
export function readVerdict(test: string, output: string): Verdict {
  const lines = output.split("\n");
  const end = lines.map((line) => /^--- (PASS|FAIL|SKIP): (\S+)/.exec(line)).find((match) => match?.[2] === test);
  if (end?.[1] === "PASS") return { outcome: "passed" };
  if (end?.[1] === "SKIP") return { outcome: "skipped", reason: firstError(lines) };
  return { outcome: "failed", error: firstError(lines) };
}
