import { z } from "zod";
import { BastideError, type Fault, toolError } from "../../kernel/errors.ts";
import { type BucketRef, emptied } from "../cloud/buckets.ts";
import { callWorker } from "../cloud/call.ts";
import { warn } from "../console.ts";
import type { Consent } from "./consent.ts";
import type { EngineContext, Progress, Stack } from "./stack.ts";
import { nameOf, parseState, type StateResource } from "./state-file.ts";

/** What a destroy left behind on purpose, each with the reason. */
export interface Remains {
  readonly what: string;
  readonly why: string;
}

const isBucket = (r: StateResource): boolean => r.type === "scaleway:object/bucket:Bucket";
const isKey = (r: StateResource): boolean =>
  r.type === "bastide:keymanager:Key" || r.type === "scaleway:keymanager/key:Key";

/** Protected resources, and the keys, whose loss makes data unreadable: each needs to be named. */
export const needsConsent = (resources: readonly StateResource[]): readonly StateResource[] =>
  resources.filter((r) => r.custom && (r.protect === true || isKey(r) || isBucket(r)));

/**
 * Stops before the first delete unless the consent names every resource that needs one, and nothing that is not there.
 * @throws BastideError exit 1 listing every URN that blocks.
 */
export function checkConsent(stack: string, resources: readonly StateResource[], consent: Consent | undefined): void {
  const needed = needsConsent(resources).map((r) => r.urn);
  const given = new Set(consent?.destroy ?? []);
  const faults: Fault[] = needed
    .filter((urn) => !given.has(urn))
    .map((urn) => ({
      code: "destroy.no-consent",
      path: urn,
      got: consent === undefined ? "no consent" : "not named in the consent",
      want: "named in a consent file",
      fix: "add the URN to `destroy` in the file given by --consent",
    }));
  if (faults.length > 0) throw new BastideError(`destroying ${stack} is blocked: nothing was deleted`, faults, 1);
}

const str = (value: unknown): string => (typeof value === "string" ? value : "");
const bucketOf = (r: StateResource): BucketRef => ({
  name: str(r.outputs?.name),
  region: str(r.outputs?.region),
  projectId: str(r.outputs?.projectId),
});

/** Secret Manager protects secrets on its own account, beside the engine's mark. */
const secretOf = (r: StateResource): { readonly region: string; readonly id: string } => {
  const [region = "", id = ""] = (r.id ?? "").split("/");
  return { region, id };
};

/**
 * The provider takes the delete of a bucket that is gone for a failure (2.80.0: `DeleteBucket` … `NoSuchBucket`), and a delete whose answer
 * was lost leaves such a bucket in the state. It is read back with all that was set on it; of what is gone no policy keeps us.
 */
async function forgetGone(
  stack: Stack,
  resources: readonly StateResource[],
  gone: ReadonlySet<string>,
  progress: Progress,
): Promise<void> {
  const nameIn = (r: StateResource): string =>
    str(r.outputs?.bucket ?? r.outputs?.name)
      .split("/")
      .at(-1) ?? "";
  const urns = resources
    .filter((r) => r.custom && r.type.startsWith("scaleway:object/") && gone.has(nameIn(r)))
    .map((r) => r.urn);
  if (urns.length === 0) return;
  progress(`${gone.size} buckets are gone already: reading back what the state says of them`);
  const run = await stack.refresh(
    urns.flatMap((urn) => ["--target", urn]),
    progress,
  );
  if (run.code === 0) return;
  throw toolError(`what is gone of ${stack.name} could not be read back`, [
    {
      code: "destroy.gone-unread",
      path: [...gone].join(", "),
      got: run.errors.join("; ") || run.stderr,
      want: "a read that finds nothing",
      fix: "run `bastide refresh` and see what it says; then destroy again",
    },
  ]);
}

/**
 * With the consent: unprotects what it names, empties the buckets, destroys, and tells what remains. Run again after an
 * interruption it goes on where it stopped.
 */
export async function destroyStack(
  stack: Stack,
  context: EngineContext,
  consent: { readonly value: Consent | undefined; readonly file: string | undefined },
  progress: Progress,
): Promise<readonly Remains[]> {
  const { resources } = parseState(await stack.exportState());
  if (resources.length === 0) return [];
  checkConsent(stack.name, resources, consent.value);
  const blocked = resources.filter((r) => r.protect === true);
  if (blocked.length > 0) {
    progress(`unprotecting ${blocked.length} resources in the state`);
    const finished = await stack.command(["state", "unprotect", "--yes", ...blocked.map((r) => r.urn)]);
    if (finished.code !== 0) throw toolError(`the state of ${stack.name} could not be unprotected: ${finished.stderr}`);
  }
  const secrets = resources.filter((r) => r.type === "scaleway:secrets/secret:Secret");
  await callWorker("unprotect-secrets", secrets.map(secretOf), z.array(z.never()), context.env);
  const buckets = resources.filter(isBucket).map(bucketOf);
  progress(`emptying ${buckets.length} buckets`);
  const answers = await callWorker("empty-buckets", buckets, z.array(emptied), context.env);
  const left = answers.filter((e) => e.locked.length > 0);
  await forgetGone(stack, resources, new Set(answers.filter((e) => e.gone).map((e) => e.bucket)), progress);
  const keep = resources.filter((r) => isBucket(r) && left.some((l) => l.bucket === bucketOf(r).name));
  for (const bucket of keep) {
    warn(
      `${nameOf(bucket.urn)} holds objects under an unexpired COMPLIANCE lock: it stays, and so does what depends on it`,
    );
  }
  const env = consent.file === undefined ? {} : { BASTIDE_CONSENT: consent.file };
  const run = await stack.destroy(env, progress);
  const keysGone = resources.filter(isKey).map((r) => ({
    what: `key ${nameOf(r.urn)} (${r.id ?? "no id"})`,
    why: "Key Manager schedules the deletion seven days ahead; until then it can be recovered",
  }));
  const locked = left.map((l) => ({
    what: `bucket ${l.bucket}: ${l.locked.length} object versions`,
    why: "COMPLIANCE lock not expired; nobody can lift it",
  }));
  if (run.code !== 0 && left.length === 0) {
    throw toolError(`destroying ${stack.name} stopped`, [
      {
        code: "destroy.failed",
        path: stack.name,
        got: run.errors.join("; ") || run.stderr,
        want: "everything destroyed",
        fix: "run the same command again; it goes on where it stopped",
      },
    ]);
  }
  return [...locked, ...keysGone];
}
