import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { MAX_BYTES } from "../../judge/reports/markdown.ts";
import type { Change, Review } from "../../judge/review/change.ts";
import { PHRASES } from "../../judge/review/phrases.data.ts";
import { REVIEW_FORMATS, type ReviewFormat } from "../../judge/review/render/form.ts";
import { MARKER } from "../../judge/review/render/markdown.ts";
import { REVIEW_RENDERERS } from "../../judge/review/render/renderers.ts";
import { reviewJsonSchema } from "../../judge/review/review-schema.ts";
import { raw, rawEstate, tagMap, urnOf } from "../harness/raw.ts";
import { review } from "../harness/reviews.ts";

const BUCKET = "scaleway:object/bucket:Bucket";
const POOL = "scaleway:kubernetes/pool:Pool";
const bucket = (name: string) => raw(BUCKET, name, { region: "fr-par", name, tags: tagMap("health-pseudo") });
const pools = (n: number, closed: boolean) =>
  Array.from({ length: n }, (_, i) => raw(POOL, `pool-${i}`, { zone: "fr-par-1", publicIpDisabled: closed }));

const typical = review(
  rawEstate([bucket("kept"), bucket("gone"), ...pools(9, true)]),
  rawEstate([bucket("kept"), ...pools(9, false)]),
);
const nothing = review(rawEstate([bucket("kept")]), rawEstate([bucket("kept")]));
const render = (format: ReviewFormat, of: Review = typical): string =>
  REVIEW_RENDERERS[format].render({ review: of, version: "0.1.0", artefact: "Pulumi.yaml" });

const HOSTILE = "x`|<script>alert(1)</script>@everyone\u202e\u0007";
const change = (over: Partial<Change>): Change => ({
  topic: "exposure",
  aspect: "public address",
  risk: "needs review",
  subject: urnOf(POOL, "p"),
  property: "publicIpDisabled",
  what: "",
  after: true,
  path: [],
  refusedBy: [],
  ...over,
});
const withChanges = (changes: readonly Change[]): Review => ({ ...typical, changes });

describe.each(REVIEW_FORMATS)("a review as %s", (format) => {
  it("has the same bytes in every run", () => expect(render(format)).toBe(render(format)));

  it("names what would be lost and who refuses what", () => {
    const text = render(format);
    expect(text).toContain("gone");
    expect(text).toContain("NET-01");
  });

  it("lets nothing of an estate out of its place", () => {
    const hostile = withChanges([
      change({
        subject: urnOf(POOL, HOSTILE),
        property: HOSTILE,
        what: HOSTILE,
        aspect: HOSTILE,
        path: [HOSTILE, HOSTILE],
      }),
      change({ aspect: "bastion admits", what: HOSTILE }),
    ]);
    const text = render(format, hostile);
    expect([...text].filter((c) => (c < " " && c !== "\n") || c === "\u202e")).toEqual([]);
    if (format === "html") expect(text).not.toContain("<script>");
    if (format === "markdown")
      expect(text.replaceAll(/(`+)[^`](?:.*?[^`])?\1(?!`)/g, "")).not.toMatch(/<script>|@everyone/);
  });
});

describe("a comment", () => {
  it("says in one line what one line of the program did to many", () => {
    const line = render("markdown")
      .split("\n")
      .find((l) => l.includes("public address"));
    expect(line).toMatch(
      /^- `Pool pool-0`, `pool-1`, `pool-2`, `pool-3`, `pool-4`, `pool-5` and 3 more gets a public address: the internet can reach it\. \*\*Refused by [^*]*NET-01\.\*\* <sub>`publicIpDisabled`<\/sub>$/,
    );
  });

  it("stays below what forges take, cut at a whole line that says so, worst kept", () => {
    const many = Array.from({ length: 3000 }, (_, i) =>
      change({ subject: urnOf(POOL, `p-${i}`), what: `w-${i}`, aspect: "bastion admits" }),
    );
    const text = render("markdown", withChanges([change({ risk: "refused", refusedBy: ["NET-01"] }), ...many]));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_BYTES);
    expect(text).toContain("NET-01");
    expect(text).toMatch(/\*\*\d+ less harmful changes are left out here\*\*/);
  });

  it("says nothing when nothing changed in meaning", () => {
    expect(nothing.changes).toEqual([]);
    expect(render("markdown", nothing)).toMatch(
      new RegExp(`^${MARKER}\n## What this change means: nothing changed in meaning\n`),
    );
    expect(render("markdown", nothing)).not.toMatch(/^- /m);
  });
});

describe("the data", () => {
  const validate = new Ajv2020({ strict: true }).compile(reviewJsonSchema());

  it("fits its published schema", () => {
    expect(validate(JSON.parse(render("json")))).toBe(true);
    expect(validate({ ...JSON.parse(render("json")), risk: "fine" })).toBe(false);
  });

  it("is one SARIF result a change, that never looks worse than it is", () => {
    const [run] = JSON.parse(render("sarif")).runs;
    expect(run.results).toHaveLength(typical.changes.length);
    for (const [i, { risk }] of typical.changes.entries()) {
      const { level, kind } = run.results[i];
      expect([risk, level === "error"]).toEqual([risk, risk === "refused" || risk === "needs consent"]);
      expect(kind === "informational").toBe(risk === "none");
    }
    const prints = run.results.map((r: { partialFingerprints: object }) => JSON.stringify(r.partialFingerprints));
    expect(new Set(prints).size).toBe(prints.length);
  });
});

it("every phrase is a sentence about its subject or what it names", () => {
  for (const [key, { gained, lost, changed }] of Object.entries(PHRASES)) {
    expect([gained, lost, changed ?? ""].join(" "), key).toMatch(/\b[SW]\b|judge's own code|of the/);
  }
});
