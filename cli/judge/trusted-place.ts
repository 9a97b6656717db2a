import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  type Law,
  type LawFiles,
  type LawSource,
  lawDigests,
  lawForEnvironment,
  lawForForeign,
  parseLaw,
} from "../../judge/kit/law.ts";
import type { Rule } from "../../judge/kit/rule.ts";
import type { LawChange } from "../../judge/kit/self-checks.ts";
import { inputError } from "../../kernel/errors.ts";
import { isPacked, packDigest } from "../../policy-packs/bastide/pack-digest.ts";
import { committedRules } from "../../policy-packs/bastide/rules/index.ts";
import type { Profile } from "../../stacks/vocabulary.ts";
import { type Consent, readConsent } from "../engine/consent.ts";
import { repoRoot } from "../paths.ts";
import { readBaseline } from "./baseline.ts";
import { clonedAt, pathAt } from "./law-clone.ts";
import { ownRules } from "./own-rules.ts";

/** The law that a verdict is made under, the rules that apply it, and what the tree under judgement has otherwise. */
export interface Bench {
  readonly law: Law;
  readonly rules: readonly Rule[];
  /** Absent: the law is the working tree's own, there is nothing to compare. */
  readonly changes?: readonly LawChange[];
}

export interface LawOptions {
  /** A git ref, the folder of a clone, or a compiled law. Default: the working tree, and the verdict says so. */
  readonly law?: string | undefined;
  /** One of our environments; undefined for a program that is not ours. */
  readonly environment: string | undefined;
  readonly profile: Profile;
  /** Files that go with the law: losses agreed to, old findings, rules of the operator's own. */
  readonly consent?: string | undefined;
  readonly baseline?: string | undefined;
  readonly rules?: string | undefined;
}

/** What a clone exports of the law: this one, or a trusted one. */
interface Clone {
  readonly folder: string;
  readonly loadEnvironment: (name: string) => LawSource;
  readonly lawFiles: LawFiles;
  readonly rules: readonly Rule[];
}

/**
 * The law from a trusted place (design, law 5). In CI that is the protected branch: settings, catalogue, flows, rules,
 * waivers, attestations, baseline and own rules are then read from there, whatever the change under judgement says of them,
 * and what differs is told. Input error (exit 2): a place that holds no law.
 */
export async function takeLaw(options: LawOptions): Promise<Bench> {
  const { law: place } = options;
  if (place === undefined) {
    const own = await lawIn(await cloneAt(repoRoot), options, (path) => path);
    return { law: say(own.law, "law read from the working tree"), rules: own.rules };
  }
  if (isFile(place)) {
    const law = withFiles(parseLaw(readJson(place), place), options, (path) => path);
    const rules = [...committedRules(), ...(await rulesOf(options.rules))];
    return { law: say(law, `law compiled in ${place}`), rules, changes: await changesFrom(law, options) };
  }
  const trusted = await lawIn(await cloneAt(clonedAt(place)), options, (path) => pathAt(place, path));
  return {
    law: say(trusted.law, `law read from ${place}`),
    rules: trusted.rules,
    changes: await changesFrom(trusted.law, options),
  };
}

const say = (law: Law, sentence: string): Law => ({ ...law, advisories: [...law.advisories, sentence] });
const isFile = (place: string): boolean => existsSync(place) && statSync(place).isFile();

/** The law of a clone; `at` finds its companion files in the same trusted place. */
async function lawIn(clone: Clone, options: LawOptions, at: (path: string) => string): Promise<Bench> {
  const { environment, profile } = options;
  const base =
    environment === undefined
      ? lawForForeign(profile)
      : lawForEnvironment(clone.loadEnvironment(environment), clone.lawFiles);
  const own = options.rules === undefined ? undefined : at(options.rules);
  const pack = packDigest(clone.folder === repoRoot ? undefined : clone.folder, own);
  return {
    law: { ...withFiles(base, options, at), pack },
    rules: [...clone.rules, ...(await rulesOf(own))],
  };
}

const rulesOf = async (folder: string | undefined): Promise<readonly Rule[]> =>
  folder === undefined ? [] : ownRules(folder);

function withFiles(law: Law, options: LawOptions, at: (path: string) => string): Law {
  const consents = options.consent === undefined ? [] : [readConsent(options.consent, undefined)];
  return {
    ...law,
    consents: [...law.consents, ...consents.map(named)],
    baseline: options.baseline === undefined ? law.baseline : readBaseline(at(options.baseline)),
  };
}

/** What a consent names, by URN: whether a step of it is exactly the planned one is for who applies to see. */
const named = ({ destroy = [], steps = [], expires, owner, reason }: Consent): Law["consents"][number] => ({
  destroy: [...destroy, ...steps.map(({ urn }) => urn)],
  expires,
  owner,
  reason,
});

/** What the working tree has otherwise than the law in force, part by part. A tree whose law can't be read differs in all. */
async function changesFrom(law: Law, options: LawOptions): Promise<readonly LawChange[]> {
  const trusted = lawDigests(law);
  let tree: Readonly<Record<string, string>>;
  try {
    const own = await lawIn(await cloneAt(repoRoot), options, (path) => path);
    tree = lawDigests(law.environment === null ? { ...law, pack: own.law.pack, baseline: own.law.baseline } : own.law);
  } catch (cause) {
    const got = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
    return [{ part: "settings", got, want: "settings that can be read" }];
  }
  return Object.entries(trusted)
    .filter(([part, digest]) => tree[part] !== digest)
    .map(([part, want]) => ({ part, got: tree[part] ?? "absent", want }));
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw placeError(file, cause instanceof Error ? cause.message : String(cause), "a law compiled by `bastide law`");
  }
}

/** Input error for a place that holds no law. */
const placeError = (place: string, got: string, want: string) =>
  inputError("there is no law there", [
    {
      code: "law.place",
      path: `--law ${place}`,
      got,
      want,
      fix: "name a git ref, the folder of a clone, or a compiled law",
    },
  ]);

/** The packed judge carries its rules, the catalogue and no environment. */
const packedClone: Clone = {
  folder: repoRoot,
  loadEnvironment: (name) => {
    throw placeError(name, "an environment", "no environment: the packed judge has none");
  },
  lawFiles: { waivers: [], attestations: [] },
  get rules() {
    return committedRules();
  },
};

async function cloneAt(folder: string): Promise<Clone> {
  if (isPacked() && folder === repoRoot) return packedClone;
  const files = {
    load: join(folder, "stacks", "load.ts"),
    lawFiles: join(folder, "stacks", "law-files.ts"),
    rules: join(folder, "policy-packs", "bastide", "rules", "index.ts"),
  };
  if (!Object.values(files).every((file) => existsSync(file))) {
    throw placeError(folder, "a folder without stacks/load.ts and policy-packs/bastide", "a clone of Bastide");
  }
  const [load, law, pack] = await Promise.all([
    import(pathToFileURL(files.load).href),
    import(pathToFileURL(files.lawFiles).href),
    import(pathToFileURL(files.rules).href),
  ]);
  return {
    folder,
    loadEnvironment: load.loadEnvironment,
    lawFiles: law.readLawFiles(),
    rules: pack.committedRules(),
  };
}
