/**
 * Errors meant for the user. One error lists every fault found, each with the path, what was got, what was wanted and the
 * fix, so that nothing is lost and one correction round is enough. The exit code says whose fault it is (design §6).
 */
export interface Fault {
  /** Stable literal, e.g. `settings.range-overlap`; greppable, never interpolated. */
  readonly code: string;
  /** Where: a dotted settings path, a file, a URN, an environment variable. */
  readonly path: string;
  readonly got: string;
  readonly want: string;
  readonly fix: string;
}

/** 1 blocked by the law · 2 the user's input · 3 the tool could not do its job. */
export type FailureExit = 1 | 2 | 3;

export class BastideError extends Error {
  readonly faults: readonly Fault[];
  readonly exit: FailureExit;

  constructor(summary: string, faults: readonly Fault[], exit: FailureExit, options?: ErrorOptions) {
    super(faults.length === 0 ? summary : `${summary}\n${faults.map(faultText).join("\n")}`, options);
    this.name = "BastideError";
    this.faults = faults;
    this.exit = exit;
  }
}

const faultText = (f: Fault): string =>
  `  ${f.path}  [${f.code}]\n    got:  ${f.got}\n    want: ${f.want}\n    fix:  ${f.fix}`;

/** Bad settings, arguments or input files: exit 2. */
export const inputError = (summary: string, faults: readonly Fault[]): BastideError =>
  new BastideError(summary, faults, 2);

/** The tool itself could not do its job: exit 3. */
export const toolError = (summary: string, faults: readonly Fault[] = [], cause?: unknown): BastideError =>
  new BastideError(summary, faults, 3, cause === undefined ? undefined : { cause });

/** Collects faults, then throws them all at once. */
export class FaultCollector {
  readonly #faults: Fault[] = [];

  add(fault: Fault): void {
    this.#faults.push(fault);
  }

  get faults(): readonly Fault[] {
    return this.#faults;
  }

  /** Throws one input error naming every fault, if there is any. */
  throwIfAny(summary: string): void {
    if (this.#faults.length > 0) throw inputError(summary, this.#faults);
  }
}
