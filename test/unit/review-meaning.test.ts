import { describe, expect, it } from "vitest";
import type { RawObject, RawResource } from "../../judge/facts/raw.ts";
import { UNKNOWN } from "../../judge/facts/raw.ts";
import { testLaw } from "../harness/law.ts";
import { raw, rawEstate, tagList, tagMap } from "../harness/raw.ts";
import { lines, review, reviewed, side } from "../harness/reviews.ts";

/** One property of an estate changed, and the one line that a reader must get. */
interface Case {
  readonly name: string;
  readonly base: readonly RawResource[];
  readonly head: readonly RawResource[];
  readonly says: readonly string[];
}

const GATEWAY = "scaleway:network/publicGateway:PublicGateway";
const BUCKET = "scaleway:object/bucket:Bucket";
const POOL = "scaleway:kubernetes/pool:Pool";
const KEY = "bastide:keymanager:Key";
const LOCK = "scaleway:object/bucketLockConfiguration:BucketLockConfiguration";
const POLICY = "scaleway:object/bucketPolicy:BucketPolicy";
const APPLICATION = "scaleway:iam/application:Application";

const bastion = (...ranges: string[]): RawResource =>
  raw(GATEWAY, "bastion", { zone: "fr-par-1", bastionEnabled: true, allowedIpRanges: ranges });
const pool = (closed: boolean): RawResource => raw(POOL, "general", { zone: "fr-par-1", publicIpDisabled: closed });
const key = (level: string, extra: RawObject = {}): RawResource =>
  raw(KEY, "data", { region: "fr-par", protectionLevel: level, rotationPolicy: { rotationPeriod: "2160h" }, ...extra });
const bucket = (over: RawObject = {}, name = "data"): RawResource =>
  raw(
    BUCKET,
    name,
    { region: "fr-par", name, tags: tagMap("health-pseudo"), versioning: { enabled: true }, ...over },
    { id: `fr-par/${name}` },
  );
const lock = (mode: string, days: number): RawResource =>
  raw(LOCK, "data-lock", { region: "fr-par", bucket: "data", rule: { defaultRetention: { mode, days } } });
const application = (name: string, id: string): RawResource => raw(APPLICATION, name, { name }, { id });
const policy = (id: string, ...actions: string[]): RawResource =>
  raw(POLICY, "data-policy", {
    region: "fr-par",
    bucket: "data",
    policy: JSON.stringify({
      Version: "2023-04-17",
      Statement: [
        { Effect: "Allow", Principal: { SCW: `application_id:${id}` }, Action: actions, Resource: ["data/*"] },
      ],
    }),
  });
const acl = (...sources: string[]): RawResource =>
  raw("scaleway:kubernetes/acl:Acl", "admins", { clusterId: "c", aclRules: sources.map((ip) => ({ ip })) });
const network = (over: RawObject): RawResource =>
  raw("scaleway:network/privateNetwork:PrivateNetwork", "data", {
    region: "fr-par",
    tags: tagList("technical", "data"),
    ...over,
  });
const filter = (...rules: RawObject[]): RawResource =>
  raw("scaleway:network/acl:Acl", "filter", {
    region: "fr-par",
    vpcId: "v",
    isIpv6: false,
    defaultPolicy: "drop",
    rules,
  });
const accept = (from: string, port: number): RawObject => ({
  action: "accept",
  protocol: "TCP",
  source: from,
  destination: "10.0.0.0/24",
  dstPortLow: port,
  dstPortHigh: port,
});
const grant = (sets: readonly string[], condition?: string): RawResource =>
  raw("scaleway:iam/policy:Policy", "copier", {
    applicationId: "app-copier",
    rules: [{ permissionSetNames: sets, projectIds: ["p"], ...(condition === undefined ? {} : { condition }) }],
  });

const people = [application("reader", "id-r"), application("writer", "id-w"), application("copier", "app-copier")];

