import { describe, expect, it } from "vitest";
import { type LedgerRecord, type Registration, readLedger, sealOf } from "../../judge/doors/ledger.ts";
import { readEstate } from "../../judge/doors/read.ts";
import type { RawEstate, RawResource } from "../../judge/facts/raw.ts";
import { judgeEstate } from "../../judge/kit/judge.ts";
import { lawForForeign } from "../../judge/kit/law.ts";
import { BastideError } from "../../kernel/errors.ts";
import { rules } from "../../policy-packs/bastide/rules/index.ts";
import * as files from "../harness/engine-files.ts";

const NONCE = "only the judge knows";
const RUN = { nonce: NONCE, name: "trial.foundation" };
const KEY = "scaleway:keymanager/key:Key";
const ENCRYPTION = "scaleway:object/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const BUCKET = "scaleway:object/bucket:Bucket";

const registration = (type: string, name: string, over: Partial<Registration> = {}): Registration => ({
  kind: "resource",
  urn: files.urn(type, name),
  type,
  custom: true,
  remote: false,
  external: false,
  parent: files.urn("pulumi:pulumi:Stack", "theirs-trial.foundation"),
  provider: `${files.urn("pulumi:providers:scaleway", "paris")}::5e0e`,
  id: `fr-par/${name}`,
  inputs: { region: "fr-par" },
  propertyDependencies: {},
  dependencies: [],
  protect: false,
  retainOnDelete: false,
  replaceOnChanges: [],
  frames: [],
  ...over,
});

const stream = (records: readonly object[]): string => records.map((r) => `${JSON.stringify(r)}\n`).join("");
const end = (streamed: string, nonce = NONCE): LedgerRecord => ({
  kind: "end",
  records: streamed.split("\n").length - 1,
  seal: sealOf(nonce, streamed),
});
const sealed = (records: readonly object[]): string => stream([...records, end(stream(records))]);
const refusal = (text: string): BastideError => {
  try {
    readLedger(text, RUN);
  } catch (error) {
    if (error instanceof BastideError) return error;
    throw error;
  }
  throw new Error("it was accepted");
};

const body = [registration(BUCKET, "a"), registration(BUCKET, "b")];
const whole = stream(body);

describe("a ledger that is not whole is refused", () => {
  const broken: Readonly<Record<string, string>> = {
    empty: "",
    "without an end": whole,
    "cut in a record": sealed(body).slice(0, -10),
    "cut at a line": `${sealed(body).split("\n").slice(0, 2).join("\n")}\n`,
    "sealed with another key": stream([...body, end(whole, "guessed")]),
    "with a record more": `${stream([registration(BUCKET, "c")])}${sealed(body)}`,
    "with a record less": stream([...body.slice(1), end(whole)]),
    "with a record changed": sealed(body).replace("fr-par", "nl-ams"),
    "with its records reordered": stream([...[...body].reverse(), end(whole)]),
    "with something after its end": `${sealed(body)}${whole}`,
    "ended twice": sealed([...body, end(whole)]),
    "with noise": sealed(body).replace("\n", "\nhello\n"),
    "with a record of another kind": sealed([...body, { kind: "verdict", outcome: "pass" }]),
    "with a field that nobody knows": sealed([{ ...registration(BUCKET, "a"), trusted: true }]),
    "that tells a failure": sealed([...body, { kind: "failed", reason: "it threw: x" }]),
    "that names a resource twice": sealed([registration(BUCKET, "a"), registration(BUCKET, "a")]),
  };
  for (const [what, text] of Object.entries(broken)) it(what, () => expect(refusal(text).exit).toBe(3));

  it("and what the program says of it stays quoted", () => {
    const { message } = refusal(sealed([{ kind: "failed", reason: "x\n\u001b[2Jpass: fine" }]));
    expect(message).toContain("\n      |  [2Jpass: fine");
  });
});

describe("a whole ledger", () => {
  it("is an estate, in canonical order, whatever the order of registration", () => {
    const { estate } = readLedger(sealed([...body].reverse()), RUN);
    expect(estate).toEqual(readLedger(sealed(body), RUN).estate);
    expect(estate.notSeen).toEqual(["default-providers", "deletes", "other-stacks", "packages", "provider-defaults"]);
  });

  it("says which things it could not see", () => {
    const records = [
      registration("pkg:index:Remote", "r", { custom: false, remote: true }),
      { kind: "function", token: "t" },
    ];
    expect(readLedger(sealed(records), RUN).estate.notSeen).toEqual(
      expect.arrayContaining(["provider-functions", "remote-components"]),
    );
  });
});

