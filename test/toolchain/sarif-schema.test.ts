import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { RENDERERS } from "../../judge/reports/renderers.ts";
import { HOSTILE, many, report } from "../harness/verdicts.ts";

/**
 * The schema that OASIS published for SARIF 2.1.0 (errata 01), as a public-domain Go module carries it: no npm package has
 * it, and the Go module proxy serves it with a checksum. Read at test time, never copied.
 */
const MODULE = "github.com/owenrumney/go-sarif/v3@v3.3.1";
const DIGEST = "c3b4bb2d6093897483348925aaa73af03b3e3f4bd4ca38cef26dcb4212a2682e";

function publishedSchema(): object {
  const answer = execFileSync("go", ["mod", "download", "-json", MODULE], {
    encoding: "utf8",
    cwd: "/",
    env: { ...process.env, GOFLAGS: "-mod=mod" },
  });
  const { Dir } = JSON.parse(answer);
  const source = readFileSync(join(Dir, "pkg/report/v210/sarif/schema.go"), "utf8");
  const text = source.slice(source.indexOf("`") + 1, source.lastIndexOf("`"));
  expect(createHash("sha256").update(text).digest("hex")).toBe(DIGEST);
  // Draft 4 differs from what ajv speaks only in the name of the schema's own id.
  const { $schema: _, id: $id, ...rest } = JSON.parse(text);
  return { $id, ...rest };
}

describe("sarif", () => {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile(publishedSchema());
  const errorsOf = (over: Parameters<typeof report>[0]): unknown => {
    validate(JSON.parse(RENDERERS.sarif.render(report(over))));
    return validate.errors ?? [];
  };

  it("fits the published schema", () => expect(errorsOf({})).toEqual([]));
  it("fits it whatever an estate is called", () => expect(errorsOf({ findings: [HOSTILE] })).toEqual([]));
  it("fits it when there is nothing to say, and when there is much", () => {
    expect(errorsOf({ findings: [] })).toEqual([]);
    expect(errorsOf({ findings: many(2000) })).toEqual([]);
  });
  it("and the schema would refuse another shape", () => {
    expect(validate({ version: "2.1.0", runs: [{ results: "none" }] })).toBe(false);
  });
});
