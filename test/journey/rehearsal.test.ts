import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Clone, type Finished, makeClone } from "../harness/clone.ts";
import { platformStands } from "./platform-stands.ts";

/** What `npm start` promises, told in the order in which a newcomer meets it, on one clone. */
const resource = z.object({
  urn: z.string(),
  type: z.string(),
  inputs: z.record(z.string(), z.unknown()).default({}),
  outputs: z.record(z.string(), z.unknown()).default({}),
});
const stateFile = z.object({ deployment: z.object({ resources: z.array(resource) }) });
type Resource = z.infer<typeof resource>;

let clone: Clone;
let first: Finished;
const out = (file: string): string => join(clone.work, "out", "rehearsal", file);
const env = (): Readonly<Record<string, string>> => ({ BASTIDE_WORK: clone.work });
const foundation = (): readonly Resource[] =>
  stateFile.parse(JSON.parse(readFileSync(out("foundation.state.json"), "utf8"))).deployment.resources;
const of = (type: string): readonly Resource[] => foundation().filter((r) => r.type === type);
const placeOf = (r: Resource): string =>
  String(r.outputs.region ?? r.inputs.region ?? r.outputs.zone ?? "").replace(/-\d+$/, "");

beforeAll(async () => {
  clone = makeClone();
  // Stale variables of the machine would overrule code in this provider: the run has to keep them away.
  first = await clone.run(["start"], {
    ...env(),
    SCW_DEFAULT_REGION: "nl-ams",
    SCW_DEFAULT_PROJECT_ID: "11111111-1111-4111-8111-111111111111",
    AWS_CA_BUNDLE: "/nowhere.pem",
  });
});
afterAll(() => clone.remove());

