/**
 * What a judge may know of a program beside its resources: where its state goes, what its packages are pinned by. Each door
 * shows some of it; `undefined` is "not visible here", never "not there".
 */
export interface ProgramFacts {
  /** URL of the state backend, as the CLI would be given it. */
  readonly backend: string | undefined;
  /** What encrypts the state's secrets: `passphrase`, `service`, or the URL of a key. */
  readonly secretsProvider: string | undefined;
  /** Configuration of the stack, by its full key: what default providers are made of. */
  readonly config: Readonly<Record<string, string>> | undefined;
  readonly packages: PackageFacts | undefined;
}

/** How the packages of a program are pinned. */
export interface PackageFacts {
  /** Name of the lock file; null where the program has none. */
  readonly lockFile: string | null;
  /** Packages that the program asks for by a range, as `name@range`. */
  readonly ranges: readonly string[];
  /** Packages that the lock file takes without a checksum. */
  readonly withoutChecksum: readonly string[];
}

export const NOTHING_KNOWN: ProgramFacts = {
  backend: undefined,
  secretsProvider: undefined,
  config: undefined,
  packages: undefined,
};
