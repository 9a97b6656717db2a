import type { Base } from "./fact-base.ts";
import type { Ref } from "./reference.ts";

/** Something whose disk may hold data: a server with its root volume, or a volume by itself. */
export type DiskFact = Base<"disk">;

/** A copy that a resource is, or makes: of a disk, a database or an object. `self` is the resource. */
export interface CopyMadeFact extends Base<"copy-made"> {
  readonly as: "copy" | "backup";
  readonly from: Ref | "self";
  readonly to: Ref | "self";
}

export type DisksFact = DiskFact | CopyMadeFact;
