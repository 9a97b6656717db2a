import type { Grip } from "./members.ts";
import type { Ground } from "./model.ts";

/** What somebody can do with data. */
export type RightName = "read" | "write" | "delete" | "decrypt" | "rules" | "export";

/** `granted` by policies; `credential`: by holding another principal's key; `state`: by reading the engine's state; `cluster`: by what lies or runs in a cluster. */
export type How = "granted" | "credential" | "state" | "cluster";

export interface DataRight {
  /** URN of a user, application or group (of members joined elsewhere), `anyone`, or `outside:` and an id. */
  readonly principal: string;
  readonly right: RightName;
  /** URN of a bucket, key, secret or registry, or `organization` for rights themselves. */
  readonly on: string;
  readonly how: How;
  readonly path: readonly Grip[];
  readonly ground: Ground;
}

export const ANYONE = "anyone";
export const ORGANIZATION = "organization";
