/** Files as the engine writes them, short to make: stack exports, checkpoints and preview documents. */
export const SECRET_MARK = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
export const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const PREFIX = "urn:pulumi:trial.foundation::theirs";
export const urn = (type: string, name: string, prefix = PREFIX): string => `${prefix}::${type}::${name}`;

export interface Wire {
  readonly [key: string]: unknown;
}

export const wireResource = (type: string, name: string, over: Wire = {}): Wire => ({
  urn: urn(type, name),
  custom: true,
  type,
  id: `fr-par/${name}`,
  inputs: { region: "fr-par" },
  outputs: { region: "fr-par" },
  parent: urn("pulumi:pulumi:Stack", "theirs-trial.foundation"),
  provider: `${urn("pulumi:providers:scaleway", "paris")}::5e0e`,
  created: "2026-11-01T00:00:00Z",
  modified: "2026-11-01T00:00:00Z",
  ...over,
});

export const stackRoot = (over: Wire = {}): Wire => ({
  urn: urn("pulumi:pulumi:Stack", "theirs-trial.foundation"),
  custom: false,
  type: "pulumi:pulumi:Stack",
  ...over,
});

export const stackExport = (resources: readonly Wire[], over: Wire = {}, deployment: Wire = {}): string =>
  JSON.stringify({
    version: 3,
    deployment: {
      manifest: { time: "2026-11-01T00:00:00Z", magic: "", version: "v3.255.0" },
      resources,
      ...deployment,
    },
    ...over,
  });

export const checkpoint = (resources: readonly Wire[]): string =>
  JSON.stringify({ version: 3, checkpoint: { stack: "organization/theirs/trial.foundation", latest: { resources } } });

export const step = (op: string, state: Wire, over: Wire = {}): Wire => ({
  op,
  urn: state.urn,
  ...(op.startsWith("delete") ? { oldState: state } : { newState: state }),
  detailedDiff: null,
  ...over,
});

export const preview = (steps: readonly Wire[], over: Wire = {}): string =>
  JSON.stringify({ config: {}, steps, duration: 1, changeSummary: {}, ...over });
