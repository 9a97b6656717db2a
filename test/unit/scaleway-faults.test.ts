import { describe, expect, it } from "vitest";
import type { Fault } from "../../local/scaleway/core/faults.ts";
import { PUBLIC_REGIONS } from "../../local/scaleway/core/platform.ts";
import type { WireRequest } from "../../local/scaleway/core/wire.ts";
import { type FaultPlan, faultPlanJsonSchema, faultPlanSchema } from "../../local/scaleway/faults/plan.ts";
import { checkFaultPlan } from "../../local/scaleway/faults/read.ts";
import { raiseStorm } from "../../local/scaleway/faults/storm.ts";
import { OPERATIONS } from "../../local/scaleway/server.ts";
import { readFile } from "../harness/pages.ts";

/** Plans of faults: which calls they strike, that they can be repeated, and that a plan which could never strike is refused. */
const plan = (rest: object): FaultPlan => faultPlanSchema.parse({ schema: "bastide.faults/1", ...rest });
const fault = (rule: object): FaultPlan => plan({ faults: [{ fault: { kind: "reset" }, ...rule }] });

const wire = (line: string, host = "api.scaleway.com"): WireRequest => {
  const [method = "GET", target = "/"] = line.split(" ");
  const [path = "/", rawQuery = ""] = target.split("?");
  return { method, host, path, rawQuery, headers: {}, body: Buffer.alloc(0), sourceIp: "127.0.0.1" };
};
const s3 = (line: string, region = "fr-par"): WireRequest => wire(line, `bucket.s3.${region}.scw.cloud`);

const POST_VPC = "POST /vpc/v2/regions/fr-par/vpcs";
const GET_VPC = "GET /vpc/v2/regions/fr-par/vpcs/11111111-1111-4111-8111-111111111111";
const POST_SERVER = "POST /instance/v1/zones/fr-par-2/servers";

interface World {
  now: number;
  readonly lost: Set<string>;
}

function struck(given: FaultPlan, calls: readonly WireRequest[], world: World = { now: 0, lost: new Set() }) {
  const storm = raiseStorm(given, { operations: OPERATIONS, now: () => world.now, lost: () => world.lost });
  return calls.map((request) => storm.faults(request));
}
const hits = (faults: readonly (Fault | undefined)[]): readonly number[] =>
  faults.flatMap((f, index) => (f === undefined ? [] : [index + 1]));
const times = (n: number, line: string): readonly WireRequest[] => Array.from({ length: n }, () => wire(line));

