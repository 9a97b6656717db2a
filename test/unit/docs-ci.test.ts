import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { commandsOf } from "../../docs/generate/commands.ts";
import { readFile, repository } from "../harness/pages.ts";

/** The snippets for forges are what they say: well-formed, and of commands and options that there are. */
const lines = (file: string): readonly string[] =>
  readFile(file)
    .split("\n")
    .filter((line) => line.includes("npx bastide"));

describe.each(["docs/ci/github.yml", "docs/ci/gitlab.yml", "docs/ci/gate.sh"])("%s", (file) => {
  it("calls commands and options that there are", () => {
    expect(lines(file).length).toBeGreaterThan(0);
    for (const line of lines(file)) {
      const [name, ...rest] = line.split("npx bastide ")[1]?.split(/\s+/) ?? [];
      const command = commandsOf().find((c) => c.name === name)?.command;
      const options = command?.options.map((o) => o.long) ?? [];
      expect(rest.filter((word) => word.startsWith("--") && !options.includes(word))).toEqual([]);
    }
  });

  it("takes the law from somewhere else than the change", () => {
    for (const line of lines(file)) expect(line).toMatch(/--law "?(origin\/|FETCH_HEAD|\$base)/);
  });
});

describe("snippets", () => {
  it("for GitHub have the form of a workflow", () => {
    const workflow = parse(readFile("docs/ci/github.yml"));
    expect(Object.keys(workflow)).toEqual(["name", "on", "permissions", "jobs"]);
    for (const step of workflow.jobs.gate.steps) expect("run" in step || "uses" in step).toBe(true);
  });

  it("for GitLab have the form of a job, and hand over the reports that GitLab shows", () => {
    const { gate } = parse(readFile("docs/ci/gitlab.yml"));
    expect(gate.script.every((line: unknown) => typeof line === "string")).toBe(true);
    expect(gate.artifacts.reports).toEqual({
      junit: "out/gate/junit.xml",
      codequality: "out/gate/codequality.json",
    });
  });

  it("for a shell parse, and do not take a missing base for an answer", () => {
    const script = join(repository, "docs/ci/gate.sh");
    expect(spawnSync("sh", ["-n", script]).status).toBe(0);
    expect(spawnSync("sh", [script, "no-such-branch"], { cwd: repository }).status).toBe(2);
    expect(spawnSync("sh", [script], { cwd: repository }).status).not.toBe(0);
  });
});
