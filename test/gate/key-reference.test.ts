import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { findProgram } from "../../cli/gate/program.ts";
import { runProgram } from "../../cli/gate/run-program.ts";
import type { RawEstate, RawResource } from "../../judge/facts/raw.ts";
import { judgeEstate } from "../../judge/kit/judge.ts";
import { rules } from "../../policy-packs/bastide/rules/index.ts";
import { NOW, testLaw } from "../harness/law.ts";

/** `key.id` and `key.id.apply(() => "another")` are one registration to an engine; the gate's verdict tells them apart. */
const program = findProgram(join(import.meta.dirname, "programs", "key-reference"));
const estates: Record<string, RawEstate> = {};
const estateOf = (stack: string): RawEstate => {
  const estate = estates[stack];
  if (estate === undefined) throw new Error(`${stack} did not run`);
  return estate;
};
const encryptionOf = (stack: string): RawResource => {
  const found = estateOf(stack).resources.find((r) => r.type.includes("ServerSideEncryption"));
  if (found === undefined) throw new Error("no encryption");
  return found;
};
const findingsOn = (stack: string) =>
  judgeEstate(estateOf(stack), testLaw(), rules, { now: NOW }).findings.filter((f) => f.rule === "KEY-01");

beforeAll(async () => {
  for (const stack of ["honest", "lying"]) {
    estates[stack] = (await runProgram({ program, stack, stackOutputs: {}, timeoutSeconds: 60 })).estate;
  }
}, 130_000);

describe("a key reference that only passes by the key", () => {
  it("registers as the honest one does: same dependencies, same properties", () => {
    const [honest, lying] = [encryptionOf("honest"), encryptionOf("lying")];
    const named = (r: RawResource) => r.propertyDependencies.rules?.map((urn) => urn.split("::").slice(2));
    expect(named(lying)).toEqual(named(honest));
    expect(Object.keys(lying.propertyDependencies)).toEqual(["rules"]);
    expect(Object.keys(lying.inputs)).toEqual(Object.keys(honest.inputs));
  });

  it("passes the gate when it is honest", () => expect(findingsOn("honest")).toEqual([]));

  it("is refused by the gate when it is not, by the bucket's name", () => {
    expect(findingsOn("lying")).toMatchObject([
      { outcome: "fail", enforcement: "mandatory", subject: expect.stringMatching(/Bucket::cohort$/) },
    ]);
  });
});
