/**
 * The one vocabulary that networks, tags, settings and rules share. Words of `data-class` are those of docs/controls: the
 * three health classes differ by whether persons can be identified directly, indirectly, or only through derived results.
 */
export const TIERS = ["dmz", "admin", "compute", "data", "export", "log", "backup"] as const;
export type Tier = (typeof TIERS)[number];

export const HEALTH_CLASSES = ["health-raw", "health-pseudo", "health-derived"] as const;
export const DATA_CLASSES = [...HEALTH_CLASSES, "technical", "public"] as const;
export type DataClass = (typeof DATA_CLASSES)[number];
export type HealthClass = (typeof HEALTH_CLASSES)[number];

export const isHealthClass = (c: string): c is HealthClass => HEALTH_CLASSES.some((h) => h === c);

export const PROFILES = ["fr-health", "eu"] as const;
/** `fr-health`: health data, every region French. `eu`: several EU regions, no health data. */
export type Profile = (typeof PROFILES)[number];

export const PHASES = ["landing", "parallel", "cutover", "sealed"] as const;
export type Phase = (typeof PHASES)[number];

export const LAYERS = ["bootstrap", "foundation", "platform"] as const;
/** One Pulumi stack each, named `<environment>.<layer>`, with its own state and credentials. */
export type Layer = (typeof LAYERS)[number];

/** Tags that every taggable resource carries. */
export const REQUIRED_TAGS = ["data-class", "tier", "env", "owner"] as const;
export type RequiredTag = (typeof REQUIRED_TAGS)[number];
