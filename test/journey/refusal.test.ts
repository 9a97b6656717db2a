import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Clone, makeClone } from "../harness/clone.ts";
import { sentWrites } from "../harness/sent-writes.ts";

/** A change that opens one hole is refused by name, at every way in, before anything is sent. */
let clone: Clone;
const env = (): Readonly<Record<string, string>> => ({ BASTIDE_WORK: clone.work });

const writes = (): number => sentWrites(clone.work);

const HOLES = [
  {
    rule: "NET-01",
    subject: "kubernetes/pool:Pool",
    file: "components/cluster.ts",
    from: "publicIpDisabled: true",
    to: "publicIpDisabled: false",
  },
  {
    rule: "NET-03",
    subject: "instance/securityGroup:SecurityGroup",
    file: "components/private-server.ts",
    from: 'outboundDefaultPolicy: "drop"',
    to: 'outboundDefaultPolicy: "accept"',
  },
  {
    rule: "KEY-01",
    subject: "object/bucket",
    file: "components/sealed-bucket.ts",
    from: 'sseAlgorithm: "aws:kms"',
    to: 'sseAlgorithm: "AES256"',
  },
] as const;

beforeAll(async () => {
  clone = makeClone();
  const up = await clone.run(["up", "--stack", "rehearsal.bootstrap", "--local"], env());
  expect(up.code, up.output).toBe(0);
});
afterAll(() => clone.remove());

describe.each(HOLES)("a program that breaks $rule", ({ rule, subject, file, from, to }) => {
  beforeAll(() => clone.edit(file, from, to));
  afterAll(() => clone.edit(file, to, from));

  it("is refused by `bastide up` with rule, resource and fix, and no write is sent", async () => {
    const before = writes();
    expect(before).toBeGreaterThan(0);
    const up = await clone.run(["up", "--stack", "rehearsal.foundation", "--local"], env());
    expect(up.code, up.output).toBe(1);
    expect(up.output).toContain(`[${rule}]`);
    expect(up.output).toContain(subject);
    expect(up.output).toMatch(/fix: /);
    expect(writes()).toBe(before);
  });

  it("is refused by the offline gate", async () => {
    const gate = await clone.run(["gate", "--stack", "rehearsal"], env());
    expect(gate.code, gate.output).toBe(1);
    expect(gate.output).toContain(rule);
  });
});

describe("plain `pulumi preview --policy-pack` in the toolchain's shell", () => {
  const pulumi = (...args: string[]): readonly string[] => [
    ...[
      "toolchain",
      "shell",
      "--",
      "pulumi",
      ...args,
      "--stack",
      "rehearsal.foundation",
      "--non-interactive",
      "--color",
      "never",
    ],
  ];
  const shell = (): Readonly<Record<string, string>> => ({
    ...env(),
    PULUMI_BACKEND_URL: pathToFileURL(join(clone.work, "state")).href,
    PULUMI_CONFIG_PASSPHRASE_FILE: join(clone.work, "passphrase"),
    // Well-formed and nobody's: a preview of creations asks the API nothing.
    SCW_ACCESS_KEY: "SCWXXXXXXXXXXXXXXXXX",
    SCW_SECRET_KEY: "11111111-1111-4111-8111-111111111111",
  });
  const preview = (): readonly string[] => [
    ...pulumi("preview"),
    "--config-file",
    join(clone.work, "settings", "Pulumi.rehearsal.foundation.yaml"),
    "--policy-pack",
    "policy-packs/bastide",
  ];

  it("passes the shipped program and refuses one with a hole", async () => {
    const honest = await clone.run(preview(), shell());
    expect(honest.code, honest.output).toBe(0);
    const hole = HOLES[0];
    clone.edit(hole.file, hole.from, hole.to);
    const refused = await clone.run(preview(), shell());
    clone.edit(hole.file, hole.to, hole.from);
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain(hole.rule);
    expect(refused.output).toContain(hole.subject.split(":")[1]);
    expect(refused.output).toMatch(/fix: /);
  });
});

describe("options that would let something slip past the law", () => {
  it.each(["--skip-preview", "--target", "--exclude"])("%s is refused", async (flag) => {
    const up = await clone.run(["up", "--stack", "rehearsal", "--local", flag, "x"], env());
    expect(up.code).toBe(2);
    expect(up.output).toContain(flag);
  });
  it("rehearsal never runs against a real account", async () => {
    const up = await clone.run(["up", "--stack", "rehearsal"], env());
    expect(up.code).toBe(2);
    expect(up.output).toContain("--local");
  });
});
