import type { ClusterSettingsFact, KubeletFact } from "../../../../judge/facts/fact-cluster.ts";
import { type About, decide, fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";
import { ADMISSION_PLUGINS, FEATURE_GATES, KUBELET_ARGS, SUPPORTED_MINORS } from "./clusters.data.ts";

const minorOf = (version: string): string => version.split(".").slice(0, 2).join(".");

/** A full version is one patch for ever; a minor is followed patch by patch, which needs the upgrades on. */
function judgeCluster({
  urn,
  version,
  upgrade,
  featureGates,
  admissionPlugins,
}: ClusterSettingsFact): readonly Result[] {
  const about = (property: string, want: unknown): About => ({ subject: urn, property, want });
  const within = (listed: readonly string[], { property, value }: ClusterSettingsFact["featureGates"]) =>
    decide(about(property, listed), value, (all) => all.every((one) => listed.includes(one)));
  return [
    decide(
      about(version.property, SUPPORTED_MINORS),
      version.value,
      (v) => v !== undefined && SUPPORTED_MINORS.includes(minorOf(v)),
    ),
    decide(about(upgrade.enabled.property, true), upgrade.enabled.value, (on) => on === true),
    decide(
      about(upgrade.day.property, "a day of the week, or any"),
      upgrade.day.value,
      (day) => day !== undefined && day !== "",
    ),
    within(FEATURE_GATES, featureGates),
    within(ADMISSION_PLUGINS, admissionPlugins),
  ];
}

function judgeKubelet({ urn, args }: KubeletFact): readonly Result[] {
  const about = { subject: urn, property: "kubeletArgs", want: KUBELET_ARGS };
  if (!args.known) return [undecided(about, args.from)];
  const strange = Object.keys(args.value).filter((name) => !KUBELET_ARGS.includes(name));
  return [strange.length === 0 ? pass(about, Object.keys(args.value)) : fail(about, strange)];
}

export const clustersStaySupported = resourceRule({
  id: "K8S-07",
  title: "clusters run a supported minor version, upgrade in a window, and switch nothing unknown on",
  severity: "medium",
  enforcement: "mandatory",
  waivable: true,
  controls: [
    "RCF:5.B.5",
    "RCF:5.B.7",
    "IR:6.6.1.a",
    "SNC:12.11.b",
    "ADM:R42",
    "NSA:upgrade",
    "CIS:1.2.10",
    "ISO:A.8.8",
  ],
  rationale:
    "Scaleway offers a minor version for a year and ends it two months later; nobody patches it after that. Kubelet arguments and " +
    "feature gates reach past every other rule: anonymous access to a kubelet is one of them.",
  remedy:
    "Set `version` to a minor of the list with `autoUpgrade: {enable: true, …}` and a maintenance window; take out the arguments " +
    "and gates that the finding names.",
  judgeOne: (resource) =>
    resource.facts.flatMap((fact) => {
      if (fact.kind === "cluster-settings") return judgeCluster(fact);
      return fact.kind === "kubelet" ? judgeKubelet(fact) : [];
    }),
});
