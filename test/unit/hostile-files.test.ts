import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { estateOfFiles } from "../../cli/judge/files.ts";
import { readEstate } from "../../judge/doors/read.ts";
import { parsePolicy } from "../../judge/facts/bucket-policy.ts";
import { judgeEstate } from "../../judge/kit/judge.ts";
import { isAnySource } from "../../judge/kit/ranges.ts";
import { BastideError } from "../../kernel/errors.ts";
import { rules } from "../../policy-packs/bastide/rules/index.ts";
import { NOW, testLaw } from "../harness/law.ts";

/** Files that no engine wrote, and texts whose readers disagree. */
const state = (type: string, urnType = type): string =>
  `{"version":3,"deployment":{"resources":[{"urn":"urn:pulumi:a.b::p::${urnType}::x","type":"${type}","custom":true,"inputs":{"__proto__":{"a":1},"constructor":1}}]}}`;

describe("a hostile file", () => {
  it.each(["constructor", "__proto__", "toString", "pulumi:providers:__proto__"])(
    "of type %s is judged red",
    (type) => {
      const verdict = judgeEstate(readEstate(state(type), "f"), testLaw(), rules, { now: NOW });
      expect(verdict.outcome).toBe("fail");
      expect(verdict.findings.map((f) => f.got).filter((got) => String(got).includes("crashed"))).toEqual([]);
    },
  );

  it("whose resource is of another type than its URN says is the user's fault", () => {
    const read = () => readEstate(state("scaleway:account/project:Project", "scaleway:object/bucket:Bucket"), "f");
    expect(read).toThrow(BastideError);
  });
});

describe("a policy that readers may take in two ways", () => {
  const one = '{"Effect":"Allow","Principal":{"SCW":"user_id:a"},"Action":"s3:GetObject","Resource":"b"}';
  it("is read when it is plain, with colons and quotes in its texts", () => {
    const odd = one.replace('"b"', '"b/\\":x\\\\"');
    expect(parsePolicy(`{"Version":"2023-04-17","Statement":[${odd}]}`)?.statements).toHaveLength(1);
  });
  it.each([
    ["said twice", `{"Version":"2023-04-17","Statement":[],"Statement":[${one}]}`],
    ["said in small letters too", `{"Version":"2023-04-17","statement":[],"Statement":[${one}]}`],
    ["with a principal twice", `{"Statement":[${one.replace("{", '{"Principal":"*",')}]}`],
  ])("is not read: %s", (_, text) => expect(parsePolicy(text)).toBeUndefined());
});

describe("IPv6 space that holds IPv4", () => {
  it.each(["::ffff:0:0/96", "::/96", "64:ff9b::/96", "2002::/16", "::ffff:0.0.0.0/97"])("%s is any source", (text) =>
    expect(isAnySource(text)).toBe(true),
  );
  it("is not the documentation's", () => expect(isAnySource("2001:db8::/48")).toBe(false));
});

describe("several files of which some can't be read", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "bastide-files-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const refusal = (...paths: readonly string[]): BastideError => {
    try {
      estateOfFiles(paths);
    } catch (error) {
      if (error instanceof BastideError) return error;
    }
    throw new Error("nothing was refused");
  };

  it("are all named in one error, and none is judged", () => {
    const good = file("good.json", state("scaleway:account/project:Project"));
    const { faults, exit } = refusal(
      file("cut.json", '{"version":3,'),
      good,
      file("other.json", '{"a":1}'),
      join(folder, "none"),
    );
    expect(faults.map(({ path, code }) => [path, code])).toEqual([
      ["cut.json", "input.truncated"],
      ["other.json", "input.foreign"],
      ["none", "input.unreadable"],
    ]);
    expect(exit).toBe(2);
  });
  it("are the tool's trouble where one is the preview of a run that failed", () => {
    const failed = JSON.stringify({ steps: [], diagnostics: [{ message: "no", severity: "error" }] });
    expect(refusal(file("cut.json", "{"), file("failed.json", failed)).exit).toBe(3);
  });
});
