import { z } from "zod";
import { inputError } from "../../kernel/errors.ts";
import { publicRegions, type RegionFact, regionFitsProfile } from "../../stacks/catalogue.ts";
import { type Flow, flowsInForce } from "../../stacks/flows.ts";
import { PHASES, type Phase, PROFILES, type Profile } from "../../stacks/vocabulary.ts";
import { settingsAdvisories } from "./advisories.ts";
import { baselineSchema } from "./baseline.ts";
import { digestOf } from "./digest.ts";
import {
  entranceSchema,
  entrancesOf,
  flowSchema,
  healthProducts,
  hostSchema,
  lawFlow,
  lawHost,
  productSchema,
} from "./law-space.ts";
import { PLUGINS } from "./plugins.data.ts";
import type { Enforcement } from "./verdict.ts";

const text = z.string().min(1);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const pipelinePart = z.strictObject({ host: text, country: text, operator: text });

/** Blind spots that are accepted where the settings say nothing. */
export const BLIND_SPOTS = 10;

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
  hosts: z.array(hostSchema),
  /** Mail addresses that alerts may go to. */
  alertContacts: z.array(text),
  /** Ports at which the internet may reach a tier, each with its reason. */
  entrances: z.array(entranceSchema),
  /** Products that may hold health data, each with who says so. */
  healthProducts: z.array(productSchema),
  flows: z.array(flowSchema),
  /** As written; malformed ones are findings, not errors. */
  waivers: z.array(z.unknown()),
  attestations: z.array(z.unknown()),
  /** Losses that somebody agreed to, by URN. */
  consents: z.array(
    z.strictObject({ destroy: z.array(text), expires: z.iso.datetime({ offset: true }), owner: text, reason: text }),
  ),
  /** Findings that were there before the law was, until a day; null for none. */
  baseline: baselineSchema.nullable(),
  /** Enforcement by rule id where it is not the rule's own; rules that can't be waived can't be lowered. */
  levels: z.record(z.string(), z.enum(["mandatory", "advisory"])),
  /** Where state goes and what encrypts its secrets, as the settings declare it; null where they don't. */
  state: z.strictObject({ backend: text, secretsProvider: text }).nullable(),
  /** Where the gate itself runs and logs; null where nobody declared it. */
  pipeline: z.strictObject({ runner: pipelinePart, logs: pipelinePart }).nullable(),
  /** How many things that no judge can look into are accepted. */
  blindSpots: z.int().nonnegative(),
  /** Digest of the sources of judge and rules that this law was compiled with; null for those at hand. */
  pack: digest.nullable(),
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
    readonly admin: {
      readonly sources: readonly string[];
      readonly port: number;
      readonly alertContacts: readonly string[];
    };
    readonly link: { readonly port: number };
    readonly keys: { readonly custody: string };
    readonly egress: { readonly hosts: readonly Parameters<typeof lawHost>[0][] };
    readonly flows: readonly DeclaredFlow[];
    readonly state?: { readonly backend: string; readonly secretsProvider: string } | undefined;
    readonly pipeline?: { readonly runner: PipelinePart; readonly logs: PipelinePart } | undefined;
    readonly judgement: {
      readonly coveredElsewhere: Readonly<Record<string, string>>;
      readonly levels: Readonly<Record<string, Enforcement>>;
      readonly blindSpots: number;
    };
  };
}

type PipelinePart = z.infer<typeof pipelinePart>;

/** What stands in files beside the settings; `stacks/law-files.ts` reads it. */
export interface LawFiles {
  readonly waivers: readonly unknown[];
  readonly attestations: readonly unknown[];
}

/** Files of one environment: entries that name another are left out, those that name none are kept and found malformed. */
export function filesFor(environment: string, files: LawFiles): LawFiles {
  const named = (entry: unknown, key: string): unknown =>
    typeof entry === "object" && entry !== null ? Reflect.get(entry, key) : undefined;
  return {
    waivers: files.waivers.filter((w) => {
      const name = named(w, "environment");
      return typeof name !== "string" || name === environment;
    }),
    attestations: files.attestations.filter((a) => {
      const names = named(a, "environments");
      return !Array.isArray(names) || names.length === 0 || names.includes(environment);
    }),
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

const common = { schema: "bastide.law/1", consents: [], baseline: null, pack: null } as const;

/** The law of one of our environments: its own regions, flows, hosts and sources, and the files beside its settings. */
export function lawForEnvironment(source: LawSource, all: LawFiles): Law {
  const { settings } = source;
  const files = filesFor(source.name, all);
  const { coveredElsewhere, levels, blindSpots } = settings.judgement;
  const flows = settings.flows.map(({ until, ...flow }) => (until === undefined ? flow : { ...flow, until }));
  const inForce = flowsInForce(
    source.regions.map((r) => r.name),
    flows,
    settings.phase,
  );
  return {
    ...common,
    consents: [],
    plugins: [...PLUGINS],
    environment: source.name,
    profile: settings.profile,
    phase: settings.phase,
    regions: source.regions.filter((r) => regionFitsProfile(r, settings.profile)).map(regionRow),
    adminSources: [...settings.admin.sources],
    hosts: settings.egress.hosts.map(lawHost),
    alertContacts: [...settings.admin.alertContacts],
    entrances: entrancesOf(settings, inForce),
    healthProducts: healthProducts(),
    flows: inForce.map(lawFlow),
    waivers: [...files.waivers],
    attestations: [...files.attestations],
    levels: { ...levels },
    state: settings.state ?? null,
    pipeline: settings.pipeline ?? null,
    blindSpots,
    advisories: [...settingsAdvisories(source)],
    coveredElsewhere: { ...coveredElsewhere },
  };
}

/** The law of a program that is not ours: the built-in catalogue under a profile, the last phase, and no waiver. */
export const lawForForeign = (profile: Profile): Law => ({
  ...common,
  consents: [],
  plugins: [...PLUGINS],
  environment: null,
  profile,
  phase: "sealed",
  regions: publicRegions.filter((r) => regionFitsProfile(r, profile)).map(regionRow),
  adminSources: null,
  hosts: [],
  alertContacts: [],
  entrances: [],
  healthProducts: healthProducts(),
  flows: [],
  waivers: [],
  attestations: [],
  levels: {},
  state: null,
  pipeline: null,
  blindSpots: BLIND_SPOTS,
  advisories: [],
  coveredElsewhere: {},
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
  flows: digestOf([law.flows, law.hosts, law.adminSources, law.alertContacts, law.entrances]),
  products: digestOf(law.healthProducts),
  waivers: digestOf(law.waivers),
  attestations: digestOf(law.attestations),
  consents: digestOf(law.consents),
  baseline: digestOf(law.baseline),
  enforcement: digestOf([law.levels, law.coveredElsewhere, law.blindSpots]),
  place: digestOf([law.state, law.pipeline]),
  ...(law.pack === null ? {} : { pack: law.pack }),
});
