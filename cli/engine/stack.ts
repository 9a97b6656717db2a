import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toolError } from "../../kernel/errors.ts";
import { packDir, repoRoot, workDir } from "../paths.ts";
import { changesOf, type EngineEvent, errorsOf, eventReader, isWhole, type Refusal, refusalsOf } from "./events.ts";
import { markOf } from "./leftovers.ts";
import { type Finished, runProcess } from "./process.ts";

/** Where and how the engine runs: its executable, its whole environment, and where the stack's settings file lies. */
export interface EngineContext {
  readonly pulumi: string;
  readonly env: Readonly<Record<string, string>>;
  /**
   * Folder of `Pulumi.<stack>.yaml` where that is not the project's own `stacks/`: local runs keep theirs apart, so that a
   * rehearsal never dirties the tree.
   */
  readonly configDir?: string;
  readonly signal?: AbortSignal;
}

export interface Run {
  readonly code: number;
  readonly events: readonly EngineEvent[];
  readonly refusals: readonly Refusal[];
  readonly errors: readonly string[];
  readonly changes: Readonly<Record<string, number>>;
  readonly stdout: string;
  readonly stderr: string;
}

export type Progress = (text: string) => void;

/** One Pulumi stack of this project, driven through the CLI, so that a person can repeat each step by hand. */
export interface Stack {
  readonly name: string;
  /** Creates the stack when it is not there. */
  ensure(): Promise<void>;
  /** Preview with the pack under the law of `packConfig`; `stdout` is the preview's JSON. */
  preview(packConfig: string, progress?: Progress): Promise<Run>;
  /** Applies without a preview of its own: only ever called after `preview` and the verdict. */
  up(packConfig: string, progress?: Progress, env?: Readonly<Record<string, string>>): Promise<Run>;
  refresh(extra: readonly string[], progress?: Progress): Promise<Run>;
  destroy(env: Readonly<Record<string, string>>, progress?: Progress): Promise<Run>;
  /** The stack's export; secrets stay encrypted. */
  exportState(): Promise<string>;
  /** Replaces the stack's state; what was encrypted stays so. */
  importState(text: string): Promise<void>;
  command(args: readonly string[]): Promise<Finished>;
}

/** Of a platform's objects most only wait for pods to be Ready: the engine's own number, by the machine's processors, would queue them. */
const parallelOf = (name: string): readonly string[] => (name.endsWith(".platform") ? ["--parallel", "48"] : []);

export function openStack(name: string, context: EngineContext): Stack {
  const common = ["--stack", name, "--non-interactive", "--color", "never"];
  const { configDir } = context;
  const configFile = configDir === undefined ? [] : ["--config-file", join(configDir, `Pulumi.${name}.yaml`)];
  const program = [...common, "--cwd", repoRoot, ...configFile];
  // Commands that don't run the program take the settings folder for the project: `stack select` knows no --config-file.
  const bare = [...common, "--cwd", configDir ?? repoRoot];
  const run = (args: readonly string[], env = context.env, onLine?: (line: string) => void): Promise<Finished> =>
    runProcess(context.pulumi, args, {
      cwd: repoRoot,
      env: { ...env, ...markOf(workDir), PULUMI_DEBUG_COMMANDS: "true" },
      ...(context.signal === undefined ? {} : { signal: context.signal }),
      ...(onLine === undefined ? {} : { onLine }),
    });

  async function withEvents(
    verb: string,
    args: readonly string[],
    progress?: Progress,
    env = context.env,
  ): Promise<Run> {
    // The engine writes secrets in plain into its event log: ours alone to read, and gone with the run.
    const folder = join(workDir, "events");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const log = join(folder, `${name}.${verb}.json`);
    const next = eventReader(log);
    const events: EngineEvent[] = [];
    let done = 0;
    const poll = (): void => {
      events.push(...next());
      const now = events.filter((e) => e.resOutputsEvent !== undefined).length;
      if (now !== done) progress?.(`${now} resources`);
      done = now;
    };
    const timer = setInterval(poll, 500);
    try {
      const finished = await run([verb, ...program, ...args, "--event-log", log], env);
      poll();
      if (finished.code === 0 && !isWhole(events)) throw cutShort(name);
      return {
        ...finished,
        events,
        refusals: refusalsOf(events),
        errors: errorsOf(events),
        changes: changesOf(events),
      };
    } finally {
      clearInterval(timer);
      rmSync(folder, { recursive: true, force: true });
    }
  }

  const must = async (args: readonly string[], what: string): Promise<Finished> => {
    const finished = await run(args);
    if (finished.code === 0) return finished;
    throw toolError(`${what} failed`, [
      {
        code: "engine.command-failed",
        path: `pulumi ${args[0] ?? ""} ${args[1] ?? ""}`.trim(),
        got: `exit ${finished.code}: ${finished.stderr || finished.stdout}`,
        want: "exit 0",
        fix: "see the engine's message; `bastide toolchain doctor` checks the tools",
      },
    ]);
  };

  const applying = ["--yes", "--skip-preview", "--suppress-outputs", ...parallelOf(name)];
  const withPack = (config: string): readonly string[] => ["--policy-pack", packDir, "--policy-pack-config", config];
  return {
    name,
    ensure: async () => {
      if (configDir !== undefined) prepareConfigDir(configDir);
      await must(["stack", "select", "--create", ...bare], `opening stack ${name}`);
    },
    preview: (config, progress) => withEvents("preview", ["--json", "--show-sames", ...withPack(config)], progress),
    up: (config, progress, env = {}) =>
      withEvents("up", [...applying, ...withPack(config)], progress, {
        ...context.env,
        ...env,
      }),
    refresh: (extra, progress) => withEvents("refresh", [...applying, ...extra], progress),
    destroy: (env, progress) => withEvents("destroy", applying, progress, { ...context.env, ...env }),
    exportState: async () => (await must(["stack", "export", ...bare], `exporting ${name}`)).stdout,
    importState: async (text) => {
      const file = join(workDir, `${name}.import.json`);
      writeFileSync(file, text, { mode: 0o600 });
      try {
        await must(["stack", "import", "--file", file, ...bare], `importing the state of ${name}`);
      } finally {
        rmSync(file, { force: true });
      }
    },
    command: (args) => run([...args, ...bare]),
  };
}

/** A settings folder outside `stacks/` needs a project file of its own: the name and runtime, nothing else. */
function prepareConfigDir(dir: string): void {
  mkdirSync(dir, { recursive: true });
  const project = join(dir, "Pulumi.yaml");
  if (!existsSync(project)) writeFileSync(project, "name: bastide\nruntime: nodejs\n");
}

/** A log that a full disk cut short holds neither every refusal nor what is to change: nothing may be concluded from it. */
const cutShort = (stack: string): Error =>
  toolError(`what the engine did with ${stack} can't be told`, [
    {
      code: "engine.log-cut",
      path: "--event-log",
      got: "a log that ends before the engine's own summary",
      want: "a whole log",
      fix: "make room on the disk of the work folder (`BASTIDE_WORK`), then run the same command again",
    },
  ]);
