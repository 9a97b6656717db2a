import { delimiter, join } from "node:path";

/** Folders that a clone's toolchain owns. */
export interface ClonePaths {
  readonly binDir: string;
  readonly pulumiHome: string;
}

/** @param workDir `.bastide` of the clone. */
export const clonePaths = (workDir: string): ClonePaths => ({
  binDir: join(workDir, "bin"),
  pulumiHome: join(workDir, "pulumi-home"),
});

/**
 * What every run of the engine needs, over whatever else it gets: our launchers first on PATH, a home of its own, and
 * nothing that reaches out by itself. `undefined` means: not to be inherited.
 */
export const engineEnvironment = (
  paths: ClonePaths,
  outer: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> => ({
  PATH: [paths.binDir, ...(outer.PATH ?? "").split(delimiter).filter((f) => f !== "" && f !== paths.binDir)].join(
    delimiter,
  ),
  PULUMI_HOME: paths.pulumiHome,
  PULUMI_SKIP_UPDATE_CHECK: "true",
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
  PULUMI_SUPPRESS_NEO_LINK: "true",
  // The plug-ins are found on PATH; a variable that forbids it would leave the engine with none.
  PULUMI_IGNORE_AMBIENT_PLUGINS: undefined,
  // No Pulumi Cloud, no Neo, no developer's switches.
  PULUMI_ACCESS_TOKEN: undefined,
  PULUMI_API: undefined,
  PULUMI_NEO: undefined,
  PULUMI_DEV: undefined,
  PULUMI_EXPERIMENTAL: undefined,
});
