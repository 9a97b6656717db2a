import type { Known } from "../../kernel/known.ts";
import type { Base, Reading } from "./fact-base.ts";

/** How a managed cluster is run. */
export interface ClusterSettingsFact extends Base<"cluster-settings"> {
  /** `x.y`, or `x.y.z`. */
  readonly version: Reading<string | undefined>;
  readonly cni: Reading<string | undefined>;
  readonly upgrade: {
    readonly enabled: Reading<boolean | undefined>;
    readonly day: Reading<string | undefined>;
  };
  readonly featureGates: Reading<readonly string[]>;
  readonly admissionPlugins: Reading<readonly string[]>;
}

export interface KubeletFact extends Base<"kubelet"> {
  readonly args: Known<Readonly<Record<string, string>>>;
}

export type ClusterFacts = ClusterSettingsFact | KubeletFact;