const CASES: readonly Case[] = [
  {
    name: "a range that a bastion admits",
    base: [bastion("192.0.2.0/27")],
    head: [bastion("192.0.2.0/27", "0.0.0.0/0")],
    says: ["needs review: 0.0.0.0/0, the whole internet, can reach the SSH bastion PublicGateway bastion"],
  },
  {
    name: "a range that gave way to a wider one, which does not close it",
    base: [bastion("192.0.2.0/27", "198.51.100.0/28")],
    head: [bastion("192.0.2.0/24")],
    says: [
      "needs review: 192.0.2.0/24 can reach the SSH bastion PublicGateway bastion",
      "none: 198.51.100.0/28 can no longer reach the SSH bastion PublicGateway bastion",
    ],
  },
  {
    name: "a range that is left of a wider one, which is nothing new",
    base: [bastion("192.0.2.0/24")],
    head: [bastion("192.0.2.0/27")],
    says: ["none: 192.0.2.0/24 can no longer reach the SSH bastion PublicGateway bastion"],
  },
  {
    name: "no range at all is every address",
    base: [bastion("192.0.2.0/27")],
    head: [bastion()],
    says: ["needs review: any address can reach the SSH bastion PublicGateway bastion"],
  },
  {
    name: "a public address of nodes",
    base: [pool(true)],
    head: [pool(false)],
    says: ["needs review: Pool general gets a public address: the internet can reach it"],
  },
  {
    name: "a source of the control plane",
    base: [acl("192.0.2.0/28")],
    head: [acl("192.0.2.0/28", "198.51.100.7/32")],
    says: ["needs review: 198.51.100.7/32 can reach the control plane behind Acl admins"],
  },
  {
    name: "a default route in a data network",
    base: [network({ enableDefaultRoutePropagation: false })],
    head: [network({ enableDefaultRoutePropagation: true })],
    says: ["needs review: PrivateNetwork data learns a default route: what is in it can leave"],
  },
  {
    name: "a rule of the filter between networks",
    base: [filter(accept("10.0.1.0/24", 5432))],
    head: [filter(accept("10.0.1.0/24", 5432), accept("10.0.2.0/24", 22))],
    says: ["needs review: Acl filter lets pass TCP 10.0.2.0/24 to 10.0.0.0/24:22"],
  },
  {
    name: "the order of rules that all accept",
    base: [filter(accept("10.0.1.0/24", 5432), accept("10.0.2.0/24", 22))],
    head: [filter(accept("10.0.2.0/24", 22), accept("10.0.1.0/24", 5432))],
    says: [],
  },
  {
    name: "custody that falls from a hardware module to software",
    base: [key("hsm")],
    head: [key("software")],
    says: [
      "needs consent: Key data is replaced by another one: everything that it encrypts, for good is lost with the old one",
      "needs review: the root of key Key data is kept in software, no longer in hsm",
    ],
  },
  {
    name: "a lock that holds shorter",
    base: [bucket(), lock("COMPLIANCE", 365)],
    head: [bucket(), lock("COMPLIANCE", 30)],
    says: ["needs review: objects in Bucket data are locked for COMPLIANCE 30 days, no longer for COMPLIANCE 365 days"],
  },
  {
    name: "a lock that somebody can lift",
    base: [bucket(), lock("COMPLIANCE", 30)],
    head: [bucket(), lock("GOVERNANCE", 365)],
    says: ["needs review: objects in Bucket data are locked for GOVERNANCE 365 days, no longer for COMPLIANCE 30 days"],
  },
  {
    name: "versions that are no longer kept",
    base: [bucket()],
    head: [bucket({ versioning: { enabled: false } })],
    says: ["needs review: Bucket data keeps versions: false, before true"],
  },
  {
    name: "a rule that deletes objects",
    base: [bucket()],
    head: [bucket({ lifecycleRules: [{ enabled: true, expiration: { days: 30 } }] })],
    says: ["needs review: objects in Bucket data are deleted after 30 days"],
  },
  {
    name: "a right in a bucket's policy, by whom and not by which id",
    base: [...people, bucket(), policy("id-r", "s3:GetObject")],
    head: [...people, bucket(), policy("id-r", "s3:GetObject", "s3:DeleteObject")],
    says: ["needs review: reader may delete from Bucket data"],
  },
  {
    name: "another principal in a bucket's policy",
    base: [...people, bucket(), policy("id-r", "s3:GetObject")],
    head: [...people, bucket(), policy("id-w", "s3:GetObject")],
    says: ["needs review: writer may read from Bucket data", "none: no longer: reader may read from Bucket data"],
  },
  {
    name: "a condition that falls away",
    base: [...people, grant(["KeyManagerDecrypt"], 'resource.id == "x"')],
    head: [...people, grant(["KeyManagerDecrypt"])],
    says: [
      "needs review: copier holds KeyManagerDecrypt in p",
      'none: no longer: copier holds KeyManagerDecrypt in p, if resource.id == "x"',
    ],
  },
  {
    name: "a bucket that leaves",
    base: [bucket(), lock("COMPLIANCE", 30)],
    head: [],
    says: [
      "needs consent: Bucket data is deleted: every object in it is lost",
      "none: no longer: health-pseudo in fr-par: FR, law of FR and EU, operated by Scaleway",
    ],
  },
  {
    name: "a bucket that moves",
    base: [bucket()],
    head: [bucket({ region: "nl-ams" })],
    says: [
      "needs consent: Bucket data is replaced by another one: every object in it is lost with the old one",
      "needs review: health-pseudo in nl-ams: NL, law of NL and EU, operated by Scaleway: data can now come to rest there, first in Bucket data",
    ],
  },
  {
    name: "a class that looks milder",
    base: [bucket()],
    head: [bucket({ tags: tagMap("technical") })],
    says: ["needs review: Bucket data is said to hold technical, no longer health-pseudo: other rules look at it"],
  },
  {
    name: "labels, descriptions and an owner",
    base: [bucket(), key("hsm")],
    head: [
      bucket({ tags: { ...tagMap("health-pseudo"), owner: "another" } }),
      key("hsm", { description: "another", name: "another" }),
    ],
    says: [],
  },
];

