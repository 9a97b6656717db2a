import type { PolicyResource } from "@pulumi/policy";
import { describe, expect, it } from "vitest";
import { UNKNOWN_MARK } from "../../cli/gate/child/wire.ts";
import { reportFor } from "../../cli/judge/verdict-of.ts";
import { type Door, type RawObject, type RawResource, UNKNOWN } from "../../judge/facts/raw.ts";
import type { Law } from "../../judge/kit/law.ts";
import { type Rule, rule } from "../../judge/kit/rule.ts";
import { reviewOf } from "../../judge/review/review.ts";
import { judgePolicy } from "../../policy-packs/bastide/adapter/judge-policy.ts";
import { rules } from "../../policy-packs/bastide/rules/index.ts";
import { ATTESTED, NOW, testLaw } from "../harness/law.ts";
import { configured, UNTYPED } from "../harness/pack-args.ts";
import { PLAIN_RULE } from "../harness/plain-rule.ts";
import { rawEstate, urnOf } from "../harness/raw.ts";
import { T } from "../harness/types.ts";
import { GROUP, POOL, WAIVER } from "../harness/waived-pool.ts";

/**
 * Ways in which gates of this field let something pass: each story on every path by which a verdict is reached. A path that
 * honoured a waiver's end and another that did not is itself one of the stories.
 */
const estate: readonly RawResource[] = [POOL, GROUP];
const law = (waivers: readonly unknown[] = [WAIVER]): Law =>
  testLaw({
    waivers: [...waivers],
    coveredElsewhere: { "EVD-05": "preview-file", G12: "gate", "SUP-02": "gate", "TRP-05": "gate" },
  });

interface Said {
  readonly passes: boolean;
  /** Rules that blocked. */
  readonly by: readonly string[];
}
type Path = (law: Law, rules: readonly Rule[], now: string) => Promise<Said>;

const throughDoor =
  (door: Door): Path =>
  async (given, list, now) => {
    const bench = { law: given, rules: list };
    const { verdict } = reportFor({ estate: rawEstate(estate, door), bench, now, all: false, artefact: "x" });
    const by = verdict.findings.filter((f) => f.outcome === "fail" || f.outcome === "undecided").map((f) => f.rule);
    return { passes: verdict.outcome === "pass", by };
  };

/** As the engine tells it: with its mark where a value is not known yet. */
const asTold = (inputs: RawObject): Record<string, unknown> =>
  Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, value === UNKNOWN ? UNKNOWN_MARK : value]));

/** As the engine does: each resource at its registration, then the whole stack. */
const inEngine: Path = async (given, list, now) => {
  const by: string[] = [];
  const report = (message: unknown): void => {
    const told: { readonly name?: string; readonly enforcementLevel?: string } = Object(message);
    if (told.enforcementLevel === "mandatory") by.push(told.name ?? "nameless");
  };
  const policy = judgePolicy(list, () => now);
  const check = policy.validateResource;
  if (typeof check !== "function") throw new Error("one check");
  const props = { region: "fr-par", zone: "fr-par-1", projectId: "p" };
  const provider = { type: T.provider, props, urn: urnOf(T.provider, "s"), name: "s" };
  const config = configured(given);
  const seen = estate.map(({ type, name, urn, inputs, id }) => ({
    type,
    name,
    urn,
    props: { ...asTold(inputs), ...(typeof id === "string" ? { id } : {}) },
    provider,
    ...UNTYPED,
  }));
  await check({ ...UNTYPED, ...provider, ...config }, report);
  for (const resource of seen) await check({ ...resource, ...config }, report);
  const resources = [{ ...UNTYPED, ...provider }, ...seen].map(
    (r): PolicyResource => ({ ...r, dependencies: [], propertyDependencies: {} }),
  );
  await policy.validateStack({ resources, ...config }, report);
  return { passes: by.length === 0, by };
};

/** A review judges both sides by the trusted law: a change that comes from a state as sound as itself. */
const inReview: Path = async (given, list, now) => {
  const side = { name: "head", estate: rawEstate(estate), law: given, rules: list };
  const { head } = reviewOf({ ...side, name: "base" }, side, { now, trusted: { law: given, rules: list } });
  return { passes: head.outcome === "pass", by: [] };
};

const PATHS: Readonly<Record<string, Path>> = {
  "the gate": throughDoor("gate"),
  "a preview's file": throughDoor("preview-file"),
  "a state's file": throughDoor("state"),
  "the pack": inEngine,
  "a review": inReview,
};

const crashing = rule({
  ...PLAIN_RULE,
  id: "X-01",
  judge: () => {
    throw new Error("boom");
  },
});

interface Story {
  readonly law: Law;
  readonly rules: readonly Rule[];
  readonly now: string;
  /** The rule that blocks. */
  readonly by: string;
}
const STORIES: Readonly<Record<string, Story>> = {
  "a waiver that expired": { law: law(), rules, now: "2026-12-21T00:00:00.000Z", by: "EVD-01" },
  "what an expired waiver excused": { law: law(), rules, now: "2026-12-21T00:00:00.000Z", by: "NET-01" },
  "a clock two days behind the waiver": { law: law(), rules, now: "2026-11-21T00:00:00.000Z", by: "EVD-01" },
  "a waiver without its last day": { law: law([{ ...WAIVER, expires: undefined }]), rules, now: NOW, by: "EVD-01" },
  "a waiver of a rule that has none": { law: law([{ ...WAIVER, rule: "NET-05" }]), rules, now: NOW, by: "EVD-01" },
  "an attestation that expired": {
    law: { ...law(), attestations: ATTESTED.map((a) => ({ ...a, expires: "2026-11-22" })) },
    rules,
    now: NOW,
    by: "EVD-04",
  },
  "a rule that crashes": { law: law(), rules: [crashing, ...rules], now: NOW, by: "KIT-02" },
  "a judge without rules": { law: law(), rules: [], now: NOW, by: "KIT-01" },
};

describe.each(Object.entries(PATHS))("on the path of %s", (path, said) => {
  it("the sound estate with its waiver passes, so that the rest means something", async () => {
    expect(await said(law(), rules, NOW)).toEqual({ passes: true, by: [] });
  });
  it.each(Object.entries(STORIES))("%s blocks", async (_, story) => {
    const { passes, by } = await said(story.law, story.rules, story.now);
    expect(passes).toBe(false);
    if (path !== "a review") expect(by).toContain(story.by);
  });
});
