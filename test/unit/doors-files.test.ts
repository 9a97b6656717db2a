import { describe, expect, it } from "vitest";
import { combineEstates } from "../../judge/doors/estate.ts";
import { readEstate } from "../../judge/doors/read.ts";
import { type RawResource, SECRET, UNKNOWN } from "../../judge/facts/raw.ts";
import { BastideError } from "../../kernel/errors.ts";
import * as files from "../harness/engine-files.ts";

const BUCKET = "scaleway:object/bucket:Bucket";
const KEY = "scaleway:keymanager/key:Key";
const bucket = (over: files.Wire = {}): files.Wire => files.wireResource(BUCKET, "data", over);

const errorOf = (work: () => unknown): BastideError => {
  try {
    work();
  } catch (error) {
    if (error instanceof BastideError) return error;
    throw error;
  }
  throw new Error("it was accepted");
};

const only = (text: string): RawResource => {
  const [resource] = readEstate(text, "file.json").resources;
  if (resource === undefined) throw new Error("no resource");
  return resource;
};

const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

/** What is wrong → the file, the exit code it must end with, and the code of the fault. */
const REFUSED: Readonly<Record<string, readonly [string, 2 | 3, string]>> = {
  "an empty file": ["", 2, "input.empty"],
  "a file cut short": [files.stackExport([bucket()]).slice(0, 300), 2, "input.truncated"],
  "text that is no JSON": ["hello", 2, "input.truncated"],
  "a list": ["[]", 2, "input.foreign"],
  "a number": ["7", 2, "input.foreign"],
  null: ["null", 2, "input.foreign"],
  "a Terraform state": ['{"version":4,"terraform_version":"1.11.4","resources":[]}', 2, "input.foreign"],
  "a state of an older version": [files.stackExport([bucket()], { version: 2 }), 2, "state.version"],
  "a state of a later version": [files.stackExport([bucket()], { version: 5 }), 2, "state.version"],
  "a state without version": [files.stackExport([bucket()], { version: undefined }), 2, "input.shape"],
  "a state with a feature that changes its meaning": [
    files.stackExport([bucket()], { version: 4, features: ["snippets"] }),
    2,
    "state.feature",
  ],
  "a stack that was never applied": ['{"version":3,"deployment":{"manifest":{}}}', 2, "state.empty"],
  "a checkpoint without content": ['{"version":3,"checkpoint":{"stack":"s"}}', 2, "state.empty"],
  "a state whose resources are no list": [files.stackExport([], {}, { resources: {} }), 2, "input.shape"],
  "a resource without URN": [files.stackExport([bucket({ urn: undefined })]), 2, "input.shape"],
  "a URN of another engine": [files.stackExport([bucket({ urn: "arn:aws:s3:::b" })]), 2, "input.shape"],
  "inputs that are a list": [files.stackExport([bucket({ inputs: [] })]), 2, "input.shape"],
  "inputs that nest to exhaust the stack": [
    files.stackExport([bucket({ inputs: { deep: "HERE" } })]).replace('"HERE"', nested(100_000)),
    2,
    "input.too-deep",
  ],
  "a preview of nothing": [files.preview([]), 2, "preview.empty"],
  "a preview with an operation that we don't know": [
    files.preview([files.step("teleport", bucket())]),
    2,
    "preview.operation",
  ],
  "a step that plans no state": [
    files.preview([files.step("create", bucket(), { newState: null })]),
    2,
    "preview.no-state",
  ],
  "a preview of a program that threw": [
    files.preview([files.step("create", bucket())], {
      diagnostics: [
        { severity: "warning", message: "w" },
        { severity: "error", message: "boom" },
      ],
    }),
    3,
    "preview.failed",
  ],
  "a preview that may be corrupt": [
    files.preview([files.step("create", bucket())], { maybeCorrupt: true }),
    3,
    "preview.failed",
  ],
  "the streaming form of a preview": [
    '{"sequence":0,"timestamp":1,"preludeEvent":{"config":{}}}\n{"sequence":1,"timestamp":1,"resourcePreEvent":{}}\n',
    2,
    "preview.streaming",
  ],
  "the streaming form, cut to one event": ['{"sequence":0,"timestamp":1,"preludeEvent":{}}', 2, "preview.streaming"],
};

describe("a file that can't be judged is refused", () => {
  for (const [what, [text, exit, code]] of Object.entries(REFUSED)) {
    it(what, () => {
      const error = errorOf(() => readEstate(text, "file.json"));
      expect({ exit: error.exit, codes: error.faults.map((f) => f.code) }).toEqual({
        exit,
        codes: expect.arrayContaining([code]),
      });
      expect(error.message).toMatch(/file\.json|urn:pulumi:/);
    });
  }
});

