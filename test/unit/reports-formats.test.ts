import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { MAX_BYTES } from "../../judge/reports/markdown.ts";
import { RENDERERS } from "../../judge/reports/renderers.ts";
import { FORMATS } from "../../judge/reports/report.ts";
import { MAX_RESULTS } from "../../judge/reports/sarif.ts";
import { parseVerdict, verdictJsonSchema } from "../../judge/reports/verdict-schema.ts";
import { byHarm, safe } from "../../judge/reports/wording.ts";
import { FINDINGS, HOSTILE, many, report, verdict } from "../harness/verdicts.ts";

const root = join(import.meta.dirname, "../..");
const render = (format: (typeof FORMATS)[number], over: Parameters<typeof report>[0] = {}): string =>
  RENDERERS[format].render(report(over));

/** RFC 4180, read back. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  for (const line of text.trimEnd().split("\r\n")) {
    const cells = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)];
    rows.push(cells.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? ""));
  }
  return rows;
}

describe.each(FORMATS)("%s", (format) => {
  it("is what the golden file says", async () => {
    await expect(render(format)).toMatchFileSnapshot(join(root, "test/golden/reports", RENDERERS[format].file));
  });

  it("has the same bytes whatever the order of the findings", () => {
    const sorted = [...FINDINGS].sort(byHarm);
    expect(render(format, { findings: [...FINDINGS].reverse() }) === render(format, { findings: sorted })).toBe(
      format !== "json",
    );
  });

  it("uses no forbidden word", () => {
    for (const outcome of ["pass", "fail", "undecided"] as const) {
      expect(render(format, { outcome })).not.toMatch(
        /\bcompliant\b|\bcertified\b|SecNumCloud-ready|air-gapped|sovereign by design/i,
      );
    }
  });

  it("holds no control character and ends with a line break", () => {
    const text = render(format, { findings: [HOSTILE] });
    expect(text).toMatch(/\n$/);
    expect([...text].filter((c) => (c < " " && !"\r\n".includes(c)) || c === "\u202e")).toEqual([]);
  });

  it("says nothing of a violation when there is none", () => {
    const counts = { ...verdict().counts, fail: 0, undecided: 0 };
    expect(render(format, { outcome: "pass", findings: [], counts })).not.toContain("got");
  });
});

describe("json", () => {
  const validate = new Ajv2020({ strict: true }).compile(verdictJsonSchema());

  it("fits its published schema, which is up to date", () => {
    const committed: unknown = JSON.parse(readFileSync(join(root, "docs/schema/verdict.schema.json"), "utf8"));
    expect(committed).toEqual(JSON.parse(JSON.stringify(verdictJsonSchema())));
    expect(validate(JSON.parse(render("json")))).toBe(true);
    expect(validate({ ...JSON.parse(render("json")), outcome: "maybe" })).toBe(false);
  });

  it("reads back as the same verdict", () => expect(parseVerdict(JSON.parse(render("json")))).toEqual(verdict()));
});

describe("csv", () => {
  it("neutralises what a spreadsheet would run", () => {
    const [, ...rows] = readCsv(render("csv", { findings: [HOSTILE] }));
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    expect(rows[0]?.[9]).toBe("'=cmd|' /C calc'!A0");
  });

  it("has one row for each clause, with version, relation and addressee", () => {
    const [header, ...rows] = readCsv(render("csv"));
    const table = rows.map((row) => Object.fromEntries((header ?? []).map((name, i) => [name, row[i]])));
    expect(table).toHaveLength(3 + 1 + 1 + 1);
    expect(table[0]).toMatchObject({ fw: "INT", fw_id: "R4", relation: "guidance", region: "fr-par", run_id: "run-7" });
    expect(table[2]).toMatchObject({ fw: "SNDS24", fw_id: "3.2", verified: "no", addressee: "customer" });
    expect(table[5]).toMatchObject({ result: "waived", waiver_expiry: "2026-12-01" });
  });
});

describe("markdown", () => {
  it("stays within a forge's comment, worst first, and counts what it cuts", () => {
    const text = render("markdown", { findings: manyRules(400) });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_BYTES);
    expect(text).toMatch(/\*\*\d+ more findings are left out here\*\*/);
    expect(text).toContain("node egress unfiltered");
  });

  it("lets no markup of the estate through", () => {
    const text = render("markdown", { findings: [HOSTILE] });
    const outside = text.replaceAll(/(`+)(?!`).*?(?<!`)\1(?!`)/g, "");
    expect(outside).not.toMatch(/<script|!\[x\]|HYPERLINK/);
    expect(text.split("\n").filter((line) => line.startsWith("| "))).toHaveLength(2);
  });
});

