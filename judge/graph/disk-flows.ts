import type { Estate } from "../facts/estate.ts";
import type { Ref } from "../facts/reference.ts";
import type { DataFlow } from "./data-flows.ts";
import type { Ground } from "./model.ts";
import { HOST } from "./places.ts";

/**
 * Where the content of disks and databases goes: into snapshots, images and volumes made of them, backups, and buckets that a snapshot is exported
 * to; objects, into snapshots made of them. What a reference may mean and nobody can tell is every disk and database, unresolved; a bucket that is not in the
 * file is somewhere. Not modelled: backups that a service makes by itself (its settings are judged by TRP rules and DR-05), disks of nodes.
 */
export const diskFlows = (estate: Estate): readonly DataFlow[] =>
  estate.facts("copy-made").flatMap(({ urn, as, from, to }) =>
    startsAt(from, urn, estate).flatMap((start) =>
      endsAt(to, urn, estate).map(({ id, property, ground }): DataFlow => {
        const opened = property ?? start.property ?? "";
        const grip = { from: start.id, to: id, by: urn, property: opened, ground: weakest(start.ground, ground) };
        return { grip, as };
      }),
    ),
  );

interface End {
  readonly id: string;
  readonly property?: string;
  readonly ground: Ground;
}

const weakest = (a: Ground, b: Ground): Ground =>
  a === "unresolved" || b === "unresolved" ? "unresolved" : a === "assumed" || b === "assumed" ? "assumed" : "stated";

function found(ref: Ref | "self", urn: string, estate: Estate): End | undefined {
  if (ref === "self") return { id: urn, ground: "stated" };
  const link = estate.linkAny(ref);
  if (link.kind !== "found") return undefined;
  return { id: link.fact.urn, property: ref.property, ground: link.assumed ? "assumed" : "stated" };
}

function startsAt(ref: Ref | "self", urn: string, estate: Estate): readonly End[] {
  const one = found(ref, urn, estate);
  if (one !== undefined) return [one];
  const property = ref === "self" ? "" : ref.property;
  const any = [...estate.facts("disk"), ...estate.facts("managed-service")].filter((other) => other.urn !== urn);
  return any.map((other) => ({ id: other.urn, property, ground: "unresolved" }));
}

function endsAt(ref: Ref | "self", urn: string, estate: Estate): readonly End[] {
  const one = found(ref, urn, estate);
  if (one !== undefined) return [one];
  return [{ id: `${HOST}?`, property: ref === "self" ? "" : ref.property, ground: "unresolved" }];
}
