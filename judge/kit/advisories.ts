import type { Estate } from "../facts/estate.ts";
import type { GrantRule } from "../facts/fact.ts";
import { attestationsOf, attestedText } from "./attestations.ts";
import type { OldFindings } from "./baseline.ts";
import type { Law, LawSource } from "./law.ts";

/** What a verdict must say although no rule fails, because the resources show it and the platform allows no better. */
export function estateAdvisories(estate: Estate): readonly string[] {
  const said: string[] = [];
  if (estate.facts("gateway-attachment").length > 0) said.push("node egress unfiltered");
  if (estate.facts("cluster").length > 0) said.push("control plane address public, admitted sources only");
  if (estate.facts("grants").some((g) => g.rules.known && g.rules.value.some(grantsRights))) {
    said.push("deployer can grant rights");
  }
  return said;
}

const grantsRights = ({ permissionSets: { value } }: GrantRule): boolean =>
  value.known && value.value.some((set) => /^IAM.*Manager$/.test(set));

/** What a verdict must say because the settings accept it. */
export function settingsAdvisories({ settings, regions }: LawSource): readonly string[] {
  const loss = settings.regionLoss?.accepted;
  const unverified = regions.filter((r) => r.hsmKeys === "unverified").map((r) => r.name);
  const declared = regions.filter((r) => r.origin === "declared").map((r) => r.name);
  const hsm = settings.keys.custody === "hsm";
  return [
    ...(loss === undefined ? [] : [`region loss not covered: accepted by ${loss.by} until ${loss.until}`]),
    ...(hsm ? [] : [`key custody: ${settings.keys.custody}`]),
    ...(hsm && unverified.length > 0 ? [`HSM-backed keys unverified: ${unverified.join(", ")}`] : []),
    ...(declared.length > 0 ? [`regions declared by the operator: ${declared.join(", ")}`] : []),
    ...(settings.synthetic ? ["synthetic data only"] : []),
  ];
}

/** What a verdict must say because the law's files say it: who vouches for what, what is old, what was lowered. */
export function lawAdvisories(law: Law, old: OldFindings, lowered: readonly string[], now: string): readonly string[] {
  const gone = old.gone();
  return [
    ...attestationsOf(law.attestations, now).inForce.map(attestedText),
    ...(lowered.length > 0 ? [`lowered to advisory by the law: ${lowered.join(", ")}`] : []),
    ...(law.baseline !== null && old.fault === undefined
      ? [`old findings do not block until ${law.baseline.expires}`]
      : []),
    ...(gone > 0 ? [`${gone} findings of the baseline are gone: take them out of it`] : []),
  ];
}