describe("npm start", () => {
  it("ends well", () => expect(first.output, first.output).toContain("done in"));
  it("exits 0", () => expect(first.code).toBe(0));
  it("says first that no cloud is contacted", () =>
    expect(first.output.slice(0, 400)).toContain("no cloud is contacted"));
  it("shows the gate's verdict before it applies anything", () => {
    expect(first.output.indexOf("offline gate")).toBeGreaterThan(0);
    expect(first.output.indexOf("offline gate")).toBeLessThan(first.output.indexOf("apply rehearsal"));
  });
  it("names the stale variables that it kept away", () => {
    for (const name of ["SCW_DEFAULT_REGION", "SCW_DEFAULT_PROJECT_ID", "AWS_CA_BUNDLE"])
      expect(first.output).toContain(name);
  });
  it("applies the foundation with a key of the deployer, and nothing else with it", () => {
    const [, key] = /rehearsal\.foundation: with the deployer's key (SCW\w{17})/.exec(first.output) ?? [];
    const database = new DatabaseSync(join(clone.work, "local", "scaleway.sqlite"), { readOnly: true });
    const body = (kind: string, id: unknown) =>
      JSON.parse(
        String(database.prepare("SELECT body FROM records WHERE kind = ? AND id = ?").get(kind, String(id))?.body),
      );
    const application = body("iam.application", body("iam.api-key", key).application_id);
    expect(application.name).toContain("deployer");
    expect(first.output).not.toContain("rehearsal.bootstrap: with");
  });
  it("shows an empty second preview of each layer", () =>
    expect(first.output.match(/no change: what was applied is what was declared/g)).toHaveLength(3));
  it("judges the platform beside its foundation, with nothing undecided", () =>
    expect(first.output).toMatch(/apply rehearsal\.platform/));
  it("counts the clusters' pods once all are well, on both", () => {
    const [, ...counts] = /^ {2}pods, all well +(\d+) +(\d+)$/m.exec(first.output) ?? [];
    expect(counts.map(Number).filter((n) => n > 10)).toHaveLength(2);
  });
  it("shows what a hostile pod gets from Pod Security, and what from the platform's own policies", () => {
    expect(first.output).toMatch(/refused by Pod Security\n.*violates PodSecurity/);
    expect(first.output).toMatch(/refused by the platform's own policies\n.*ValidatingAdmissionPolicy .*SUP-01/);
  });
});

describe("the state that it leaves", () => {
  const BOTH = ["fr-par", "fr-second"];
  it.each([
    ["networks", "scaleway:network/privateNetwork:PrivateNetwork"],
    ["gateways", "scaleway:network/publicGateway:PublicGateway"],
    ["clusters", "scaleway:kubernetes/cluster:Cluster"],
    ["pools", "scaleway:kubernetes/pool:Pool"],
    ["buckets", "scaleway:object/bucket:Bucket"],
    ["keys", "bastide:keymanager:Key"],
    ["secrets", "scaleway:secrets/secret:Secret"],
    ["log sources", "scaleway:observability/source:Source"],
  ])("has %s in both regions", (_, type) => expect([...new Set(of(type).map(placeOf))].sort()).toEqual(BOTH));
  it("has a v4 and a v6 ACL for each VPC, dropping by default", () => {
    const acls = of("scaleway:network/acl:Acl");
    expect(acls.map((a) => [placeOf(a), a.outputs.isIpv6, a.outputs.defaultPolicy].join()).sort()).toEqual(
      BOTH.flatMap((r) => [`${r},false,drop`, `${r},true,drop`]),
    );
  });
  it("has keys read back with protection level hsm", () =>
    expect([...new Set(of("bastide:keymanager:Key").map((k) => k.outputs.protectionLevel))]).toEqual(["hsm"]));
  it("encrypts each bucket under a key of its own region", () => {
    const keys = new Set(of("bastide:keymanager:Key").map((k) => `${placeOf(k)}/${String(k.outputs.id ?? "")}`));
    const configurations = of(
      "scaleway:object/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    );
    expect(configurations).toHaveLength(of("scaleway:object/bucket:Bucket").length);
    expect(keys.size).toBeGreaterThan(0);
    for (const c of configurations) expect(JSON.stringify(c.outputs.rules)).toContain("aws:kms");
  });
  it("locks the audit log beyond anybody's reach", () => {
    const locks = of("scaleway:object/bucketLockConfiguration:BucketLockConfiguration").filter((l) =>
      l.urn.includes("audit-log"),
    );
    expect(locks.map((l) => JSON.stringify(l.outputs.rule)).filter((rule) => rule.includes("COMPLIANCE")).length).toBe(
      2,
    );
  });
  it("lets the bastion in from named sources only", () => {
    const bastions = of("scaleway:network/publicGateway:PublicGateway").filter(
      (g) => g.outputs.bastionEnabled === true,
    );
    expect(bastions).toHaveLength(2);
    for (const b of bastions) expect(b.outputs.allowedIpRanges).not.toContain("0.0.0.0/0");
  });
});

describe("its reports", () => {
  it.each(["verdict.json", "verdict.sarif", "report.md", "topology.html", "egress.json", "foundation.state.json"])(
    "writes %s",
    (file) => expect(existsSync(out(file))).toBe(true),
  );
  it("passes with no waiver and nothing unjudged", () => {
    const verdict = JSON.parse(readFileSync(out("verdict.json"), "utf8"));
    expect(verdict).toMatchObject({ outcome: "pass", counts: { undecided: 0, waived: 0, notJudged: 0 } });
    expect(verdict.counts.rules).toBeGreaterThanOrEqual(100);
    // Nothing verifies the signatures of images, and the vault is out of the platform's reach: no job of it tries the vault's backup.
    const told = verdict.findings.map(
      (f: { rule: string; enforcement: string; subject: string }) =>
        `${f.rule} ${f.enforcement}: ${f.rule === "DR-07" ? f.subject.slice(f.subject.lastIndexOf("::") + 2) : ""}`,
    );
    expect([...new Set(told)]).toEqual(["DR-07 advisory: domain-pseudo-vault-backup", "K8S-08 advisory: "]);
  });
  it("asked emulated hosts only", () => {
    const egress = JSON.parse(readFileSync(out("egress.json"), "utf8"));
    expect(egress.refused).toEqual([]);
    expect(egress.hosts.length).toBeGreaterThan(1);
    expect(egress.hosts.every((h: { emulated: boolean }) => h.emulated)).toBe(true);
  });
});

/** Every file under a folder. */
const filesUnder = (dir: string): readonly string[] =>
  readdirSync(dir, { recursive: true, encoding: "utf8" })
    .map((f) => join(dir, f))
    .filter((f) => statSync(f).isFile());

describe("secrets", () => {
  it("stay out of reports, exports and logs", () => {
    const database = new DatabaseSync(join(clone.work, "local", "scaleway.sqlite"), { readOnly: true });
    const rows = database
      .prepare("SELECT kind, body FROM records WHERE kind IN ('iam.api-key', 'secret-manager.secret')")
      .all();
    const canaries = rows.flatMap(({ kind, body }) => {
      const record = JSON.parse(String(body));
      if (kind === "iam.api-key") return [record.secret_key];
      return record.versions.flatMap((v: { data: string }) => [v.data, Buffer.from(v.data, "base64").toString("utf8")]);
    });
    canaries.push(readFileSync(join(clone.work, "passphrase"), "utf8"));
    expect(canaries.length).toBeGreaterThan(10);
    // Everything that a run leaves, but for the local Scaleway's own store and the passphrase itself.
    const looked = filesUnder(clone.work).filter(
      (file) => !file.startsWith(join(clone.work, "local")) && file !== join(clone.work, "passphrase"),
    );
    expect(looked.length).toBeGreaterThan(5);
    const leaks = looked.filter((file) => {
      const text = readFileSync(file, "utf8");
      return canaries.some((canary) => canary.length > 7 && text.includes(canary));
    });
    expect(leaks).toEqual([]);
    expect(canaries.some((c) => c.length > 7 && first.output.includes(c))).toBe(false);
  });
});

describe("a second start", () => {
  it("changes nothing and ends well", async () => {
    const again = await clone.run(["start"], env());
    expect(again.code, again.output).toBe(0);
    expect(again.output.match(/; no change/g)).toHaveLength(3);
    expect(again.output).not.toContain("apply rehearsal");
  });
  it("stands as it was declared: a refresh finds no change", async () => {
    for (const layer of ["bootstrap", "foundation"]) {
      const refreshed = await clone.run(["refresh", "--stack", `rehearsal.${layer}`, "--local"], env());
      expect(refreshed.code, refreshed.output).toBe(0);
      expect(refreshed.output).toMatch(/^ {2}no change$/m);
    }
  });
  it("on what was refreshed ends well; a rival at once is refused", async () => {
    const running = clone.start(["start"], env());
    await running.waitFor(/preview of rehearsal\.platform/);
    const rival = await clone.run(["up", "--stack", "rehearsal", "--local"], env());
    expect(rival.code).toBe(3);
    expect(rival.output).toContain("another run is under way");
    const second = await running.finished;
    expect(second.code, second.output).toBe(0);
  });
});

platformStands(
  () => clone,
  () => first,
);
