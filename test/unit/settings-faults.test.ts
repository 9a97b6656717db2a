import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BastideError } from "../../kernel/errors.ts";
import { checkEnvironment, loadEnvironment, readEnvironment } from "../../stacks/load.ts";
import { NOW, ONE_REGION, TWO_REGIONS } from "../harness/plans.ts";
import { CASES } from "../harness/settings-cases.ts";

const faultsOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    if (error instanceof BastideError) return error;
    throw error;
  }
  return undefined;
};

const check = (settings: unknown) => faultsOf(() => checkEnvironment(settings, { now: NOW }));

describe("settings", () => {
  it("the starting points of the cases are sound", () => {
    expect(check(TWO_REGIONS)).toBeUndefined();
    expect(check(ONE_REGION)).toBeUndefined();
  });

  it.each(CASES.map((it) => [`${it.code} at ${it.path}`, it] as const))("%s", (_, { code, path, settings }) => {
    const error = check(settings);
    expect(error?.exit).toBe(2);
    const told = error?.faults.filter((fault) => fault.code === code && fault.path === path) ?? [];
    expect(told, `told: ${error?.faults.map((fault) => `${fault.code} ${fault.path}`).join("; ")}`).not.toEqual([]);
    for (const fault of told)
      for (const part of [fault.got, fault.want, fault.fix]) expect(part.length).toBeGreaterThan(1);
  });

  it("every code in the sources has a case, and every case a code", () => {
    const root = join(import.meta.dirname, "../..");
    const sources = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "stacks/*.ts"], {
      cwd: root,
      encoding: "utf8",
    })
      .split("\n")
      .filter((file) => file !== "")
      .map((file) => readFileSync(join(root, file), "utf8"));
    const codes = new Set(
      sources.flatMap((text) => [...text.matchAll(/"(settings\.[a-z-]+)"/g)].map((match) => match[1])),
    );
    const elsewhere = ["settings.environment-unknown", "settings.not-json", "settings.now-malformed"];
    expect([...codes].sort()).toEqual([...new Set([...CASES.map((it) => it.code), ...elsewhere])].sort());
  });

  it("every fault of form and of meaning is told at once", () => {
    const error = check({
      ...TWO_REGIONS,
      slug: "NOT A SLUG",
      colour: "blue",
      keys: { custody: "software" },
      admin: { ...TWO_REGIONS.admin, sources: [] },
      addresses: { ...TWO_REGIONS.addresses, pods: "10.16.0.0/16" },
    });
    expect(error?.faults.map((fault) => fault.code).sort()).toEqual([
      "settings.custody-software",
      "settings.malformed",
      "settings.range-exhausted",
      "settings.range-overlap",
      "settings.sources-empty",
      "settings.unknown-key",
    ]);
  });

  it("a malformed part silences only the checks that need it", () => {
    const error = check({ ...TWO_REGIONS, regions: "fr-par", keys: { custody: "software" } });
    const codes = error?.faults.map((fault) => fault.code);
    expect(codes).toContain("settings.malformed");
    expect(codes).toContain("settings.custody-software");
    expect(codes).not.toContain("settings.region-loss-unaccepted");
  });

  it("an unknown environment, text that is no JSON and a day that is none are told as such", () => {
    expect(faultsOf(() => loadEnvironment("atlantis", { now: NOW }))?.faults[0]).toMatchObject({
      code: "settings.environment-unknown",
      got: "atlantis",
    });
    expect(faultsOf(() => readEnvironment("{", "mine.json", { now: NOW }))?.faults[0]).toMatchObject({
      code: "settings.not-json",
      path: "mine.json",
    });
    expect(faultsOf(() => loadEnvironment("paris", { now: "yesterday" }))?.faults[0]).toMatchObject({
      code: "settings.now-malformed",
    });
  });

  it("text is read like a value", () => {
    const read = readEnvironment(JSON.stringify(TWO_REGIONS), "mine.json", { now: NOW });
    expect(read).toEqual(loadEnvironment("rehearsal", { now: NOW }));
  });

  it("what was accepted until a day is an error on the day after", () => {
    const on = (now: string) => faultsOf(() => loadEnvironment("paris", { now }))?.faults.map((fault) => fault.code);
    expect(on("2027-10-31T23:59:59Z")).toBeUndefined();
    expect(on("2027-11-01T00:00:00Z")).toEqual(["settings.region-loss-expired"]);
  });
});