describe("one estate through three doors", () => {
  const keyUrn = files.urn(KEY, "k");
  const dependsOnKey = { propertyDependencies: { rules: [keyUrn] }, dependencies: [keyUrn] };
  const tags = { "data-class": "health-pseudo", tier: "data", env: "prod", owner: "ops" };
  const encryption = (key: string) => ({
    bucket: "data",
    region: "fr-par",
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key } }],
  });
  const bucketInputs = { name: "data", region: "nl-ams", tags, lifecycleRules: [{ enabled: true }] };
  const keyTags = ["data-class=health-pseudo", "tier=data", "env=prod", "owner=ops"];
  const keyInputs = { region: "fr-par", usage: "symmetric_encryption", algorithm: "aes_256_gcm", tags: keyTags };

  const ledger = readLedger(
    sealed([
      registration(BUCKET, "data", { inputs: bucketInputs, id: "nl-ams/opaque" }),
      registration(KEY, "k", { inputs: keyInputs, id: "fr-par/opaque" }),
      registration(ENCRYPTION, "sse", { inputs: encryption("fr-par/opaque"), ...dependsOnKey }),
    ]),
    RUN,
  ).estate;
  const state = readEstate(
    files.stackExport([
      files.wireResource(BUCKET, "data", {
        inputs: { ...bucketInputs, acl: "private", __defaults: ["acl"] },
        outputs: bucketInputs,
        id: "nl-ams/data",
      }),
      files.wireResource(KEY, "k", { inputs: keyInputs, outputs: keyInputs, id: "fr-par/0001" }),
      files.wireResource(ENCRYPTION, "sse", {
        inputs: encryption("fr-par/0001"),
        outputs: encryption("fr-par/0001"),
        ...dependsOnKey,
      }),
    ]),
    "state.json",
  );
  const planned = readEstate(
    files.preview([
      files.step(
        "create",
        files.wireResource(BUCKET, "data", { inputs: bucketInputs, outputs: bucketInputs, id: undefined }),
      ),
      files.step("create", files.wireResource(KEY, "k", { inputs: keyInputs, outputs: keyInputs, id: undefined })),
      files.step(
        "create",
        files.wireResource(ENCRYPTION, "sse", {
          inputs: encryption(files.UNKNOWN_TEXT),
          id: undefined,
          outputs: {},
          ...dependsOnKey,
        }),
      ),
    ]),
    "plan.json",
  );

  const common = (r: RawResource) => {
    const { urn, type, name, custom, parent, provider, propertyDependencies, dependencies, options } = r;
    return { urn, type, name, custom, parent, provider, propertyDependencies, dependencies, options };
  };
  const sortedCommon = (estate: RawEstate) => estate.resources.map(common).sort((a, b) => (a.urn < b.urn ? -1 : 1));

  it("has the same raw facts, ids and provider's answers aside", () => {
    expect(sortedCommon(state)).toEqual(sortedCommon(ledger));
    expect(sortedCommon(planned)).toEqual(sortedCommon(ledger));
    const inputs = (e: RawEstate) => e.resources.find((r) => r.type === BUCKET)?.inputs;
    expect(inputs(state)).toEqual(inputs(ledger));
    expect(inputs(planned)).toEqual(inputs(ledger));
  });

  it("gets the same findings, and each door says what it can't see", () => {
    const law = lawForForeign("fr-health");
    const told = (estate: RawEstate) =>
      judgeEstate(estate, law, rules, { now: "2026-11-23T00:00:00.000Z" })
        .findings.filter((f) => f.outcome === "fail")
        .map((f) => `${f.rule} ${f.subject} ${f.property}`);
    expect(told(ledger).length).toBeGreaterThan(2);
    expect(told(state)).toEqual(told(ledger));
    // What form an id has is seen once it is there: a plan has only what it is derived from.
    expect(told(ledger).filter((line) => line.startsWith("TRP-14"))).toHaveLength(1);
    expect(told(planned)).toEqual(told(ledger).filter((line) => !line.startsWith("TRP-14")));
    expect([ledger, state, planned].map((e) => e.notSeen)).toEqual([
      ["default-providers", "deletes", "other-stacks", "packages", "provider-defaults"],
      ["deletes", "other-stacks", "packages"],
      ["default-providers", "other-stacks", "packages"],
    ]);
  });
});