describe("what a change means", () => {
  it.each(CASES)("$name", ({ base, head, says }) => {
    const got = lines(reviewed(base, head));
    expect(got).toEqual(expect.arrayContaining([...says]));
    if (says.length === 0) expect(got).toEqual([]);
    // Nothing else is told as if it opened something.
    const told = got.filter((line) => !says.includes(line) && /^needs/.test(line));
    expect(
      told.filter(
        (line) =>
          !line.includes("data class") && !line.includes("can now come to rest") && !line.includes(" can reach "),
      ),
    ).toEqual([]);
  });

  it("says of a value that nobody knows yet that nobody knows it", () => {
    const head = raw(GATEWAY, "bastion", { zone: "fr-par-1", bastionEnabled: true, allowedIpRanges: UNKNOWN });
    const [first] = lines(reviewed([bastion("192.0.2.0/27")], [head]));
    expect(first).toMatch(/^needs review: PublicGateway bastion: nobody can know before the apply whether this opens/);
  });

  it("tells what opened by the line of the program, and pins it there", () => {
    const at = { file: "components/cluster.ts", line: 90 };
    const head = { ...pool(false), source: at };
    const [change] = review(rawEstate([pool(true)]), rawEstate([head])).changes;
    expect(change).toMatchObject({ risk: "refused", refusedBy: expect.arrayContaining(["NET-01"]), source: at });
  });

  it("follows a resource that was only renamed, where both sides know its id", () => {
    const state = (name: string) =>
      rawEstate([bucket({}, "data"), raw(POOL, name, { zone: "fr-par-1" }, { id: "fr-par-1/p" })], "state");
    expect(lines(review(state("one"), state("two")))).toEqual([]);
    expect(lines(reviewed([bucket({}, "one")], [bucket({}, "two")]))[0]).toMatch(/Bucket one is deleted/);
  });
});

describe("what changed in the law", () => {
  const before = rawEstate([bucket()]);
  const told = (law: Parameters<typeof testLaw>[0]): readonly string[] =>
    lines(review(before, before, { law: testLaw(law) }));

  it("waivers, flows, hosts and sources that appear are for a person", () => {
    const waiver = { rule: "NET-01", subject: "stack", reason: "r", owner: "a", approver: "b", expires: "2026-12-01" };
    expect(told({ waivers: [waiver] })).toContain("needs review: a waiver excuses NET-01 on stack");
    expect(told({ hosts: [{ host: "example.org", reason: "x" }] })).toContain(
      "needs review: the law lets traffic go to example.org",
    );
    expect(told({ phase: "landing" })).toContain(
      "needs review: the phase of the migration is landing, no longer sealed",
    );
  });

  it("a rule that is gone lets pass what it refused", () => {
    const { rules } = side("x", before);
    const found = lines(review(before, before, { rules: rules.filter((r) => r.id !== "NET-01") }));
    expect(found).toEqual(["needs review: rule NET-01 is gone: what it refused passes"]);
  });
});
