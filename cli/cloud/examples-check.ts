import type { PreflightInput } from "./preflight.ts";
import type { CheckResult } from "./preflight-result.ts";

/** Images that run nothing, and keys whose private halves nobody has: good for a rehearsal, and for nothing else. */
export const examplesCheck = ({ imageLock, exampleSshKeys, local }: PreflightInput): readonly CheckResult[] => [
  verdict(local, imageLock === "synthetic", {
    check: "images",
    got: `the lock file is ${imageLock}`,
    want: "the digests of images that were mirrored",
    fix: "`bastide images mirror` once the foundation is there, then commit the lock file",
  }),
  verdict(local, exampleSshKeys.length > 0, {
    check: "ssh keys",
    got: exampleSshKeys.length === 0 ? "none is an example" : `examples: ${exampleSshKeys.join(", ")}`,
    want: "public keys of your administrators",
    fix: "replace `admin.sshKeys` in the environment's settings",
  }),
];

const verdict = (local: boolean, isExample: boolean, told: Omit<CheckResult, "result">): CheckResult =>
  isExample && !local ? { ...told, result: "fault" } : { ...told, result: "ok", fix: "" };
