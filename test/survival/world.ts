import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Clone, type Finished, makeClone, type Running } from "../harness/clone.ts";
import { ledgerCalls } from "./store.ts";

/**
 * `small`: one region, one data domain, no workspace: every service that the blueprint leans on, in 161 resources. `whole`: the
 * shipped rehearsal.
 */
export type Size = "small" | "whole";

export const FOUNDATION = "rehearsal.foundation";

/** A folder of runs: stacks, local Scaleway, what else they leave. */
export interface Place {
  readonly work: string;
  run(...args: readonly string[]): Promise<Finished>;
  start(...args: readonly string[]): Running;
  remove(): void;
}

/** A clone of the repository, its bootstrap applied, and how a calm run of its foundation ends. */
export interface World {
  readonly size: Size;
  readonly clone: Clone;
  /** Calls of the API between the start of a calm `up` of the foundation and its end. */
  readonly calls: { readonly first: number; readonly last: number };
  readonly calm: Place;
  /** A folder where the bootstrap is applied and nothing else. */
  fresh(name: string): Place;
  /** A folder where the foundation was applied, calmly. */
  built(name: string): Place;
}

const SMALLER = `};

const { replica, ...domain } = whole.domains[0]!;
export const rehearsal: SettingsInput = {
  ...whole,
  regions: ["fr-par"],
  declaredRegions: [],
  regionLoss: { accepted: { by: "risk-owner", until: "2036-10-31" } },
  domains: [{ ...domain, buckets: ["landing"] }],
  workspaces: [],
  flows: [],
};
`;

/** @param home folder for everything that is made; what is there is replaced. */
export async function makeWorld(size: Size, home: string, say: (line: string) => void): Promise<World> {
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  const clone = makeClone();
  if (size === "small") {
    const settings = "stacks/environments/rehearsal.ts";
    clone.edit(settings, "export const rehearsal: SettingsInput = {", "const whole: SettingsInput = {");
    clone.edit(settings, "  pipeline: EXAMPLE_PIPELINE,\n};\n", `  pipeline: EXAMPLE_PIPELINE,\n${SMALLER}`);
  }
  const place = (name: string, from?: Place): Place => {
    const work = join(home, name);
    rmSync(work, { recursive: true, force: true });
    if (from !== undefined) cpSync(from.work, work, { recursive: true });
    const env = { BASTIDE_WORK: work };
    return {
      work,
      run: (...args) => clone.run(args, env),
      start: (...args) => clone.start(args, env),
      remove: () => rmSync(work, { recursive: true, force: true }),
    };
  };
  const must = async (finished: Promise<Finished>): Promise<void> => {
    const { code, output } = await finished;
    if (code !== 0) throw new Error(`the calm run ended with ${code}:\n${output}`);
  };
  say(`${size}: bootstrap`);
  const boot = place("boot");
  await must(boot.run("up", "--stack", "rehearsal.bootstrap", "--local"));
  say(`${size}: calm run`);
  const calm = place("calm", boot);
  const first = ledgerCalls(calm.work);
  await must(calm.run("up", "--stack", FOUNDATION, "--local"));
  const last = ledgerCalls(calm.work);
  return {
    size,
    clone,
    calls: { first, last },
    calm,
    fresh: (name) => place(name, boot),
    built: (name) => place(name, calm),
  };
}