describe("a state", () => {
  it("is the same as an export and as a checkpoint", () => {
    const resources = [files.stackRoot(), bucket()];
    expect(readEstate(files.checkpoint(resources), "f")).toEqual(readEstate(files.stackExport(resources), "f"));
  });

  it("names its stack, and what it can't show", () => {
    const { subject, notSeen, door, steps } = readEstate(files.stackExport([bucket()]), "f");
    expect({ subject, notSeen, door, steps }).toEqual({
      subject: "trial.foundation",
      notSeen: ["deletes", "other-stacks", "packages"],
      door: "state",
      steps: undefined,
    });
  });

  it("says so when an operation on it was cut short", () => {
    const dying = { ...bucket({ delete: true }), urn: files.urn(BUCKET, "dying") };
    const text = files.stackExport([bucket(), dying], {}, { pending_operations: [{ type: "creating" }] });
    const { resources, notSeen } = readEstate(text, "f");
    expect(resources.map((r) => r.name)).toEqual(["data"]);
    expect(notSeen).toEqual(["deletes", "other-stacks", "packages", "pending-operations", "pending-deletes"]);
  });

  it("leaves out what the provider filled in, at every depth", () => {
    const inputs = {
      name: "auto-1",
      region: "fr-par",
      __defaults: ["name"],
      rules: [{ days: 3, mode: "COMPLIANCE", __defaults: ["days"] }],
    };
    expect(only(files.stackExport([bucket({ inputs })])).inputs).toEqual({
      region: "fr-par",
      rules: [{ mode: "COMPLIANCE" }],
    });
  });

  it("knows secrets, encrypted or plain, and reads none", () => {
    const inputs = {
      sealed: { ...files.SECRET_MARK, ciphertext: "v1:abc" },
      plain: { ...files.SECRET_MARK, plaintext: '"hunter2"' },
      list: [{ inner: { ...files.SECRET_MARK, plaintext: "1" } }],
    };
    expect(only(files.stackExport([bucket({ inputs })])).inputs).toEqual({
      sealed: SECRET,
      plain: SECRET,
      list: [{ inner: SECRET }],
    });
  });

  it("takes a resource passed whole for its id, a component for its URN", () => {
    const mark = { "4dabf18193072939515e22adb298388d": "5cf8f73096256a8f31e491e813e4eb8e" };
    const inputs = {
      vpc: { ...mark, urn: "urn:x", id: "fr-par/1" },
      unborn: { ...mark, urn: "urn:x", id: "" },
      part: { ...mark, urn: "urn:c" },
    };
    expect(only(files.stackExport([bucket({ inputs })])).inputs).toEqual({
      vpc: "fr-par/1",
      unborn: UNKNOWN,
      part: "urn:c",
    });
  });

  it("keeps a property named __proto__ a property", () => {
    const text = files.stackExport([bucket()]).replace('"inputs":{', '"inputs":{"__proto__":{"region":"nl-ams"},');
    const { inputs } = only(text);
    expect(Object.getPrototypeOf(inputs)).toBe(Object.prototype);
    expect(inputs.region).toBe("fr-par");
  });

  it("shows options, provider, dependencies and the construct's line", () => {
    const key = files.urn(KEY, "k");
    const resource = only(
      files.stackExport([
        bucket({
          protect: true,
          replaceOnChanges: ["name"],
          dependencies: [key],
          propertyDependencies: { zone: [], policy: [key], acl: null },
          sourcePosition: "project:///components/domain.ts#12,5",
        }),
      ]),
    );
    expect(resource.options).toEqual({
      protect: { visible: true, value: true },
      retainOnDelete: { visible: true, value: false },
      replaceOnChanges: { visible: true, value: ["name"] },
    });
    expect(resource.provider).toBe(files.urn("pulumi:providers:scaleway", "paris"));
    expect(resource.propertyDependencies).toEqual({ policy: [key] });
    expect(resource.source).toEqual({ file: "components/domain.ts", line: 12 });
  });
});

