import type { Origin } from "../../kernel/known.ts";
import { byText } from "../../kernel/order.ts";
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

interface Holder {
  readonly kind: Sharing["kind"];
  readonly urn: string;
  readonly members: Map<string, Member>;
  unclear: Origin | undefined;
}

/** Collects who holds what; of several ways to a member the best proved one counts. */
export class Holders {
  readonly #of: Readonly<Record<Sharing["kind"], Map<string, Holder>>> = {
    project: new Map(),
    network: new Map(),
    key: new Map(),
    bucket: new Map(),
    principal: new Map(),
  };

  #at(kind: Sharing["kind"], urn: string): Holder {
    const before = this.#of[kind].get(urn);
    if (before !== undefined) return before;
    const made: Holder = { kind, urn, members: new Map(), unclear: undefined };
    this.#of[kind].set(urn, made);
    return made;
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
    return [...(this.#of[kind].get(urn)?.members.values() ?? [])];
  }

  unclearOf(kind: Sharing["kind"], urn: string): Origin | undefined {
    return this.#of[kind].get(urn)?.unclear;
  }

  /** What stands in any project. */
  everywhere(): readonly Member[] {
    return [...this.#of.project.values()].flatMap((h) => [...h.members.values()]);
  }

  all(): readonly Sharing[] {
    return Object.values(this.#of)
      .flatMap((holders) => [...holders.values()])
      .map(({ kind, urn, members, unclear }) => ({
        kind,
        urn,
        members: [...members.values()].sort((a, b) => byText(a.resource.urn, b.resource.urn)),
        unclear,
      }))
      .sort((a, b) => byText(a.kind, b.kind) || byText(a.urn, b.urn));
  }
}
