import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { z } from "zod";
import { readEstate } from "../../../judge/doors/read.ts";
import type { RawEstate } from "../../../judge/facts/raw.ts";
import { urnParts } from "../../../judge/facts/type-name.ts";
import { type Law, lawForEnvironment, lawForForeign, parseLaw } from "../../../judge/kit/law.ts";
import type { LawChange } from "../../../judge/kit/self-checks.ts";
import { LAYERS, PROFILES, type Profile } from "../../../stacks/vocabulary.ts";
import { packDigest } from "../pack-digest.ts";

/**
 * Configuration of the pack (`--policy-pack-config`): a compiled law, or a profile for programs that are not ours; and files of
 * `pulumi stack export` of the environment's other stacks, which are judged along.
 */
export interface PackConfig {
  readonly law?: unknown;
  readonly profile?: unknown;
  readonly estates?: unknown;
}

/** The other stacks of the configuration. @throws BastideError exit 2 for a file that is no export: the engine then stops. */
export function othersOf({ estates }: PackConfig): readonly { readonly file: string; readonly estate: RawEstate }[] {
  if (estates === undefined) return [];
  const files = z.array(z.string()).parse(estates);
  return files.map((path) => ({
    file: basename(path),
    estate: readEstate(readFileSync(path, "utf8"), basename(path)),
  }));
}

/** What this pack has otherwise than the law that it was given: its own code, when that was compiled with another. */
export function changesOf(law: Law): readonly LawChange[] | undefined {
  if (law.pack === null) return undefined;
  const got = packDigest();
  return got === law.pack ? [] : [{ part: "pack", got, want: law.pack }];
}

const isProfile = (value: unknown): value is Profile => PROFILES.some((p) => p === value);

/** Environment of one of our stacks (`rehearsal.foundation` → `rehearsal`); undefined for any other name. */
export function environmentOf(stack: string): string | undefined {
  const [environment, layer, ...rest] = stack.split(".");
  return rest.length === 0 && LAYERS.some((l) => l === layer) ? environment : undefined;
}

/**
 * The law that a stack is judged by: the compiled one of the configuration, else that of the working tree for a stack of one of
 * our environments, else the built-in catalogue under the configured profile (the strictest when none is). Settings that
 * can't be loaded, or a law that can't be read, throw: the engine then stops.
 */
export async function lawOf(urn: string, config: PackConfig): Promise<Law> {
  if (config.law !== undefined) return parseLaw(config.law, "policy-pack-config");
  const environment = environmentOf(urnParts(urn).stack);
  if (environment === undefined) return lawForForeign(isProfile(config.profile) ? config.profile : "fr-health");
  // Loaded only when needed: a pack that is given its law must not depend on the tree that it judges.
  const { loadEnvironment } = await import("../../../stacks/load.ts");
  const { readLawFiles } = await import("../../../stacks/law-files.ts");
  return lawForEnvironment(loadEnvironment(environment), readLawFiles());
}