describe("a state that was refreshed", () => {
  const LOCK = "scaleway:object/bucketLockConfiguration:BucketLockConfiguration";
  const later = { modified: "2026-11-02T00:00:00Z" };
  const lock = (over: files.Wire = {}): files.Wire =>
    files.wireResource(LOCK, "lock", {
      inputs: { bucket: "data" },
      outputs: { bucket: "data" },
      propertyDependencies: { region: [], projectId: null, bucket: [] },
      ...later,
      ...over,
    });
  const overwritten = (...resources: files.Wire[]): readonly unknown[] =>
    readEstate(files.stackExport(resources), "f").resources.map((r) => r.overwritten);

  it.each([
    ["names what was registered and is gone", [lock()], [["projectId", "region"]]],
    [
      "names what is null on both sides",
      [lock({ inputs: { bucket: "data", region: null }, propertyDependencies: { bucket: [] } })],
      [["region"]],
    ],
    ["says nothing of a resource as it was made", [bucket(), lock()], [undefined, ["projectId", "region"]]],
    [
      "says nothing of what the provider checked since",
      [
        lock({ inputs: { bucket: "data", __defaults: [] } }),
        lock({ inputs: { bucket: "data", __defaults: ["name"] } }),
      ],
      [undefined, undefined],
    ],
    [
      "takes nothing away where all that was registered is there",
      [bucket(later), lock({ inputs: { bucket: "data", region: "fr-par", projectId: "p" } })],
      [[], []],
    ],
    [
      "takes away no input that was answered",
      [lock({ outputs: { bucket: "data", region: "fr-par", projectId: "p" } })],
      [[]],
    ],
    ["is none for a component", [lock({ custom: false })], [undefined]],
    [
      "is none for a resource as it was made, whatever is gone",
      [lock({ modified: "2026-11-01T00:00:00Z" })],
      [undefined],
    ],
    [
      "is none where nothing is dated",
      [lock({ modified: undefined }), lock({ created: undefined })],
      [undefined, undefined],
    ],
    ["takes nothing away where the engine noted no dependencies", [lock({ propertyDependencies: null })], [[]]],
    [
      "is none of another provider, which notes nothing",
      [{ ...bucket(later), type: "bastide:keymanager:Key", urn: files.urn("bastide:keymanager:Key", "k") }],
      [undefined],
    ],
  ])("%s", (_, resources, expected) => expect(overwritten(...resources)).toEqual(expected));
});

describe("a preview", () => {
  it("is the estate as it will be, and its steps", () => {
    const gone = { ...bucket(), urn: files.urn(BUCKET, "gone") };
    const key = files.wireResource(KEY, "k");
    const text = files.preview([
      files.step("create", bucket({ id: undefined })),
      files.step("delete", gone),
      files.step("replace", key, { oldState: key, replaceReasons: ["usage"] }),
      files.step("create-replacement", key, { replaceReasons: ["region"] }),
      files.step("delete-replaced", key),
      files.step("discard", gone),
    ]);
    const { resources, steps, door } = readEstate(text, "f");
    expect(door).toBe("preview-file");
    expect(resources.map((r) => [r.name, r.id])).toEqual([
      ["data", UNKNOWN],
      ["k", "fr-par/k"],
    ]);
    expect(steps?.map((s) => [s.urn, s.op, s.replaceReasons])).toEqual([
      [files.urn(KEY, "k"), "replace", ["region", "usage"]],
      [files.urn(BUCKET, "data"), "create", []],
      [files.urn(BUCKET, "gone"), "delete", []],
    ]);
  });

  it("knows unknowns of every type, and blinded secrets", () => {
    const marks = ["1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", "3eeb2bf0-c639-47a8-9e75-3b44932eb421", files.UNKNOWN_TEXT];
    const inputs = { marks, password: "[secret]", almost: `x${files.UNKNOWN_TEXT}` };
    expect(only(files.preview([files.step("create", bucket({ inputs }))])).inputs).toEqual({
      marks: [UNKNOWN, UNKNOWN, UNKNOWN],
      password: SECRET,
      almost: `x${files.UNKNOWN_TEXT}`,
    });
  });

  it("says so when unchanged resources are left out", () => {
    const shown = files.preview([files.step("same", bucket())], { changeSummary: { same: 1 } });
    const hidden = files.preview([files.step("create", bucket())], { changeSummary: { same: 40, create: 1 } });
    expect(readEstate(shown, "f").notSeen).not.toContain("unchanged-resources");
    expect(readEstate(hidden, "f").notSeen).toContain("unchanged-resources");
  });
});

describe("several files", () => {
  const stack = (prefix: string, name = "data") => {
    const resource = { ...bucket(), urn: files.urn(BUCKET, name, prefix) };
    return { file: `${name}.json`, estate: readEstate(files.stackExport([resource]), `${name}.json`) };
  };

  it("are one estate when project and environment agree", () => {
    const estate = combineEstates([
      stack("urn:pulumi:trial.platform::p", "b"),
      stack("urn:pulumi:trial.foundation::p", "a"),
    ]);
    expect(estate.subject).toBe("trial.foundation, trial.platform");
    expect(estate.resources.map((r) => r.name)).toEqual(["a", "b"]);
  });

  it.each([
    ["of two projects", [stack("urn:pulumi:t::p", "a"), stack("urn:pulumi:t::q", "b")]],
    ["of two environments", [stack("urn:pulumi:t.x::p", "a"), stack("urn:pulumi:u.x::p", "b")]],
    ["the same one twice", [stack("urn:pulumi:t::p", "a"), stack("urn:pulumi:t::p", "a")]],
    ["none at all", []],
    [
      "a state and a preview",
      [
        stack("urn:pulumi:t::p"),
        { file: "f", estate: readEstate(files.preview([files.step("create", bucket())]), "f") },
      ],
    ],
  ])("are refused: %s", (_, given) => expect(errorOf(() => combineEstates(given)).exit).toBe(2));
});
