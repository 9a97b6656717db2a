import { readFileSync } from "node:fs";

/** What the judge tells the child, on its standard input, once: nothing of it stands in arguments or environment. */
export interface Job {
  /** Absolute path of the program's entry module. */
  readonly entry: string;
  /** Absolute path of the program's folder: lines of the program are told relative to it. */
  readonly root: string;
  readonly project: string;
  readonly stack: string;
  /** Plain configuration, `project:key` → text. Encrypted values are absent: the gate has no passphrase. */
  readonly config: Readonly<Record<string, string>>;
  /** Outputs of the environment's earlier stacks by stack name, in the engine's wire form. */
  readonly stackOutputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Key of the seal that ends the ledger. */
  readonly nonce: string;
}

/** Reads and closes the job; the program finds its standard input at its end. */
export const readJob = (): Job => JSON.parse(readFileSync(0, "utf8"));
