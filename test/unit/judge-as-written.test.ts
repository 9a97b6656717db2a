import { describe, expect, it } from "vitest";
import type { RawResource } from "../../judge/facts/raw.ts";
import { judgeEstate } from "../../judge/kit/judge.ts";
import { lawForForeign } from "../../judge/kit/law.ts";
import { rules } from "../../policy-packs/bastide/rules/index.ts";

/** A state tells what was written and what was answered; a hole on either side is a hole. */
const POOL = "scaleway:kubernetes/pool:Pool";
const pool = (inputs: RawResource["inputs"], outputs: RawResource["outputs"]): RawResource => ({
  urn: `urn:pulumi:s::p::${POOL}::pool`,
  type: POOL,
  name: "pool",
  custom: true,
  parent: undefined,
  provider: "urn:pulumi:s::p::pulumi:providers:scaleway::x",
  id: "fr-par/11111111-1111-4111-8111-111111111111",
  inputs: { region: "fr-par", zone: "fr-par-1", ...inputs },
  outputs: { region: "fr-par", zone: "fr-par-1", ...outputs },
  propertyDependencies: {},
  dependencies: [],
  options: {
    protect: { visible: true, value: false },
    retainOnDelete: { visible: true, value: false },
    replaceOnChanges: { visible: true, value: [] },
  },
});

const net01 = (resource: RawResource): readonly string[] =>
  judgeEstate(
    { door: "state", subject: "s", resources: [resource], steps: undefined, notSeen: [] },
    lawForForeign("fr-health"),
    rules,
    {
      now: "2026-11-23T00:00:00Z",
    },
  )
    .findings.filter((f) => f.rule === "NET-01")
    .map((f) => f.outcome);

describe("a state whose two sides differ", () => {
  it.each([
    ["both closed", { publicIpDisabled: true }, { publicIpDisabled: true }, []],
    ["both open", { publicIpDisabled: false }, { publicIpDisabled: false }, ["fail"]],
    ["open as written", { publicIpDisabled: false }, { publicIpDisabled: true }, ["fail"]],
    ["open as answered", { publicIpDisabled: true }, { publicIpDisabled: false }, ["fail"]],
    ["written by nobody, answered closed", {}, { publicIpDisabled: true }, []],
  ])("%s", (_, inputs, outputs, expected) => expect(net01(pool(inputs, outputs))).toEqual(expected));
});
