import { z } from "zod";
import { NOTHING_KNOWN } from "../facts/program.ts";
import type { BlindSpot, RawEstate } from "../facts/raw.ts";
import { type EngineResource, engineResource, rawResource } from "./engine-resource.ts";
import { stackNames } from "./estate.ts";
import { fileError, shapeError } from "./faults.ts";
import { afterRefresh } from "./refreshed.ts";
import { usualResource } from "./usual-resource.ts";

/** Deployment formats that this door reads: 3, and 4 which only adds a list of features. */
const VERSIONS: readonly number[] = [3, 4];

/**
 * Features of a version-4 deployment whose resources mean the same to a judge. Others are refused: a state that says
 * "read me differently" is not read as if it had not. Source: pulumi/pkg v3.255.0 `resource/stack/deployment.go`.
 */
const FEATURES: ReadonlySet<string> = new Set(["refreshBeforeUpdate", "hooks", "taint", "replaceWith"]);

const EXPORT_AGAIN = "write it again with `pulumi stack export --stack NAME --file FILE`, with a current CLI";

const versioned = z.object({ version: z.number().int(), features: z.array(z.string()).nullish() });

const deployment = z.object({
  resources: z.array(engineResource).nullish(),
  pending_operations: z.array(z.unknown()).nullish(),
  secrets_providers: z
    .object({ type: z.string(), state: z.object({ url: z.string().optional() }).nullish() })
    .nullish(),
});
type Deployment = z.infer<typeof deployment>;

/** The same without its resources, which were read by hand. */
const besides = deployment.omit({ resources: true });

const stackExport = z.object({ deployment });
const checkpoint = z.object({ checkpoint: z.object({ latest: deployment.nullish() }) });

/** True for what `pulumi stack export` writes, and for a checkpoint file of a file or S3 backend. */
export const isState = (document: object): boolean => "deployment" in document || "checkpoint" in document;

/**
 * A stack's state, as exported or as its backend keeps it, as a canonical estate. Inputs come without provider defaults,
 * secrets as `SECRET` whether they are encrypted or plain. Input errors (exit 2): another version or feature, another
 * shape, no resource at all.
 */
export function readState(document: object, file: string): RawEstate {
  requireVersion(document, file);
  const found = deploymentOf(document, file);
  const resources = (found.resources ?? []).filter((r) => !r.delete);
  if (resources.length === 0) {
    throw fileError(file, "state.empty", "no resource", "the state of a stack that was applied", EXPORT_AGAIN);
  }
  return {
    door: "state",
    subject: stackNames(resources.map((r) => r.urn)),
    resources: resources.map((r) => afterRefresh(rawResource(r), r)),
    steps: undefined,
    notSeen: blindSpots(found),
    program: { ...NOTHING_KNOWN, secretsProvider: secretsProviderOf(found) },
  };
}

/** What encrypts this state's secrets: a cloud's key goes by its URL, everything else by its type. */
function secretsProviderOf({ secrets_providers: provider }: Deployment): string | undefined {
  if (!provider || provider.type === "") return undefined;
  return provider.type === "cloud" ? (provider.state?.url ?? "cloud") : provider.type;
}

function requireVersion(document: object, file: string): void {
  const head = versioned.safeParse(document);
  if (!head.success) throw shapeError(file, "a versioned stack state", head.error, EXPORT_AGAIN);
  const { version, features } = head.data;
  if (!VERSIONS.includes(version)) {
    throw fileError(file, "state.version", `version ${version}`, `version ${VERSIONS.join(" or ")}`, EXPORT_AGAIN);
  }
  const strange = (features ?? []).filter((f) => !FEATURES.has(f));
  if (strange.length > 0) {
    const want = `only the features ${[...FEATURES].join(", ")}`;
    throw fileError(file, "state.feature", strange.join(", "), want, "judge a `pulumi preview --json` file instead");
  }
}

function deploymentOf(document: object, file: string): Deployment {
  const usual = usualDeployment(document);
  if (usual !== undefined) return usual;
  if ("deployment" in document) {
    const parsed = stackExport.safeParse(document);
    if (parsed.success) return parsed.data.deployment;
    throw shapeError(file, "a stack export", parsed.error, EXPORT_AGAIN);
  }
  const parsed = checkpoint.safeParse(document);
  if (parsed.success) return parsed.data.checkpoint.latest ?? {};
  throw shapeError(file, "a checkpoint", parsed.error, EXPORT_AGAIN);
}

/** A deployment whose resources are all as usual; `undefined` leaves it to the schema, which says what is wrong. */
function usualDeployment(document: object): Deployment | undefined {
  const held: unknown = "deployment" in document ? document.deployment : latestOf(document);
  if (typeof held !== "object" || held === null || !("resources" in held) || !Array.isArray(held.resources)) {
    return undefined;
  }
  const resources: EngineResource[] = [];
  for (const written of held.resources) {
    const resource = usualResource(written);
    if (resource === undefined) return undefined;
    resources.push(resource);
  }
  const rest = besides.safeParse(held);
  return rest.success ? { ...rest.data, resources } : undefined;
}

const latestOf = (document: object): unknown =>
  "checkpoint" in document &&
  typeof document.checkpoint === "object" &&
  document.checkpoint !== null &&
  "latest" in document.checkpoint
    ? document.checkpoint.latest
    : undefined;

/** What a state never shows, and what this one hides because an operation on it was cut short. */
function blindSpots(found: Deployment): readonly BlindSpot[] {
  const spots: BlindSpot[] = ["deletes", "other-stacks", "packages"];
  if ((found.pending_operations ?? []).length > 0) spots.push("pending-operations");
  if ((found.resources ?? []).some((r) => r.delete)) spots.push("pending-deletes");
  return spots;
}
