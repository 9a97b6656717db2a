import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reviewSchema } from "../../judge/review/review-schema.ts";

/** Two commits of somebody else's program, reviewed by the command line as a forge's job would. */
const root = resolve(import.meta.dirname, "../..");
let program: string;

const git = (...args: string[]): string =>
  execFileSync("git", ["-C", program, "-c", "user.name=t", "-c", "user.email=t@example.org", ...args], {
    encoding: "utf8",
  });

const bastide = (...args: string[]): { readonly code: number; readonly stdout: string; readonly stderr: string } => {
  const command = ["--disable-warning=ExperimentalWarning", join(root, "cli", "main.ts"), ...args];
  try {
    const stdout = execFileSync(process.execPath, command, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    return { code: 0, stdout, stderr: "" };
  } catch (error) {
    const of = (name: string): string => String(Reflect.get(Object(error), name) ?? "");
    return { code: Number(of("status")), stdout: of("stdout"), stderr: of("stderr") };
  }
};

const review = (base: string, head: string, ...flags: string[]) =>
  bastide("review", base, head, "--program", program, "--stack", "dev", "--profile", "eu", ...flags);

beforeAll(() => {
  program = realpathSync(mkdtempSync(join(tmpdir(), "bastide-review-")));
  cpSync(join(import.meta.dirname, "programs", "honest"), program, { recursive: true });
  symlinkSync(realpathSync(join(root, "node_modules")), join(program, "node_modules"));
  writeFileSync(join(program, ".gitignore"), "node_modules\n");
  writeFileSync(join(program, "package.json"), '{"name":"honest","type":"module"}\n');
  git("init", "-q", "-b", "main");
  git("add", "-A");
  git("commit", "-qm", "one");
  const index = readFileSync(join(program, "index.ts"), "utf8");
  const data = 'new scaleway.object.Bucket("data", { region: "fr-par", tags: { owner: "ops" } }, options)';
  expect(index).toContain(data);
  const moved = data.replace("fr-par", "nl-ams").replace("ops", "somebody");
  const opened =
    'new scaleway.network.PublicGateway("door", { zone: "fr-par-1", type: "VPC-GW-S", bastionEnabled: true }, options);\n';
  writeFileSync(join(program, "index.ts"), index.replace(data, moved).replace("class Store", `${opened}class Store`));
  git("commit", "-qam", "two");
});
afterAll(() => rmSync(program, { recursive: true, force: true }));

describe("review of two revisions", () => {
  it("says what opened and what would be lost, each at the line of the program that did it", () => {
    const { stdout } = review("HEAD~1", "HEAD", "--json");
    const { changes } = reviewSchema.parse(JSON.parse(stdout));
    const door = changes.find((c) => c.aspect === "bastion admits");
    expect(door).toMatchObject({ what: "any address", source: { file: "index.ts" } });
    expect(readFileSync(join(program, "index.ts"), "utf8").split("\n")[(door?.source?.line ?? 0) - 1]).toContain(
      "door",
    );
    expect(changes.find((c) => c.topic === "loss")).toMatchObject({
      aspect: "replace",
      property: "region",
      what: "every object in it",
    });
  });

  it("says nothing between a revision and itself, and exits 0", () => {
    const { code, stdout } = review("HEAD", "main", "--json");
    expect([code, reviewSchema.parse(JSON.parse(stdout)).changes]).toEqual([0, []]);
  });

  it("leaves no checkout behind, and the program's tree as it was", () =>
    expect(git("status", "--porcelain")).toBe(""));
});

describe("bad input", () => {
  it.each([
    { args: ["nowhere", "HEAD"], says: "review.side" },
    { args: ["HEAD", "HEAD", "--format", "text,json"], says: "several formats need a folder" },
    { args: ["HEAD", "HEAD", "--format", "csv"], says: "no such format" },
  ])("$args is exit 2", ({ args, says }) => {
    const { code, stderr } = review(args[0] ?? "", args[1] ?? "", ...args.slice(2));
    expect(code, stderr).toBe(2);
    expect(stderr).toContain(says);
  });

  it("a revision needs a stack", () => {
    const { code, stderr } = bastide("review", "HEAD", "HEAD", "--program", program);
    expect([code, stderr]).toEqual([2, expect.stringContaining("--stack")]);
  });
});
