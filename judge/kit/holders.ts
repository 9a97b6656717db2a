import type { Origin } from "../../kernel/known.ts";
import { byKey } from "../../kernel/order.ts";
import type { Resource } from "../facts/observed.ts";

/** Something that several resources have in common, and which they are. */
export interface Sharing {
  readonly kind: "project" | "network" | "key" | "bucket" | "principal";
  /** URN of what is shared; of a project outside the estate, its id. */
  readonly urn: string;
  readonly members: readonly Member[];
  /** Who else may be a member can't be told. */
  readonly unclear: Origin | undefined;
}

export interface Member {
  readonly resource: Resource;
  readonly assumed: boolean;
}

/** Collects who holds what; of several ways to a member the best proved one counts. */
export class Holders {
  readonly #of = new Map<
    string,
    { readonly kind: Sharing["kind"]; readonly members: Map<string, Member>; unclear: Origin | undefined }
  >();

  #at(kind: Sharing["kind"], urn: string) {
    const key = `${kind} ${urn}`;
    const found = this.#of.get(key) ?? { kind, members: new Map<string, Member>(), unclear: undefined };
    this.#of.set(key, found);
    return found;
  }

  add(kind: Sharing["kind"], urn: string, resource: Resource | undefined, assumed = false): void {
    if (resource === undefined) return;
    const { members } = this.#at(kind, urn);
    const before = members.get(resource.urn);
    members.set(resource.urn, { resource, assumed: assumed && before?.assumed !== false });
  }

  blind(kind: Sharing["kind"], urn: string, from: Origin): void {
    this.#at(kind, urn).unclear ??= from;
  }

  membersOf(kind: Sharing["kind"], urn: string): readonly Member[] {
    return [...(this.#of.get(`${kind} ${urn}`)?.members.values() ?? [])];
  }

  unclearOf(kind: Sharing["kind"], urn: string): Origin | undefined {
    return this.#of.get(`${kind} ${urn}`)?.unclear;
  }

  /** What stands in any project. */
  everywhere(): readonly Member[] {
    return [...this.#of.values()].filter((h) => h.kind === "project").flatMap((h) => [...h.members.values()]);
  }

  all(): readonly Sharing[] {
    return [...this.#of]
      .map(([key, { kind, members, unclear }]) => ({
        kind,
        urn: key.slice(kind.length + 1),
        members: [...members.values()].sort(byKey((m) => m.resource.urn)),
        unclear,
      }))
      .sort(byKey((s) => `${s.kind} ${s.urn}`));
  }
}
