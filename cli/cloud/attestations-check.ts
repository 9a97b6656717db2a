import type { PreflightInput } from "./preflight.ts";
import type { CheckResult } from "./preflight-result.ts";

/** An example vouches for nothing: on a real account somebody has to. */
export function attestationsCheck({ exampleAttestations: made, local }: PreflightInput): CheckResult {
  const want = "attestations of your own";
  if (made.length === 0) return { check: "attestations", result: "ok", got: "none is an example", want, fix: "" };
  return {
    check: "attestations",
    result: local ? "ok" : "fault",
    got: `examples: ${made.join(", ")}`,
    want,
    fix: local ? "" : "replace the files under stacks/attestations by what your owners vouch for",
  };
}
