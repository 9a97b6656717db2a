/** Provider plug-ins that may stand in a governed program, each with who answers for it and why it is let in. */
export interface PluginEntry {
  readonly name: string;
  readonly jurisdiction: string;
  readonly reason: string;
}

export const PLUGINS: readonly PluginEntry[] = [
  { name: "scaleway", jurisdiction: "FR", reason: "the cloud that the environment stands on" },
  { name: "bastide", jurisdiction: "FR", reason: "first-party: keys with a protection level, audit-trail export" },
  { name: "random", jurisdiction: "local", reason: "computes on the deployer's machine, reaches nothing" },
  { name: "kubernetes", jurisdiction: "local", reason: "speaks to the environment's own clusters only" },
  { name: "pulumi", jurisdiction: "local", reason: "the engine's own resources" },
];