const manyRules = (n: number) => many(n).map((f, i) => ({ ...f, rule: `NET-${i}` }));

describe("html", () => {
  it("escapes the estate and forbids every request", () => {
    const page = render("html", { findings: [HOSTILE] });
    expect(page).not.toContain("<script");
    expect(page).toContain("default-src &#39;none&#39;".replaceAll("&#39;", "'"));
    expect(page).not.toMatch(/(src|href)=/);
  });
});

describe("junit", () => {
  it("is well-formed, and fails, errs and skips what it should", () => {
    const xml = render("junit", { findings: [...FINDINGS, HOSTILE] });
    expect(XMLValidator.validate(xml)).toBe(true);
    const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(xml);
    const { testcase } = testsuites.testsuite;
    const having = (child: string): number => testcase.filter((c: object) => child in c).length;
    expect([having("failure"), having("error"), having("skipped")]).toEqual([2, 1, 2]);
    expect(testsuites["@_failures"]).toBe("2");
    expect(testcase.map((c: Record<string, string>) => c["@_classname"])).toContain("LOC-01");
  });
});

describe("codequality", () => {
  it("has what GitLab asks of each issue, with unique fingerprints", () => {
    const issues: Record<string, unknown>[] = JSON.parse(
      render("codequality", { findings: [...FINDINGS, ...many(50)] }),
    );
    for (const issue of issues) {
      expect(issue).toMatchObject({
        description: expect.any(String),
        check_name: expect.any(String),
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
        severity: expect.stringMatching(/^(info|minor|major|critical|blocker)$/),
        location: { path: expect.any(String), lines: { begin: expect.any(Number) } },
      });
    }
    expect(new Set(issues.map((i) => i.fingerprint)).size).toBe(issues.length);
  });
});

describe("sarif", () => {
  const run = (over = {}) => JSON.parse(render("sarif", over)).runs[0];

  it("names each rule once, in order, and every result points into the list", () => {
    const { tool, results, taxonomies } = run();
    const ids: string[] = tool.driver.rules.map((r: { id: string }) => r.id);
    expect(ids).toEqual([...new Set(ids)].sort());
    for (const r of results) expect(ids[r.ruleIndex]).toBe(r.ruleId);
    for (const { name, index } of tool.driver.supportedTaxonomies) expect(taxonomies[index].name).toBe(name);
  });

  it("tells kinds apart, and suppresses what is waived", () => {
    const kinds = run().results.map((r: { kind: string; level: string }) => `${r.kind} ${r.level}`);
    expect(kinds).toEqual(["fail error", "open none", "fail note", "fail error"]);
    expect(run().results[3].suppressions[0].justification).toContain("drill");
  });

  it("knows the line of a construct, and falls back to the judged file", () => {
    const uris = run().results.map(
      (r: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }) =>
        r.locations[0]?.physicalLocation.artifactLocation.uri,
    );
    expect(uris).toEqual(["index.ts", "Pulumi.yaml", "Pulumi.yaml", "Pulumi.yaml"]);
  });

  it("stays under the forges' limit, and says so", () => {
    const big = run({ findings: many(MAX_RESULTS + 5) });
    expect(big.results).toHaveLength(MAX_RESULTS);
    expect(JSON.stringify(big.invocations)).toContain("5 less harmful results are left out");
  });
});

describe("text from an estate", () => {
  it("is shown, not obeyed", () => expect(safe("a\u001b[1m\nb\u202e\ud800")).toBe("a\\u001b[1m\\u000ab\\u202e\\ud800"));
});
