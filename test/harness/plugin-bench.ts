import type { Provider } from "@pulumi/pulumi/provider/index.js";
import { scalewayApi } from "../../plugins/bastide/client.ts";
import { requireConsent } from "../../plugins/bastide/consent.ts";
import { exportJobKind } from "../../plugins/bastide/export-job.ts";
import { keyKind } from "../../plugins/bastide/key.ts";
import { bastideProvider } from "../../plugins/bastide/provider.ts";
import { EXPORT_JOB_TYPE, KEY_TYPE } from "../../plugins/bastide/types.ts";
import { type ScalewayDouble, scalewayDouble } from "./key-manager-double.ts";

export const SECRET_KEY = "5ec7e700-0000-4000-8000-00000000cafe";
export const KEY_URN = `urn:pulumi:test::bastide::${KEY_TYPE}::records`;
export const JOB_URN = `urn:pulumi:test::bastide::${EXPORT_JOB_TYPE}::audit`;
export const NOW = new Date();

export type Required<P> = { readonly [K in keyof P]-?: NonNullable<P[K]> };

export interface Bench {
  readonly double: ScalewayDouble;
  readonly provider: Required<Pick<Provider, "check" | "diff" | "create" | "read" | "update" | "delete">>;
  readonly warnings: string[];
  /** Waits that the client took, in milliseconds; none is waited out. */
  readonly waits: number[];
  /** `BASTIDE_CONSENT`. */
  consent: string | undefined;
}

/** The plug-in as `main.ts` puts it together, before a double of the API, without waiting. */
export async function pluginBench(): Promise<Bench> {
  const double = await scalewayDouble();
  const warnings: string[] = [];
  const waits: number[] = [];
  const env = { SCW_ACCESS_KEY: "SCWBASTIDE0000000000", SCW_SECRET_KEY: SECRET_KEY, SCW_API_URL: double.url };
  const pause = async (ms: number): Promise<void> => void waits.push(ms);
  const api = scalewayApi({ env, version: "0.0.0", pause });
  const kinds = {
    [KEY_TYPE]: keyKind({
      api,
      warn: (_urn, message) => warnings.push(message),
      now: () => NOW,
      requireConsent: (urn) => requireConsent(urn, bench.consent, NOW),
    }),
    [EXPORT_JOB_TYPE]: exportJobKind({ api }),
  };
  const { check, diff, create, read, update, delete: remove } = bastideProvider(kinds, "0.0.0", async () => "{}");
  if (!check || !diff || !create || !read || !update || !remove) throw new Error("the provider lacks a method");
  const bench: Bench = {
    double,
    provider: { check, diff, create, read, update, delete: remove },
    warnings,
    waits,
    consent: undefined,
  };
  return bench;
}
