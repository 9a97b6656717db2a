import type { Estate } from "./estate.ts";
import type { Resource } from "./observed.ts";
import { type Door, type RawObject, type RawValue, SECRET, UNKNOWN } from "./raw.ts";
import { surfaceOf } from "./surface.ts";

/**
 * Where the secrets of a resource come from. The content is never read: what counts is whether the value was supplied by
 * something that makes secrets, or stood in the program.
 */
export type Provenance =
  /** Supplied by a resource that makes or keeps secrets. */
  | { readonly kind: "supplied"; readonly by: string }
  /** From no resource: written in the program or its configuration. */
  | { readonly kind: "written" }
  /** From resources that make no secret: composed of what everybody may know. */
  | { readonly kind: "composed"; readonly of: readonly string[] }
  /** Readable in what was judged, which hides what is marked as a secret. */
  | { readonly kind: "open" }
  | { readonly kind: "unknown" };

export interface SecretInput {
  readonly property: string;
  readonly provenance: Provenance;
}

/** Types whose answers are secrets, beside those that the SDK marks. */
const MAKES_SECRETS = /^(random:|tls:|pulumi:pulumi:StackReference$|scaleway:secrets\/)/;

const makesSecrets = ({ canonicalType }: Resource): boolean =>
  MAKES_SECRETS.test(canonicalType) || (surfaceOf(canonicalType)?.secrets.length ?? 0) > 0;

/** The secret inputs that a program wrote on a resource. */
export function secretInputs(resource: Resource, estate: Estate): readonly SecretInput[] {
  const { raw, canonicalType } = resource;
  return (surfaceOf(canonicalType)?.secrets ?? []).flatMap((property) => {
    const value = raw.inputs[property];
    if (value === undefined || value === null || value === "") return [];
    return [{ property, provenance: provenanceOf(value, raw.propertyDependencies[property] ?? [], estate) }];
  });
}

/** Packs are given secrets unwrapped. */
const hidesSecrets = (door: Door): boolean => door !== "policy-pack";
const isPlain = (value: RawValue): boolean => ["string", "number", "boolean"].includes(typeof value);

function provenanceOf(value: RawValue, behind: readonly string[], estate: Estate): Provenance {
  if (behind.length > 0 && hidesSecrets(estate.door) && isPlain(value)) return { kind: "open" };
  const suppliers = behind.flatMap((urn) => estate.resource(urn) ?? []).filter(({ raw }) => raw.custom);
  const maker = suppliers.find(makesSecrets);
  if (maker !== undefined) return { kind: "supplied", by: maker.urn };
  if (suppliers.length > 0) return { kind: "composed", of: suppliers.map(({ urn }) => urn) };
  // A door that hides reads hides the stack reference behind a value that is not known yet.
  return value === UNKNOWN || behind.length > 0 ? { kind: "unknown" } : { kind: "written" };
}

export interface PlainSecret {
  readonly property: string;
  /** What it looks like, never what it is. */
  readonly looksLike: string;
}

/** Texts that a machine or container gets in clear: everybody who may read the resource reads them. */
const OPEN_TEXTS: readonly string[] = ["cloudInit", "userData", "value", "startupCommands", "args", "command"];
const OPEN_MAPS: readonly string[] = ["env", "environmentVariables", "userData"];
const OPEN_TYPES =
  /^scaleway:(instance\/(server|userData)|autoscaling\/instanceTemplate|containers\/|functions\/|job\/)/;

const SECRET_NAME = /(PASSWORD|PASSWD|SECRET|TOKEN|PRIVATE_?KEY|API_?KEY|CREDENTIAL)/i;
const PATTERNS: readonly (readonly [looksLike: string, pattern: RegExp])[] = [
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  [
    "a Scaleway secret key",
    /SECRET[_-]?(ACCESS[_-]?)?KEY["']?\s*[:=]\s*["']?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i,
  ],
  ["a password", /^\s*(plain_text_passwd|password|passwd)\s*[:=]\s*["']?[^\s"'$<{*!]{4,}/im],
];

/** Secrets that stand in clear where no SDK expects one: by name in environments, by form in texts. */
export function plainSecrets({ raw, canonicalType }: Resource): readonly PlainSecret[] {
  if (!OPEN_TYPES.test(canonicalType)) return [];
  const texts = OPEN_TEXTS.flatMap((property) => inText(property, raw.inputs[property]));
  const maps = OPEN_MAPS.flatMap((property) => inMap(property, raw.inputs[property]));
  return [...texts, ...maps];
}

function inText(property: string, value: RawValue | undefined): readonly PlainSecret[] {
  if (Array.isArray(value)) return value.flatMap((item: RawValue, i) => inText(`${property}[${i}]`, item));
  if (typeof value !== "string") return [];
  const found = PATTERNS.find(([, pattern]) => pattern.test(value));
  return found === undefined ? [] : [{ property, looksLike: found[0] }];
}

const isObject = (v: RawValue | undefined): v is RawObject =>
  v !== undefined && v !== null && typeof v === "object" && !Array.isArray(v);

function inMap(property: string, value: RawValue | undefined): readonly PlainSecret[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, text]) => {
    const at = `${property}.${name}`;
    if (text === SECRET || text === UNKNOWN || text === null || text === "") return [];
    return SECRET_NAME.test(name) ? [{ property: at, looksLike: "a secret, by its name" }] : inText(at, text);
  });
}