describe("which calls are struck", () => {
  it.each<[string, object, readonly number[]]>([
    ["all that nothing narrows down", {}, [1, 2, 3, 4, 5, 6]],
    ["a service's", { on: { service: "vpc" } }, [1, 2, 4]],
    [
      "an operation's, however its placeholders are called",
      { on: { operation: "GET /vpc/v2/regions/{r}/vpcs/{vpc_id}" } },
      [2],
    ],
    ["an S3 operation's", { on: { operation: "PutBucketVersioning" } }, [5]],
    ["object storage's", { on: { service: "s3" } }, [5, 6]],
    ["a region's, zones and buckets included", { on: { locality: "fr-par" } }, [1, 2, 3, 4, 5]],
    ["a zone's", { on: { locality: "fr-par-2" } }, [3]],
    ["writes", { on: { requests: "writes" } }, [1, 3, 4, 5]],
    ["reads", { on: { requests: "reads" } }, [2, 6]],
    ["the second of each operation", { when: { calls: [2] } }, [4]],
    ["the second and fifth of all together", { when: { calls: [2, 5] }, counted: "together" }, [2, 5]],
    ["every third together", { when: { every: 3 }, counted: "together" }, [3, 6]],
    ["no more than two", { atMost: 2 }, [1, 2]],
    ["none at rate 0", { when: { rate: 0 } }, []],
  ])("%s", (_, rule, expected) => {
    const calls = [
      wire(POST_VPC),
      wire(GET_VPC),
      wire(POST_SERVER),
      wire(POST_VPC),
      s3("PUT /?versioning="),
      s3("GET /key", "nl-ams"),
    ];
    expect(hits(struck(fault(rule), calls))).toEqual(expected);
  });

  it("chances come out near their rate, and again the same from the same seed", () => {
    const calls = times(2000, GET_VPC);
    const of = (seed: string) => hits(struck({ ...fault({ when: { rate: 0.1 } }), seed }, calls));
    expect(of("a").length).toBeGreaterThan(140);
    expect(of("a").length).toBeLessThan(260);
    expect(of("a")).toEqual(of("a"));
    expect(of("a")).not.toEqual(of("b"));
  });

  it("chances of one operation do not depend on what else is called in between", () => {
    const given = fault({ when: { rate: 0.3 }, on: { operation: "POST /vpc/v2/regions/{region}/vpcs" } });
    const alone = hits(struck(given, times(50, POST_VPC)));
    const mixed = struck(
      given,
      times(50, POST_VPC).flatMap((c) => [wire(GET_VPC), c, s3("GET /k")]),
    );
    expect(hits(mixed).map((n) => (n + 1) / 3)).toEqual(alone);
  });

  it("the first of several counts, and all of them count calls", () => {
    const both = plan({
      faults: [
        { name: "late", when: { calls: [1] }, fault: { kind: "slow", ms: 5 } },
        { name: "cut", when: { calls: [1, 2] }, fault: { kind: "truncate" } },
      ],
    });
    expect(struck(both, times(3, POST_VPC)).map((f) => f?.kind)).toEqual(["slow", "truncate", undefined]);
  });
});

describe("what comes down", () => {
  const response = (kind: object, request: WireRequest) => {
    const [f] = struck(plan({ faults: [{ fault: kind }] }), [request]);
    return f?.kind === "answer" ? f.response : f;
  };
  it("throttles as each side does", () => {
    expect(response({ kind: "throttle", retryAfter: 7 }, wire(POST_VPC))).toMatchObject({
      status: 429,
      headers: { "retry-after": "7" },
      body: "",
    });
    const storage = response({ kind: "throttle" }, s3("GET /key"));
    expect(storage).toMatchObject({ status: 503, headers: { "retry-after": "1" } });
    expect(JSON.stringify(storage)).toContain("<Code>ServiceUnavailable</Code>");
  });
  it("errs before the work, or after it", () => {
    expect(struck(plan({ faults: [{ fault: { kind: "error", status: 502 } }] }), [wire(POST_VPC)])).toMatchObject([
      { kind: "answer", after: false, response: { status: 502 } },
    ]);
    expect(struck(plan({ faults: [{ fault: { kind: "error", after: true } }] }), [wire(POST_VPC)])).toMatchObject([
      { kind: "answer", after: true, response: { status: 503 } },
    ]);
  });
});

