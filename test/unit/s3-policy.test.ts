import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Attempt,
  ask,
  type BucketPolicy,
  canonicalPolicy,
  parsePolicy,
  type Statement,
} from "../../local/scaleway/s3/policy.ts";

const APP = "11111111-1111-4111-8111-111111111111";
const USER = "22222222-2222-4222-8222-222222222222";

/** An attempt in short: who, what, where, and what the request's condition keys read. */
const attempt = (who: string, action: string, resource: string, context: Record<string, string> = {}): Attempt => ({
  principals: who === "" ? [] : [who],
  action,
  resource,
  context: new Map(Object.entries(context)),
});
const policyOf = (statement: object): BucketPolicy =>
  parsePolicy(
    JSON.stringify({
      Version: "2023-04-17",
      Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: ["b", "b/*"], ...statement }],
    }),
    "b",
  );

describe("what a statement speaks of", () => {
  const app = `application_id:${APP}`;
  const table: readonly [string, object, Attempt, boolean][] = [
    ["everybody, anonymous too", {}, attempt("", "s3:GetObject", "b/k"), true],
    ["a named application", { Principal: { SCW: app } }, attempt(app, "s3:GetObject", "b/k"), true],
    [
      "one of several principals",
      { Principal: { SCW: [`user_id:${USER}`, app] } },
      attempt(app, "s3:GetObject", "b/k"),
      true,
    ],
    [
      "not a user with an application's id",
      { Principal: { SCW: app } },
      attempt(`user_id:${APP}`, "s3:GetObject", "b/k"),
      false,
    ],
    ["not the anonymous", { Principal: { SCW: app } }, attempt("", "s3:GetObject", "b/k"), false],
    ["actions by pattern", { Action: "s3:Get*" }, attempt(app, "s3:GetObjectVersion", "b/k"), true],
    ["not what only begins alike", { Action: "s3:GetObject" }, attempt(app, "s3:GetObjectVersion", "b/k"), false],
    ["the bucket, not its objects", { Resource: "b" }, attempt(app, "s3:ListBucket", "b"), true],
    ["objects, not the bucket", { Resource: "b/*" }, attempt(app, "s3:ListBucket", "b"), false],
    ["objects of a prefix", { Resource: "b/in/*" }, attempt(app, "s3:GetObject", "b/in/deep/k"), true],
    ["not objects beside the prefix", { Resource: "b/in/*" }, attempt(app, "s3:GetObject", "b/input"), false],
    ["a dot is a dot", { Resource: "b/a.b" }, attempt(app, "s3:GetObject", "b/aXb"), false],
    ...conditions(app),
  ];
  it.each(table)("%s", (_what, statement, tried, expected) => {
    expect(ask(policyOf(statement), tried)).toBe(expected ? "allowed" : "silent");
  });
});

function conditions(app: string): readonly [string, object, Attempt, boolean][] {
  const when = (
    operator: string,
    key: string,
    wanted: string | string[],
    context: Record<string, string>,
    expected: boolean,
  ) =>
    [
      `${operator} ${key} ${wanted} with ${JSON.stringify(context)}`,
      { Condition: { [operator]: { [key]: wanted } } },
      attempt(app, "s3:GetObject", "b/k", context),
      expected,
    ] as [string, object, Attempt, boolean];
  return [
    when("IpAddress", "aws:SourceIp", "10.0.0.0/8", { "aws:sourceip": "10.1.2.3" }, true),
    when("IpAddress", "aws:SourceIp", "10.0.0.0/8", { "aws:sourceip": "11.1.2.3" }, false),
    when("IpAddress", "aws:SourceIp", ["192.0.2.1", "2001:db8::/32"], { "aws:sourceip": "2001:db8::1" }, true),
    when("IpAddress", "aws:SourceIp", "10.0.0.1/8", { "aws:sourceip": "10.0.0.1" }, false),
    when("NotIpAddress", "aws:SourceIp", "10.0.0.0/8", { "aws:sourceip": "11.1.2.3" }, true),
    when("StringEquals", "s3:prefix", "in/", { "s3:prefix": "in/" }, true),
    when("StringEquals", "s3:prefix", "in/", {}, false),
    when("StringNotEquals", "s3:prefix", "in/", {}, true),
    when("StringLike", "aws:Referer", "https://x/*", { "aws:referer": "https://x/y" }, true),
    when("StringEqualsIgnoreCase", "s3:prefix", "IN/", { "s3:prefix": "in/" }, true),
    when(
      "DateLessThan",
      "aws:CurrentTime",
      "2030-01-01T00:00:00Z",
      { "aws:currenttime": "2029-12-31T23:59:59Z" },
      true,
    ),
    when("DateGreaterThanEquals", "aws:EpochTime", "1000", { "aws:epochtime": "999" }, false),
    when("Null", "s3:if-none-match", "true", {}, true),
    when("Null", "s3:if-none-match", "true", { "s3:if-none-match": "*" }, false),
  ];
}

