import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readApprovals, requireApproved } from "../../cli/engine/approval.ts";
import type { Consent } from "../../cli/engine/consent.ts";
import { entryOf, refuseStray, requireConsented } from "../../cli/engine/loss-consent.ts";
import { readPreview } from "../../judge/doors/preview.ts";
import { planDigest, stateSerial } from "../../judge/review/approval.ts";
import { dataLosses } from "../../judge/review/loss.ts";
import { BastideError } from "../../kernel/errors.ts";
import { consentSchema } from "../../plugins/bastide/consent.ts";
import { preview, SECRET_MARK, stackExport, step, type Wire, wireResource } from "../harness/engine-files.ts";

const BUCKET = "scaleway:object/bucket:Bucket";
const STACK = "trial.foundation";
const bucket = (over: Wire = {}): Wire =>
  wireResource(BUCKET, "data", { inputs: { region: "fr-par", name: "data" }, ...over });
const other = wireResource("scaleway:network/vpc:Vpc", "main");

const plan = (...steps: Wire[]) => readPreview(JSON.parse(preview(steps)), "plan.json");
const replaced = (name: string) =>
  plan(
    step("same", other),
    step("create-replacement", bucket({ inputs: { region: "fr-par", name } }), { replaceReasons: ["name"] }),
    step("replace", bucket({ inputs: { region: "fr-par", name } }), { oldState: bucket(), replaceReasons: ["name"] }),
    step("delete-replaced", bucket()),
  );
const idle = plan(step("same", other));
const gone = plan(step("delete", other), step("same", bucket()));
const deleted = plan(step("same", other), step("delete", bucket()));

const STATE = "a".repeat(64);
const consent = (steps: Consent["steps"]): Consent => ({
  schema: "bastide.consent/1",
  ...(steps === undefined ? {} : { steps }),
  expires: "2027-01-01T00:00:00Z",
  owner: "o",
  reason: "r",
});
const faultsOf = (work: () => unknown): readonly string[] => {
  try {
    work();
    return [];
  } catch (error) {
    if (!(error instanceof BastideError)) throw error;
    return error.faults.map((f) => f.code);
  }
};

describe("losses in a plan", () => {
  it("are the deletions and replacements of what holds data, with digests of what is lost and what comes", () => {
    const [loss] = dataLosses(replaced("new"));
    expect(loss).toMatchObject({ step: "replace", lost: "every object in it", reasons: ["name"] });
    expect([loss?.before, loss?.after].every((d) => /^[0-9a-f]{64}$/.test(d ?? ""))).toBe(true);
    expect(loss?.before).not.toBe(loss?.after);
    expect(dataLosses(deleted)).toMatchObject([{ step: "delete", after: null }]);
    expect(dataLosses(plan(step("delete", other), step("same", bucket())))).toEqual([]);
  });

  it("count what a foreign type may hold", () => {
    const strange = wireResource("acme:store/box:Box", "b");
    expect(dataLosses(plan(step("same", other), step("delete", strange)))).toHaveLength(1);
  });
});

describe("a consent to a step", () => {
  const losses = dataLosses(replaced("new"));
  const [entry] = losses.map((loss) => entryOf(loss, STATE));
  if (entry === undefined) throw new Error("the plan loses nothing");

  it("is in the one format that destroys use too", () => {
    expect(consentSchema.safeParse(consent([entry])).success).toBe(true);
    expect(consentSchema.safeParse(consent(undefined)).success).toBe(false);
  });

  it("lets exactly that step pass", () => {
    expect(faultsOf(() => requireConsented(STACK, replaced("new"), STATE, consent([entry])))).toEqual([]);
    expect(faultsOf(() => requireConsented(STACK, replaced("new"), STATE, undefined))).toEqual(["up.no-consent"]);
    expect(faultsOf(() => requireConsented(STACK, idle, STATE, undefined))).toEqual([]);
  });

  it.each([
    ["another step", { ...entry, step: "delete" as const }],
    ["other old inputs", { ...entry, before: "b".repeat(64) }],
    ["other new inputs", { ...entry, after: "b".repeat(64) }],
    ["another state, as after its own use", { ...entry, state: "b".repeat(64) }],
  ])("is none for %s", (_, near) => {
    expect(faultsOf(() => requireConsented(STACK, replaced("new"), STATE, consent([near])))).toEqual(["up.no-consent"]);
  });

  it("that nothing needs fails, and so does one of another stack or for a destroy", () => {
    expect(faultsOf(() => requireConsented(STACK, idle, STATE, consent([entry])))).toEqual(["consent.unused"]);
    expect(faultsOf(() => refuseStray(["paris.foundation"], consent([entry])))).toEqual(["consent.unused"]);
    const wall = { ...consent([entry]), destroy: [String(other.urn)] };
    expect(faultsOf(() => requireConsented(STACK, replaced("new"), STATE, wall))).toEqual(["consent.unused"]);
    expect(faultsOf(() => requireConsented(STACK, gone, STATE, { ...wall, steps: [] }))).toEqual([]);
    expect(faultsOf(() => refuseStray([STACK], consent([entry])))).toEqual([]);
  });
});

describe("an approval", () => {
  const approval = {
    schema: "bastide.approval/1" as const,
    stack: STACK,
    plan: planDigest(replaced("new")),
    state: STATE,
    law: STATE,
    risk: "low" as const,
  };

  it("lets pass what was reviewed, and names whatever moved since", () => {
    const now = { plan: replaced("new"), state: STATE, law: STATE };
    expect(faultsOf(() => requireApproved(approval, now))).toEqual([]);
    expect(faultsOf(() => requireApproved(approval, { ...now, plan: replaced("newer") }))).toEqual([
      "approval.plan-moved",
    ]);
    expect(faultsOf(() => requireApproved(approval, { plan: deleted, state: "x", law: "y" }))).toEqual([
      "approval.state-moved",
      "approval.law-moved",
      "approval.plan-moved",
    ]);
  });

  const folder = mkdtempSync(join(tmpdir(), "bastide-approval-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, content: unknown): string => {
    writeFileSync(join(folder, name), JSON.stringify(content));
    return join(folder, name);
  };

  it("is read with every fault at once", () => {
    const good = file("good.json", approval);
    expect(readApprovals([good], [STACK]).get(STACK)).toEqual(approval);
    expect(readApprovals([], [STACK]).size).toBe(0);
    const bad = file("bad.json", { ...approval, plan: "short", more: 1 });
    expect(faultsOf(() => readApprovals([bad, good, good], [STACK]))).toHaveLength(3);
    expect(faultsOf(() => readApprovals([good], ["paris.foundation"]))).toHaveLength(2);
  });
});

describe("the serial of a state", () => {
  const resource = (over: Wire): Wire => wireResource(BUCKET, "data", over);
  const serial = (...resources: Wire[]): string | undefined => stateSerial(JSON.parse(stackExport(resources)));

  it("moves with any resource, and not with the time of the export or the cipher of a secret", () => {
    const secret = (ciphertext: string): Wire => resource({ inputs: { password: { ...SECRET_MARK, ciphertext } } });
    expect(serial(secret("one"))).toBe(serial(secret("two")));
    expect(serial(resource({}))).not.toBe(serial(resource({ modified: "2026-11-02T00:00:00Z" })));
    expect(serial(resource({}))).not.toBe(serial(resource({}), other));
    expect(stateSerial({ deployment: { manifest: { time: "1" } } })).toBe(
      stateSerial({ deployment: { manifest: { time: "2" } } }),
    );
    expect(stateSerial("no state")).toBeUndefined();
  });
});
