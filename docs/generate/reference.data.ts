import type { FailureExit } from "../../kernel/errors.ts";

/** What no code says of itself: folders, environment variables, exit codes. Tests hold the first two equal to what is there. */

export interface FolderRow {
  readonly folder: string;
  readonly part: "build" | "judge" | "run" | "use" | "prove";
  readonly holds: string;
}

/** Every top-level folder under git, in reading order. */
export const FOLDERS: readonly FolderRow[] = [
  {
    folder: "stacks",
    part: "build",
    holds: "settings: schema, region catalogue, declared flows, the shipped environments",
  },
  { folder: "blueprint", part: "build", holds: "the planner: settings in, plan out; pure" },
  { folder: "components", part: "build", holds: "the plan as Pulumi resources; decides nothing" },
  {
    folder: "plugins",
    part: "build",
    holds: "first-party Pulumi plug-in: HSM-backed keys and audit-trail export jobs",
  },
  { folder: "judge", part: "judge", holds: "resources → facts → verdict → reports; knows nothing of the builder" },
  { folder: "policy-packs", part: "judge", holds: "the rules, and their adapter to Pulumi's policy engine" },
  {
    folder: "local",
    part: "run",
    holds: "the toolchain built from source, the local Scaleway, stand-ins for plug-ins that no registry has",
  },
  { folder: "cli", part: "use", holds: "the command line, the offline gate's sandbox, the engine driven step by step" },
  {
    folder: "kernel",
    part: "use",
    holds: "what builder and judge share: ranges, known and unknown values, errors, order",
  },
  {
    folder: "docs",
    part: "use",
    holds: "pages for operators, decisions, examples of each rule, generators of these tables",
  },
  { folder: "test", part: "prove", holds: "layers of tests, fastest first" },
  { folder: "bench", part: "prove", holds: "ratios that the budgets are stated in" },
  { folder: ".ci", part: "prove", holds: "what CI runs" },
];

export const PART_WORDS: Readonly<Record<FolderRow["part"], string>> = {
  build: "build",
  judge: "judge",
  run: "run locally",
  use: "use",
  prove: "prove",
};

export interface VariableRow {
  readonly names: readonly string[];
  readonly means: string;
}

export const VARIABLES: readonly VariableRow[] = [
  {
    names: ["BASTIDE_CACHE"],
    means: "Folder of the built toolchain. Absent: `$XDG_CACHE_HOME/bastide`, else `~/.cache/bastide`.",
  },
  {
    names: ["BASTIDE_WORK"],
    means:
      "Folder for everything that runs leave behind, reports included (under `out/` in it). Absent: `.bastide/` and `out/` of the clone.",
  },
  {
    names: ["BASTIDE_SSH_KEY", "BASTIDE_SSH_PASSPHRASE"],
    means:
      "Private SSH key that the bastions know, and its passphrase where it has one: `bastide tunnel`, and runs on a platform, enter by it. Absent: the SSH agent of `SSH_AUTH_SOCK`. `bastide local start` names that of the local administrator.",
  },
  {
    names: ["BASTIDE_SSH_PROXY"],
    means:
      "HTTP proxy on the way to the bastions, asked to `CONNECT`. Absent: straight. `bastide local start` names the one that its bastions stand behind.",
  },
  {
    names: ["BASTIDE_CONSENT"],
    means:
      "Path of the consent that the `bastide` plug-in asks for before it deletes a key. `destroy --consent FILE` sets it; with plain `pulumi destroy` it is yours to set.",
  },
  {
    names: ["BASTIDE_ENGINE_OF"],
    means:
      "Set by Bastide for the engine and what it starts: the work folder of its run, by which the next run finds and ends providers whose engine was killed.",
  },
  {
    names: ["BASTIDE_NETWORK_NAMESPACE"],
    means:
      "Set by Bastide for the enclosed half of a local run: `1` inside a network namespace, `0` where none is allowed.",
  },
  { names: ["BASTIDE_TOOLCHAIN_SHELL"], means: "Set to `1` inside `bastide toolchain shell`." },
  { names: ["NO_COLOR"], means: "No colour. There is none off a terminal either." },
  {
    names: ["SCW_ACCESS_KEY", "SCW_SECRET_KEY", "SCW_DEFAULT_ORGANIZATION_ID"],
    means: "Credentials of a run on a real account. No other `SCW_` variable reaches the run.",
  },
  {
    names: ["PULUMI_BACKEND_URL", "PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE", "VAULT_*"],
    means: "Where a real run keeps its state, and what its secrets are encrypted with. Local runs have their own.",
  },
  {
    names: ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"],
    means: "Credentials of an S3 state backend in a real run. No other `AWS_` variable reaches the run.",
  },
  {
    names: ["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS"],
    means: "Way to the network and trusted authorities of a real run and of builds. Local runs have their own.",
  },
  {
    names: ["CI_PIPELINE_ID", "GITHUB_RUN_ID", "CI_COMMIT_SHA", "GITHUB_SHA"],
    means: "Run and commit named in reports. Outcome and findings never depend on them.",
  },
  {
    names: ["GOPROXY", "GOCACHE", "GOMODCACHE"],
    means: "Go's own; builds of the toolchain follow them.",
  },
];

/** Every exit code in words; a code that `FailureExit` has and this has not does not compile. */
export const EXIT_CODES: Readonly<Record<0 | FailureExit, string>> = {
  0: "pass: no violation of a mandatory rule was found, or the work is done",
  1: "blocked: a mandatory rule failed or cannot know, a consent is missing, preflight found a fault",
  2: "wrong usage, invalid settings or input file; every fault at once",
  3: "the tool could not do its job: toolchain, file system, another run under way, the judged program died",
};