describe("what is refused as malformed", () => {
  const good = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "b/*" };
  const bad: readonly [string, unknown][] = [
    ["no JSON", "{"],
    ["another version", { Version: "2008-10-17", Statement: [good] }],
    ["no statement", { Version: "2023-04-17", Statement: [] }],
    ["a foreign action", { Version: "2023-04-17", Statement: [{ ...good, Action: "iam:*" }] }],
    ["an action in another spelling", { Version: "2023-04-17", Statement: [{ ...good, Action: "s3:GetBucketCors" }] }],
    ["an action on the policy", { Version: "2023-04-17", Statement: [{ ...good, Action: "s3:GetBucketPolicy" }] }],
    ["a pattern that covers nothing", { Version: "2023-04-17", Statement: [{ ...good, Action: "s3:Head*" }] }],
    ["an AWS principal", { Version: "2023-04-17", Statement: [{ ...good, Principal: { AWS: "*" } }] }],
    ["another bucket", { Version: "2023-04-17", Statement: [{ ...good, Resource: "bb/*" }] }],
    [
      "an unknown operator",
      { Version: "2023-04-17", Statement: [{ ...good, Condition: { Bool: { "aws:SecureTransport": "true" } } }] },
    ],
    ["an unknown member", { Version: "2023-04-17", Statement: [{ ...good, NotAction: "s3:*" }] }],
  ];
  it.each(bad)("%s", (_what, document) => {
    const text = typeof document === "string" ? document : JSON.stringify(document);
    expect(() => parsePolicy(text, "b")).toThrow(expect.objectContaining({ code: "MalformedPolicy" }));
  });
});

describe("the canonical text", () => {
  it("sorts actions and resources, and unwraps lists of one", () => {
    const text = `{"Version":"2023-04-17","Statement":[{"Sid":"x","Resource":["b"],"Action":["s3:PutObject","s3:GetObject"],"Effect":"Allow","Principal":{"SCW":["*"]}}]}`;
    expect(canonicalPolicy(text)).toBe(
      `{"Statement":[{"Action":["s3:GetObject","s3:PutObject"],"Effect":"Allow","Principal":{"SCW":["*"]},"Resource":"b","Sid":"x"}],"Version":"2023-04-17"}`,
    );
  });
});

describe("laws", () => {
  const principal = fc.constantFrom("*", `application_id:${APP}`, `user_id:${USER}`);
  const action = fc.constantFrom("*", "s3:*", "s3:Get*", "s3:GetObject", "s3:PutObject", "s3:ListBucket");
  const resource = fc.constantFrom("b", "b/*", "b/in/*", "b/in/k");
  const several = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 3 });
  const statement = (effect: fc.Arbitrary<Statement["effect"]>): fc.Arbitrary<Statement> =>
    fc.record({
      effect,
      principals: several(principal),
      actions: several(action),
      resources: several(resource),
      conditions: fc.constantFrom(
        {},
        { IpAddress: { "aws:SourceIp": ["10.0.0.0/8"] } },
        { StringLike: { "s3:prefix": ["in/*"] } },
      ),
    });
  const any = statement(fc.constantFrom("Allow", "Deny"));
  const policies = fc.record({
    version: fc.constantFrom("2023-04-17", "2012-10-17"),
    statements: fc.array(any, { maxLength: 4 }),
  });
  const attempts = fc.record({
    principals: fc.subarray([`application_id:${APP}`, `user_id:${USER}`]),
    action: fc.constantFrom("s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:DeleteObject"),
    resource: fc.constantFrom("b", "b/k", "b/in/k"),
    context: fc.constantFrom(
      new Map([["aws:sourceip", "10.0.0.1"]]),
      new Map([
        ["aws:sourceip", "::1"],
        ["s3:prefix", "in/x"],
      ]),
    ),
  });
  const withMore = (policy: BucketPolicy, more: Statement): BucketPolicy => ({
    ...policy,
    statements: [...policy.statements, more],
  });

  it("adding an allow never removes access", () => {
    fc.assert(
      fc.property(policies, statement(fc.constant("Allow")), attempts, (policy, more, tried) => {
        fc.pre(ask(policy, tried) === "allowed");
        return ask(withMore(policy, more), tried) === "allowed";
      }),
    );
  });

  it("adding a deny never adds access", () => {
    fc.assert(
      fc.property(policies, statement(fc.constant("Deny")), attempts, (policy, more, tried) => {
        fc.pre(ask(policy, tried) !== "allowed");
        return ask(withMore(policy, more), tried) !== "allowed";
      }),
    );
  });

  it("the order of statements does not matter", () => {
    fc.assert(
      fc.property(
        policies,
        attempts,
        (policy, tried) => ask(policy, tried) === ask({ ...policy, statements: policy.statements.toReversed() }, tried),
      ),
    );
  });

  it("a policy reads the same from its canonical text", () => {
    fc.assert(
      fc.property(policies, attempts, (policy, tried) => {
        fc.pre(policy.statements.length > 0);
        const text = JSON.stringify({
          Version: policy.version,
          Statement: policy.statements.map((s) => ({
            Effect: s.effect,
            Principal: s.principals.includes("*") ? "*" : { SCW: s.principals },
            Action: s.actions,
            Resource: s.resources,
            ...(Object.keys(s.conditions).length > 0 && { Condition: s.conditions }),
          })),
        });
        return ask(parsePolicy(canonicalPolicy(text), "b"), tried) === ask(policy, tried);
      }),
    );
  });
});
