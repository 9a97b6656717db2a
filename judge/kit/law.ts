import { z } from "zod";
import { inputError } from "../../kernel/errors.ts";
import { publicRegions, type RegionFact, regionFitsProfile } from "../../stacks/catalogue.ts";
import { type Flow, flowsInForce } from "../../stacks/flows.ts";
import { PHASES, type Phase, PROFILES, type Profile } from "../../stacks/vocabulary.ts";
import { settingsAdvisories } from "./advisories.ts";
import { digestOf } from "./digest.ts";
import { PLUGINS } from "./plugins.data.ts";

const text = z.string().min(1);

/**
 * The law of one environment, compiled: everything that decides a verdict besides the resources and the rules. Plain JSON, so
 * that it can be taken from a trusted place, digested, and carried to a policy pack by its configuration.
 */
export const lawSchema = z.strictObject({
  schema: z.literal("bastide.law/1"),
  /** Name of the environment, or null for programs that are not ours. */
  environment: text.nullable(),
  profile: z.enum(PROFILES),
  phase: z.enum(PHASES),
  /** Regions in which resources may come to rest, with their zones. */
  regions: z.array(
    z.strictObject({
      name: text,
      country: text,
      jurisdictions: z.array(text),
      operator: text,
      zones: z.array(text),
    }),
  ),
  /** Provider plug-ins that a program may use. */
  plugins: z.array(z.strictObject({ name: text, jurisdiction: text, reason: text })),
  /** Source ranges of administrators; null where the settings are not ours, so that no range is known to be theirs. */
  adminSources: z.array(text).nullable(),
  /** Hosts of third parties that traffic may go to, each with its reason. */
  hosts: z.array(z.strictObject({ host: text, reason: text })),
  flows: z.array(z.record(z.string(), z.unknown())),
  /** As written; malformed ones are findings, not errors. */
  waivers: z.array(z.unknown()),
  /** What every verdict under this law says, e.g. "region loss not covered". */
  advisories: z.array(text),
  /** Rules that another door judges, by rule id: for a door that can't see what they need. */
  coveredElsewhere: z.record(z.string(), text),
});
export type Law = z.infer<typeof lawSchema>;

/** What the law takes from an environment's checked settings; `stacks/load.ts` gives it. */
export interface LawSource {
  readonly name: string;
  readonly regions: readonly RegionFact[];
  readonly settings: {
    readonly profile: Profile;
    readonly phase: Phase;
    readonly synthetic: boolean;
    readonly regionLoss?: { readonly accepted: { readonly by: string; readonly until: string } } | undefined;
    readonly admin: { readonly sources: readonly string[] };
    readonly keys: { readonly custody: string };
    readonly egress: { readonly hosts: readonly { readonly host: string; readonly reason: string }[] };
    readonly flows: readonly DeclaredFlow[];
  };
}

/** A declared flow as the settings schema gives it, where an absent day is written `undefined`. */
type DeclaredFlow = Omit<Flow, "until"> & { readonly until?: string | undefined };

const regionRow = ({ name, country, jurisdictions, operator, zones }: RegionFact): Law["regions"][number] => ({
  name,
  country,
  jurisdictions: [...jurisdictions],
  operator,
  zones: [...zones],
});

const common = { schema: "bastide.law/1", plugins: [...PLUGINS], coveredElsewhere: {} } as const;

/** The law of one of our environments: its own regions, flows, hosts and sources. */
export function lawForEnvironment(source: LawSource, waivers: readonly unknown[] = []): Law {
  const { settings } = source;
  const flows = settings.flows.map(({ until, ...flow }) => (until === undefined ? flow : { ...flow, until }));
  return {
    ...common,
    plugins: [...PLUGINS],
    environment: source.name,
    profile: settings.profile,
    phase: settings.phase,
    regions: source.regions.filter((r) => regionFitsProfile(r, settings.profile)).map(regionRow),
    adminSources: [...settings.admin.sources],
    hosts: settings.egress.hosts.map(({ host, reason }) => ({ host, reason })),
    flows: flowsInForce(
      source.regions.map((r) => r.name),
      flows,
      settings.phase,
    ).map((flow) => ({ ...flow })),
    waivers: [...waivers],
    advisories: [...settingsAdvisories(source)],
  };
}

/** The law of a program that is not ours: the built-in catalogue under a profile, the last phase, and no waiver. */
export const lawForForeign = (profile: Profile): Law => ({
  ...common,
  plugins: [...PLUGINS],
  environment: null,
  profile,
  phase: "sealed",
  regions: publicRegions.filter((r) => regionFitsProfile(r, profile)).map(regionRow),
  adminSources: null,
  hosts: [],
  flows: [],
  waivers: [],
  advisories: [],
});

/** A compiled law from JSON. Any other shape is an input error that names every fault. */
export function parseLaw(value: unknown, origin: string): Law {
  const parsed = lawSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw inputError(
    "the law can't be read",
    parsed.error.issues.map((issue) => ({
      code: "law.malformed",
      path: `${origin}: ${issue.path.join(".")}`,
      got: issue.code,
      want: issue.message,
      fix: "compile it again with `bastide law --stack NAME`",
    })),
  );
}

/** Digests of the law's parts, as every verdict carries them. */
export const lawDigests = (law: Law): Readonly<Record<string, string>> => ({
  catalogue: digestOf(law.regions),
  profile: digestOf([law.profile, law.phase, law.environment]),
  plugins: digestOf(law.plugins),
  flows: digestOf([law.flows, law.hosts, law.adminSources]),
  waivers: digestOf([law.waivers, law.coveredElsewhere]),
});
