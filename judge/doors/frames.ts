/** A line of the judged program. */
export interface Frame {
  /** Relative to the program's folder. */
  readonly file: string;
  readonly line: number;
}

/** Lines of the program that are kept of each registration, innermost first. */
export const MAX_FRAMES = 6;
