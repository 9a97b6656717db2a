import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { findProgram } from "../../cli/gate/program.ts";
import { type RunResult, runProgram } from "../../cli/gate/run-program.ts";
import { gateEstate } from "../../cli/gate/stacks.ts";
import { type RawResource, SECRET, UNKNOWN } from "../../judge/facts/raw.ts";

const program = findProgram(join(import.meta.dirname, "programs", "honest"));
const run = (): Promise<RunResult> => runProgram({ program, stack: "dev", stackOutputs: {}, timeoutSeconds: 30 });
const named = (result: RunResult, type: string, name: string): RawResource => {
  const found = result.estate.resources.find((r) => r.type === type && r.name === name);
  if (found === undefined) throw new Error(`${type} ${name} is not in the ledger`);
  return found;
};

describe("an honest program is judged", () => {
  let result: RunResult;
  beforeAll(async () => {
    result = await run();
  });

  it("as declared, parents and options included", () => {
    const encryption =
      "scaleway:object/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
    const { urn, parent, provider } = named(result, encryption, "data");
    expect(urn).toBe(`urn:pulumi:dev::honest::honest:store:Store$${encryption}::data`);
    expect(parent).toBe("urn:pulumi:dev::honest::honest:store:Store::store");
    expect(provider).toBe("urn:pulumi:dev::honest::pulumi:providers:scaleway::paris");
    expect(named(result, "scaleway:keymanager/key:Key", "data").options.protect).toEqual({
      visible: true,
      value: true,
    });
  });

  it("with references exactly equal, and told from one that only derives from the same key", () => {
    const key = named(result, "scaleway:keymanager/key:Key", "data");
    const liar = named(result, "scaleway:object/item:Item", "liar");
    expect(key.id).toMatch(/^fr-par\/[0-9a-f-]{36}$/);
    expect(named(result, "honest:store:Store", "store").outputs.keyId).toBe(key.id);
    expect(liar.propertyDependencies.storageClass).toEqual([key.urn]);
    expect(liar.inputs.storageClass).toBe("fr-par/another");
  });

  it("with outputs unknown unless written, and secrets without content", () => {
    const liar = named(result, "scaleway:object/item:Item", "liar");
    expect(liar.inputs.content).toBe(SECRET);
    const encryption = result.estate.resources.find((r) => r.type.includes("ServerSideEncryption"));
    expect(encryption?.inputs.bucket).toBe(UNKNOWN);
  });

  it("with its configuration and stack outputs", () => expect(result.stackOutputs.greeting).toBe("hello"));

  it("with what timers register after the module has run", () => {
    expect(named(result, "scaleway:object/bucket:Bucket", "late").inputs.region).toBe("fr-par");
  });

  it("the same in every run", async () => expect((await run()).estate).toEqual(result.estate));

  it("a later stack reads what an earlier one exported, leaf by leaf", async () => {
    const { estate } = await gateEstate({ program, stacks: ["dev.foundation", "dev.platform"], timeoutSeconds: 30 });
    const reader = estate.resources.filter((r) => r.name === "reader").map((r) => r.inputs);
    const key = estate.resources.find((r) => r.type.endsWith(":Key") && r.urn.includes("dev.foundation"));
    expect(reader).toEqual([{ region: "fr-par", tags: { key: key?.id, secret: SECRET, endpoint: UNKNOWN } }]);
    expect(estate.subject).toBe("dev.foundation, dev.platform");
  });
});
