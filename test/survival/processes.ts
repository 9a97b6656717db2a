import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Who is killed. `local` is the process that holds the local Scaleway and drives the engine; `all` is everything at once. */
export const VICTIMS = ["engine", "provider", "plugin", "local", "all"] as const;
export type Victim = (typeof VICTIMS)[number];

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: readonly string[];
}

function look(pid: number): Process | undefined {
  try {
    const parent = Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[1]);
    return { pid, parent, command: readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0") };
  } catch {
    // Gone between the listing and the look.
    return undefined;
  }
}

const all = (): readonly Process[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => look(Number(name)) ?? []);

/** A process and everything below it, whatever group it put itself in. */
export function family(pid: number): readonly Process[] {
  const processes = all();
  const below = (parent: Process): readonly Process[] => [
    parent,
    ...processes.filter((p) => p.parent === parent.pid).flatMap(below),
  ];
  return processes.filter((p) => p.pid === pid).flatMap(below);
}

const runs = (p: Process, program: string): boolean => p.command.some((word) => word.endsWith(program));

const ENGINE_WRITES: ReadonlySet<string> = new Set(["up", "destroy"]);

/** The processes of a run that a victim's name means; none when it does not run yet, or no more. */
export function victimsOf(victim: Victim, pid: number): readonly number[] {
  const members = family(pid);
  const chosen = (): readonly Process[] => {
    switch (victim) {
      case "engine":
        return members.filter(
          (p) => p.command[0]?.endsWith("/pulumi") === true && ENGINE_WRITES.has(p.command[1] ?? ""),
        );
      case "provider":
        return members.filter((p) => p.command[0]?.endsWith("pulumi-resource-scaleway") === true);
      case "plugin":
        return members.filter((p) => runs(p, "plugins/bastide/main.ts") || runs(p, "pulumi-resource-bastide"));
      case "local":
        return members.filter((p) => runs(p, "cli/main.ts"));
      case "all":
        return members;
    }
  };
  return chosen().map((p) => p.pid);
}

export function kill(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // Gone already.
    }
  }
}

/** Processes of this machine that work in or for a folder, by their environment; ours to look at, since we started them. */
export function workersOf(folder: string): readonly number[] {
  return all()
    .filter(({ pid }) => {
      try {
        return (
          pid !== process.pid &&
          readFileSync(`/proc/${pid}/environ`, "utf8").includes(folder) &&
          readlinkSync(`/proc/${pid}/exe`) !== ""
        );
      } catch {
        // Another user's, or gone.
        return false;
      }
    })
    .map(({ pid }) => pid);
}

/** The command line of a process, cut. */
export const commandOf = (pid: number): string => look(pid)?.command.join(" ").slice(0, 120) ?? "gone";
