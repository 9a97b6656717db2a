import { describe, expect, it } from "vitest";
import { beside } from "../../judge/doors/estate.ts";
import type { RawEstate } from "../../judge/facts/raw.ts";
import { raw } from "../harness/raw.ts";
import { T } from "../harness/types.ts";

const inStack = (stack: string, name: string) => {
  const made = raw(T.bucket, name, {});
  return { ...made, urn: made.urn.replace(/^urn:pulumi:[^:]+/, `urn:pulumi:${stack}`) };
};
const estate = (door: RawEstate["door"], stack: string, ...names: readonly string[]): RawEstate => ({
  door,
  subject: stack,
  resources: names.map((name) => inStack(stack, name)),
  steps: [],
  notSeen: ["deletes", "other-stacks"],
});

describe("a stack judged beside the others of its environment", () => {
  const plan = estate("preview-file", "x.platform", "own");
  const state = { file: "x.foundation", estate: estate("state", "x.foundation", "theirs") };

  it("has their resources, keeps its own door and plan, and is no longer blind for other stacks", () => {
    const both = beside(plan, [state]);
    expect(both.resources.map((r) => r.name).sort()).toEqual(["own", "theirs"]);
    expect([both.door, both.subject, both.notSeen]).toEqual(["preview-file", "x.platform", ["deletes"]]);
    expect(both.steps).toBe(plan.steps);
  });

  it("stays as it is where there are none", () => expect(beside(plan, [])).toBe(plan));

  it("is not judged beside another environment's, or beside itself", () => {
    const foreign = { file: "y.foundation", estate: estate("state", "y.foundation", "theirs") };
    expect(() => beside(plan, [foreign])).toThrow(/not one estate/);
    expect(() => beside(plan, [{ file: "again", estate: plan }])).toThrow(/not one estate/);
  });
});
