import type { CheckFailure } from "@pulumi/pulumi/provider/index.js";
import { isUnknown, type Props } from "../../../plugins/engine/values.ts";
import { plainProps } from "../values.ts";
import { type Choice, readKubeconfig } from "./connection.ts";

/** Settings of one provider resource. */
export interface Settings extends Choice {
  /** For objects that name none. Default: the kubeconfig's, else `default`. */
  readonly namespace: string | undefined;
}

const TEXTS = ["kubeconfig", "context", "cluster", "namespace"] as const;
/** Switches, and the one position that the stand-in knows. */
const SWITCHES: Readonly<Record<string, boolean | undefined>> = {
  enableServerSideApply: true,
  enablePatchForce: false,
  deleteUnreachable: false,
  alwaysRender: undefined,
  suppressDeprecationWarnings: undefined,
  suppressHelmHookWarnings: undefined,
  skipUpdateUnreachable: false,
};

/** Every fault of a provider's settings. The engine hands them over as JSON texts or as values. */
export function settingsFaults(given: Props): readonly CheckFailure[] {
  return Object.entries(plainProps(given)).flatMap(([property, value]): CheckFailure[] => {
    if (property.startsWith("__") || property === "version" || property === "pluginDownloadURL") return [];
    if (isUnknown(value)) return [];
    if (TEXTS.some((name) => name === property))
      return typeof value === "string" ? [] : [{ property, reason: "want a text" }];
    if (!(property in SWITCHES))
      return [
        {
          property,
          reason: `the stand-in kubernetes plug-in of Bastide has no such setting; it has ${[...TEXTS, ...Object.keys(SWITCHES)].join(", ")}; fix: put the official pulumi-resource-kubernetes on PATH`,
        },
      ];
    const only = SWITCHES[property];
    if (!["true", "false"].includes(String(value))) return [{ property, reason: "want true or false" }];
    return only === undefined || String(value) === String(only)
      ? []
      : [{ property, reason: `the stand-in kubernetes plug-in of Bastide knows ${only} only` }];
  });
}

/** Those, or what is wrong with the kubeconfig that they name. */
export async function allSettingsFaults(given: Props): Promise<readonly CheckFailure[]> {
  const faults = settingsFaults(given);
  const settings = faults.length === 0 ? settingsOf(given) : undefined;
  if (settings === undefined) return faults;
  return readKubeconfig(settings).then(
    () => [],
    (error: unknown) => [{ property: "kubeconfig", reason: error instanceof Error ? error.message : String(error) }],
  );
}

/** Undefined: the kubeconfig is not known yet, so no cluster is asked for anything. */
export function settingsOf(given: Props): Settings | undefined {
  const values = plainProps(given);
  if (isUnknown(values.kubeconfig) || isUnknown(values.context) || isUnknown(values.cluster)) return undefined;
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === "string" && value !== "" && !isUnknown(value) ? value : undefined;
  };
  return {
    kubeconfig: text("kubeconfig"),
    context: text("context"),
    cluster: text("cluster"),
    namespace: text("namespace"),
  };
}

/** Address of the API server that the settings lead to; undefined where it is not known, or where they are wrong. */
export async function serverOf(given: Props): Promise<string | undefined> {
  const settings = settingsOf(given);
  const config = settings && (await readKubeconfig(settings).catch(() => undefined));
  return config?.getCurrentCluster()?.server;
}
