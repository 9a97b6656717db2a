import { createHash } from "node:crypto";
import type { Fault } from "../../kernel/errors.ts";
import { BastideError } from "../../kernel/errors.ts";
import type { ImageFact } from "../../stacks/images.data.ts";
import type { ImageLock } from "../../stacks/images.ts";
import { type Crane, CraneError } from "./crane.ts";

type LockedImage = ImageLock["images"][number];

/** Where images come from. */
export interface ImageSource {
  readonly origin: ImageLock["origin"];
  /** What the source calls this version today; undefined when it has none. */
  digest(image: ImageFact): Promise<string | undefined>;
  put(image: ImageFact, digest: string, to: string): Promise<void>;
}

export const upstreamSource = (crane: Crane): ImageSource => ({
  origin: "mirrored",
  digest: ({ upstream, version }) => crane.digest(`${upstream}:${version}`),
  put: ({ upstream }, digest, to) => crane.copy(`${upstream}@${digest}`, to),
});

export interface MirrorRequest {
  readonly images: readonly ImageFact[];
  /** `host/namespace` of each region. */
  readonly targets: readonly string[];
  /** The lock so far. Absent: nothing was mirrored yet. */
  readonly lock: ImageLock | undefined;
  /** Names whose tags upstream may have moved: the new digest takes the old one's place. */
  readonly acceptMoved: ReadonlySet<string>;
  /** Called after each image that is wherever it should be, with the lock that is true by then: an interrupted run goes on there. */
  readonly save: (lock: ImageLock) => void;
  readonly progress: (text: string) => void;
}

export interface Mirrored {
  readonly lock: ImageLock;
  readonly copied: number;
  /** Copies that were there already. */
  readonly present: number;
}

/**
 * Resolves each image, copies it into every target by digest, reads it back, and locks it. What a lock and all targets agree on
 * is not asked for upstream again. One image's fault does not keep the others: all are told at the end.
 * @throws BastideError: exit 1 for a tag that moved or bytes that are not those of their digest, 2 for a key without the right, 3 for a
 * registry that can't be reached.
 */
export async function mirrorImages(crane: Crane, source: ImageSource, request: MirrorRequest): Promise<Mirrored> {
  const { images, targets, progress } = request;
  const known = request.lock?.origin === source.origin ? request.lock.images : [];
  const locked = new Map<string, LockedImage>(
    known.filter((entry) => images.some((it) => isSame(it, entry))).map((entry) => [entry.name, entry]),
  );
  const lockNow = (): ImageLock => ({
    schema: "bastide.images/1",
    origin: source.origin,
    images: images.flatMap(({ name }) => locked.get(name) ?? []),
  });
  const faults: Fault[] = [];
  let exit: 1 | 2 | 3 = 1;
  let copied = 0;
  let present = 0;
  for (const image of images) {
    try {
      const entry = locked.get(image.name);
      const lacking = await lackingOf(crane, targets, image, entry?.digest);
      present += targets.length - lacking.length;
      if (lacking.length === 0 && entry !== undefined && !request.acceptMoved.has(image.name)) continue;
      const digest = await source.digest(image);
      if (digest === undefined) {
        faults.push(gone(image));
        continue;
      }
      const fault = moved(image, digest, entry, request.acceptMoved);
      if (fault !== undefined) {
        faults.push(fault);
        continue;
      }
      const wanting = digest === entry?.digest ? lacking : targets;
      const before = copied;
      for (const target of wanting) {
        progress(`${image.name} ${image.version} → ${target}`);
        const reference = `${target}/${image.name}`;
        await source.put(image, digest, `${reference}:${image.version}`);
        const readBack = await crane.manifest(`${reference}:${image.version}`);
        const bytes = `sha256:${createHash("sha256").update(readBack).digest("hex")}`;
        if (bytes !== digest) faults.push(notEqual(reference, bytes, digest));
        else copied++;
      }
      if (copied - before < wanting.length) continue;
      const { name, upstream, version, licence } = image;
      locked.set(name, { name, upstream, version, licence, digest });
      request.save(lockNow());
    } catch (error) {
      if (!(error instanceof CraneError)) throw error;
      faults.push(...error.faults);
      exit = error.exit > exit ? error.exit : exit;
    }
  }
  if (faults.length > 0)
    throw new BastideError(`${faults.length} of ${images.length} images could not be mirrored`, faults, exit);
  return { lock: lockNow(), copied, present };
}

const isSame = (image: ImageFact, entry: LockedImage): boolean =>
  image.name === entry.name && image.version === entry.version && image.upstream === entry.upstream;

/** Targets that have no image of this digest. */
async function lackingOf(
  crane: Crane,
  targets: readonly string[],
  image: ImageFact,
  digest: string | undefined,
): Promise<readonly string[]> {
  if (digest === undefined) return targets;
  const lacking: string[] = [];
  for (const target of targets)
    if ((await crane.digest(`${target}/${image.name}@${digest}`)) === undefined) lacking.push(target);
  return lacking;
}

const gone = ({ name, upstream, version }: ImageFact): Fault => ({
  code: "images.gone-upstream",
  path: `images.${name}`,
  got: `no ${upstream}:${version}`,
  want: "the version that the manifests were written for",
  fix: "choose another version in stacks/images.data.ts, and read what changed between both",
});

const moved = (
  { name, upstream, version }: ImageFact,
  digest: string,
  entry: LockedImage | undefined,
  accepted: ReadonlySet<string>,
): Fault | undefined =>
  entry === undefined || entry.digest === digest || accepted.has(name)
    ? undefined
    : {
        code: "images.tag-moved",
        path: `images.${name}`,
        got: `${upstream}:${version} is ${digest} now`,
        want: `${entry.digest}, as locked`,
        fix: `find out why (a rebuild, or somebody else's image); \`--accept-moved ${name}\` takes the new one`,
      };

const notEqual = (reference: string, got: string, want: string): Fault => ({
  code: "images.digest-mismatch",
  path: reference,
  got,
  want,
  fix: "the registry gave back other bytes than were sent: don't use it until that is explained",
});
