import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { approvalSchema } from "../../judge/review/approval.ts";
import { reviewSchema } from "../../judge/review/review-schema.ts";
import { type Clone, type Finished, makeClone } from "../harness/clone.ts";
import { sentWrites } from "../harness/sent-writes.ts";

/**
 * Approved is applied, in the real engine: a store in one layer is replaced by another. Told as the people meet it who do it:
 * refused, previewed, reviewed, agreed to, applied, and not a second time.
 */
const STACK = "rehearsal.bootstrap";
const PLACE = "const key = this.child(bastide.Key";
const STORE = (name: string): string =>
  `this.child(scaleway.registry.Namespace, "trial-store", { name: "${name}", isPublic: false, region: "fr-par", projectId: project.id });\n    `;

let clone: Clone;
const env = (): Readonly<Record<string, string>> => ({ BASTIDE_WORK: clone.work });
const run = (...args: string[]): Promise<Finished> => clone.run(args, env());
const up = (...args: string[]): Promise<Finished> => run("up", "--stack", STACK, "--local", ...args);
const file = (...path: string[]): string => join(clone.root, ...path);
const json = (...path: string[]): unknown => JSON.parse(readFileSync(file(...path), "utf8"));

const writes = (): number => sentWrites(clone.work);

beforeAll(async () => {
  clone = makeClone();
  clone.edit("components/bootstrap.ts", PLACE, `${STORE("trial-one")}${PLACE}`);
  const first = await up();
  expect(first.code, first.output).toBe(0);
  clone.edit("components/bootstrap.ts", "trial-one", "trial-two");
});
afterAll(() => clone.remove());

describe("a plan that loses data", () => {
  let before: number;

  it("is refused without a consent, naming resource, step and digests, and no write is sent", async () => {
    before = writes();
    const refused = await up();
    expect(refused.code, refused.output).toBe(1);
    expect(refused.output).toContain("[up.no-consent]");
    expect(refused.output).toMatch(
      /"step":"replace".*"urn":"urn:pulumi:\S+::trial-store"|"urn":"urn:pulumi:\S+::trial-store".*"step":"replace"/,
    );
    expect(writes()).toBe(before);
  });

  it("is told by a review of its preview, which writes what it can be agreed to with", async () => {
    const previewed = await run("preview", "--stack", STACK, "--local", "--out", file("plan"));
    // Refused as long as nobody consents, and written all the same: what is refused can be reviewed.
    expect(previewed.code, previewed.output).toBe(1);
    expect(previewed.output).toContain("EVD-05");
    const told = await run(
      "review",
      file("plan/bootstrap.state.json"),
      file("plan/bootstrap.preview.json"),
      "--out",
      file("review"),
    );
    expect(told.code, told.output).toBe(0);
    const { changes, risk } = reviewSchema.parse(json("review", "review.json"));
    expect(risk).toBe("needs consent");
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ topic: "loss", aspect: "replace", property: "name", what: "every image in it" });
    expect(approvalSchema.parse(json("review", "approval.json"))).toMatchObject({
      stack: STACK,
      risk: "needs consent",
    });
    expect(writes()).toBe(before);
  });

  it("is applied with approval and consent, and then neither is good any more", async () => {
    const draft = z.looseObject({}).parse(json("review", "consent.draft.json"));
    const consent = { ...draft, owner: "registry-team", reason: "end of the trial", expires: "2099-01-01T00:00:00Z" };
    writeFileSync(file("consent.json"), JSON.stringify(consent));
    const agreed = ["--approved", file("review/approval.json"), "--consent", file("consent.json")];
    const applied = await up(...agreed);
    expect(applied.code, applied.output).toBe(0);
    expect(writes()).toBeGreaterThan(before);
    const after = writes();
    const again = await up(...agreed);
    expect(again.code, again.output).toBe(1);
    expect(again.output).toContain("[approval.state-moved]");
    const unused = await up("--consent", file("consent.json"));
    expect(unused.code, unused.output).toBe(1);
    expect(unused.output).toContain("[consent.unused]");
    expect(writes()).toBe(after);
  });
});