describe("losses", () => {
  const calls = [
    wire(POST_SERVER),
    wire(POST_VPC),
    s3("GET /k"),
    wire("GET /iam/v1alpha1/users"),
    s3("GET /k", "nl-ams"),
  ];
  const lossOf = (loss: object) => plan({ losses: [loss] });

  it("of a region take its zones and its object storage, and nothing else", () => {
    const lost = struck(lossOf({ locality: "fr-par" }), calls);
    expect(lost.map((f) => f?.kind)).toEqual(["answer", "answer", "reset", undefined, undefined]);
  });
  it("of a zone leave its region", () => {
    expect(hits(struck(lossOf({ locality: "fr-par-2" }), calls))).toEqual([1]);
  });
  it("begin and end with calls", () => {
    const given = lossOf({ locality: "fr-par", from: { call: 2 }, until: { call: 2, on: { requests: "writes" } } });
    expect(hits(struck(given, [...times(3, GET_VPC), ...times(2, POST_VPC), wire(GET_VPC)]))).toEqual([2, 3, 4]);
  });
  it("begin and end on the clock", () => {
    const world: World = { now: Date.UTC(2027, 0, 1), lost: new Set() };
    const given = lossOf({
      locality: "fr-par",
      from: { time: "2027-01-02T00:00:00Z" },
      until: { time: "2027-01-03T00:00:00Z" },
    });
    const storm = raiseStorm(given, { operations: OPERATIONS, now: () => world.now, lost: () => world.lost });
    const seen = [1, 2, 3].map((day) => {
      world.now = Date.UTC(2027, 0, day);
      return storm.faults(wire(GET_VPC))?.kind;
    });
    expect(seen).toEqual([undefined, "answer", undefined]);
  });
  it("by command hold until they are taken back, and are written down", () => {
    const lost = new Set(["nl-ams"]);
    const storm = raiseStorm(plan({}), { operations: OPERATIONS, now: () => 0, lost: () => lost });
    expect(storm.faults(s3("GET /k", "nl-ams"))?.kind).toBe("reset");
    lost.clear();
    expect(storm.faults(s3("GET /k", "nl-ams"))).toBeUndefined();
    expect([storm.calls(), storm.struck()]).toEqual([
      2,
      [
        {
          call: 1,
          fault: "loss of nl-ams",
          kind: "unavailable",
          operation: "GetObject",
          path: "bucket.s3.nl-ams.scw.cloud/k",
        },
      ],
    ]);
  });
});

describe("a plan that is refused", () => {
  const refusal = (input: unknown): string => {
    try {
      checkFaultPlan(input, { operations: OPERATIONS, regions: PUBLIC_REGIONS });
    } catch (error) {
      return String(error);
    }
    return "";
  };
  const base = { schema: "bastide.faults/1" };
  const one = (rule: object) => ({ ...base, faults: [{ fault: { kind: "reset" }, ...rule }] });

  it.each<[string, unknown, RegExp]>([
    ["another schema", { schema: "bastide.faults/2" }, /schema {2}\[faults.malformed\]/],
    ["a key too many", { ...base, fautls: [] }, /fautls {2}\[faults.unknown-key\]/],
    ["a rate above 1", one({ when: { rate: 2 } }), /faults.0.when/],
    ["an unknown kind", { ...base, faults: [{ fault: { kind: "rain" } }] }, /faults.0.fault.kind/],
    ["an unknown service", one({ on: { service: "vcp" } }), /faults.unknown-service[\s\S]*want: .*vpc/],
    [
      "an unknown operation",
      one({ on: { operation: "POST /vpc/v2/vpcs" } }),
      /want: POST \/vpc\/v2\/regions\/\{…\}\/vpcs/,
    ],
    [
      "an unknown region",
      { ...base, losses: [{ locality: "fr-paris" }] },
      /losses.0.locality {2}\[faults.unknown-locality\]/,
    ],
  ])("%s", (_, input, said) => expect(refusal(input)).toMatch(said));

  it("names all of its faults at once", () => {
    expect(refusal({ ...one({ on: { service: "x", locality: "y" } }) })).toMatch(/2 faults/);
    expect(refusal(one({}))).toBe("");
  });
});

it("the schema of a file leaves out what has a default", () => {
  expect(faultPlanJsonSchema()).toMatchObject({ type: "object", required: ["schema"], additionalProperties: false });
});

describe("plans that docs/faults.md shows", () => {
  const shown = [...readFile("docs/faults.md").matchAll(/^```json\n([\s\S]*?)^```/gm)].map((m) => m[1] ?? "");
  it("are there", () => expect(shown.length).toBeGreaterThan(2));
  it.each(shown)("are taken: %#", (text) => {
    expect(checkFaultPlan(JSON.parse(text), { operations: OPERATIONS, regions: PUBLIC_REGIONS }).schema).toBe(
      "bastide.faults/1",
    );
  });
});
