/** What happens while the toolchain is brought together, for whoever shows it. Times are in seconds, rates are guesses. */
export type ToolchainEvent =
  /** An official binary stands on PATH but is not used. */
  | { readonly kind: "passed-over"; readonly part: string; readonly path: string; readonly why: string }
  /** A plug-in of the repository is not in the clone; a run goes on, the engine will miss it where it needs it. */
  | { readonly kind: "missing"; readonly part: string; readonly entry: string }
  /** A cache entry was not whole and is built again. */
  | { readonly kind: "corrupted"; readonly part: string; readonly why: string }
  /** Another process builds the same entry. */
  | { readonly kind: "waiting"; readonly part: string; readonly holder: string }
  | { readonly kind: "fetching"; readonly part: string; readonly modules: number }
  | { readonly kind: "building"; readonly part: string; readonly packages: number; readonly minutes: number }
  | {
      readonly kind: "compiling";
      readonly part: string;
      readonly done: number;
      readonly total: number;
      readonly secondsLeft: number;
    }
  | { readonly kind: "built"; readonly part: string; readonly seconds: number };

export type Report = (event: ToolchainEvent) => void;

const minutes = (value: number): string => (value < 1 ? "less than a minute" : `about ${Math.ceil(value)} min`);

/** One line for people. */
export function renderEvent(event: ToolchainEvent): string {
  switch (event.kind) {
    case "passed-over":
      return `${event.part}: ${event.path} is not used: ${event.why}`;
    case "missing":
      return `${event.part}: ${event.entry} is missing from the clone; \`git status\` shows what it lacks`;
    case "corrupted":
      return `${event.part}: the cached build is damaged (${event.why}); building it again`;
    case "waiting":
      return `${event.part}: ${event.holder} is building it; waiting`;
    case "fetching":
      return `${event.part}: fetching sources, ${event.modules} modules so far`;
    case "building":
      return `${event.part}: building from source, ${event.packages} packages to compile, ${minutes(event.minutes)}`;
    case "compiling":
      return `${event.part}: ${event.done} of ${event.total} packages, ${minutes(event.secondsLeft / 60)} left`;
    case "built":
      return `${event.part}: built in ${Math.round(event.seconds)} s`;
  }
}
