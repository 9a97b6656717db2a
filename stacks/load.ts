import { type Fault, inputError } from "../kernel/errors.ts";
import { findRegion, type RegionFact } from "./catalogue.ts";
import { addressChecks } from "./checks/addresses.ts";
import type { SoundSettings } from "./checks/check.ts";
import { keyChecks, logChecks } from "./checks/custody.ts";
import { domainChecks, workspaceChecks } from "./checks/data.ts";
import { flowChecks } from "./checks/flows.ts";
import { adminChecks, clusterChecks } from "./checks/operations.ts";
import { placeChecks } from "./checks/place.ts";
import { platformChecks } from "./checks/platform.ts";
import { dayOf } from "./dates.ts";
import { ENVIRONMENTS } from "./environments/all.ts";
import { imageLockOf } from "./image-locks.ts";
import type { ImageLock } from "./images.ts";
import { type Settings, settingsSchema } from "./schema.ts";
import { schemaFaults } from "./settings-faults.ts";

/** Settings that were found sound on a given day, with the facts of their regions. What the planner takes. */
export interface Environment {
  readonly name: string;
  readonly settings: Settings;
  /** Facts of its regions, home first. */
  readonly regions: readonly RegionFact[];
  /** ISO instant that the settings were checked at, and that dates are computed from. */
  readonly now: string;
  /** What the images of the platform are, byte for byte. */
  readonly images: ImageLock;
}

export interface LoadOptions {
  /** ISO instant to check dates against. Absent: the machine's clock. */
  readonly now?: string;
}

/** The environments that are shipped, in order of size. */
export const environmentNames: readonly string[] = ENVIRONMENTS.map((environment) => environment.name);

/** A shipped environment, checked. An unknown name or any fault is an input error that lists all of them. */
export function loadEnvironment(name: string, options: LoadOptions = {}): Environment {
  const found = ENVIRONMENTS.find((environment) => environment.name === name);
  if (found === undefined) {
    throw inputError(`there is no environment ${name}`, [
      {
        code: "settings.environment-unknown",
        path: "stack",
        got: name,
        want: `one of ${environmentNames.join(", ")}`,
        fix: "correct the name, or add a file to stacks/environments",
      },
    ]);
  }
  return checkEnvironment(found, options);
}

/** Settings from text (JSON); text that is none is an input error. */
export function readEnvironment(text: string, origin: string, options: LoadOptions = {}): Environment {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch (cause) {
    throw inputError("settings can't be read", [
      {
        code: "settings.not-json",
        path: origin,
        got: cause instanceof Error ? cause.message : String(cause),
        want: "a JSON object",
        fix: "correct the file",
      },
    ]);
  }
  return checkEnvironment(input, options);
}

/** Any value as settings. Every fault of form and of meaning is collected, then thrown at once. */
export function checkEnvironment(input: unknown, options: LoadOptions = {}): Environment {
  const now = options.now ?? new Date().toISOString();
  if (Number.isNaN(Date.parse(now))) {
    throw inputError("the day to check against can't be read", [
      {
        code: "settings.now-malformed",
        path: "now",
        got: now,
        want: "an ISO instant",
        fix: "write it as 2026-11-23T12:00:00Z",
      },
    ]);
  }
  const parsed = settingsSchema.safeParse(input);
  const faults = parsed.success ? [] : schemaFaults(parsed.error.issues, input);
  const sound = parsed.success ? parsed.data : soundPart(input, parsed.error.issues);
  const regions = (sound.regions ?? []).flatMap((name) => findRegion(name, declaredFacts(sound)) ?? []);
  const context = { today: dayOf(now), regions };
  const all: readonly Fault[] = [...faults, ...CHECKS.flatMap((check) => check(sound, context))];
  if (!parsed.success || all.length > 0) {
    throw inputError(
      `the settings of ${nameOf(input)} have ${all.length} ${all.length === 1 ? "fault" : "faults"}`,
      all,
    );
  }
  return { name: parsed.data.name, settings: parsed.data, regions, now, images: imageLockOf(parsed.data.name) };
}

const CHECKS = [
  ...placeChecks,
  ...addressChecks,
  ...adminChecks,
  ...clusterChecks,
  ...keyChecks,
  ...logChecks,
  ...domainChecks,
  ...workspaceChecks,
  ...flowChecks,
  ...platformChecks,
];

/** What is well-formed of malformed settings, top-level key by top-level key, with defaults. */
function soundPart(input: unknown, issues: readonly { readonly path: readonly PropertyKey[] }[]): SoundSettings {
  if (typeof input !== "object" || input === null) return {};
  const broken = new Set(issues.map((issue) => issue.path[0]));
  const known = Object.keys(settingsSchema.shape);
  const rest = Object.fromEntries(Object.entries(input).filter(([key]) => known.includes(key) && !broken.has(key)));
  const parsed = settingsSchema.partial().safeParse(rest);
  return parsed.success ? parsed.data : {};
}

const declaredFacts = (settings: SoundSettings): readonly RegionFact[] =>
  (settings.declaredRegions ?? []).map(({ source, ...facts }) => ({ ...facts, origin: "declared", sources: [source] }));

const nameOf = (input: unknown): string =>
  typeof input === "object" && input !== null && "name" in input && typeof input.name === "string"
    ? input.name
    : "this environment";
