import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PROTOCOLS } from "../../judge/graph/packets.ts";
import type { Traffic } from "../../judge/graph/reach.ts";
import { covers, trafficText } from "../../judge/graph/traffic-text.ts";

const ALL = [0, 65_535] as const;
const t = (protocol: Traffic["protocol"], toPorts: Traffic["toPorts"], over: Partial<Traffic> = {}): Traffic => ({
  family: 4,
  protocol,
  fromPorts: ALL,
  toPorts,
  ...over,
});
const both = (traffic: Traffic): readonly Traffic[] => [traffic, { ...traffic, family: 6 }];

describe("traffic in words", () => {
  it.each<readonly [string, readonly Traffic[]]>([
    ["everything", [...both(t("any", ALL))]],
    ["everything over IPv4", [t("any", ALL)]],
    ["TCP 22, 443", [...both(t("TCP", [22, 22])), ...both(t("TCP", [443, 443]))]],
    ["TCP 22-25 over IPv4", [t("TCP", [22, 23]), t("TCP", [24, 25])]],
    ["TCP 22; UDP 51820 over IPv4", [...both(t("TCP", [22, 22])), t("UDP", [51_820, 51_820])]],
    ["TCP 5432", [...both(t("TCP", [5432, 5432], { fromPorts: [1024, 65_535] }))]],
    ["answers of TCP 5432", [...both(t("TCP", [1024, 65_535], { fromPorts: [5432, 5432] }))]],
    [
      "TCP",
      [0, 1, 2].flatMap((i) => both(t("TCP", ALL, { fromPorts: ([[0, 99], [100, 100], ALL] as const)[i] ?? ALL }))),
    ],
    ["", []],
  ])("%s", (text, traffic) => expect(trafficText(traffic)).toBe(text));

  it("is the same however boxes are cut and ordered", () => {
    const cut = [
      t("TCP", [0, 99], { fromPorts: [3128, 3128] }),
      t("TCP", ALL, { fromPorts: [0, 3127] }),
      t("TCP", ALL, { fromPorts: [3129, 65_535] }),
      t("TCP", [100, 65_535], { fromPorts: [3128, 3128] }),
    ];
    expect(trafficText(cut)).toBe("TCP over IPv4");
    expect(trafficText([...cut].reverse())).toBe("TCP over IPv4");
  });
});

/** Oracle: port by port, by family and protocol, over a small range of ports that the intervals are drawn from. */
const span = fc.tuple(fc.nat(40), fc.nat(40)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const traffic = fc.array(
  fc.record({
    family: fc.constantFrom<4 | 6>(4, 6),
    protocol: fc.constantFrom(...PROTOCOLS.slice(0, 2)),
    toPorts: span,
    fromPorts: fc.constant(ALL),
  }),
  { maxLength: 5 },
);
const points = (list: readonly Traffic[]): ReadonlySet<string> =>
  new Set(
    list.flatMap(({ family, protocol, toPorts: [low, high] }) =>
      Array.from({ length: high - low + 1 }, (_, i) => `${family} ${protocol} ${low + i}`),
    ),
  );

describe("the order of traffic", () => {
  it("is that of the ports it allows", () => {
    fc.assert(
      fc.property(traffic, traffic, (a, b) => {
        const [wide, narrow] = [points(a), points(b)];
        expect(covers(trafficText(a), trafficText(b))).toBe([...narrow].every((p) => wide.has(p)));
      }),
      { numRuns: 300 },
    );
  });

  it("knows that an answer is allowed by whatever is open", () => {
    expect(covers("everything", "answers of TCP 5432")).toBe(true);
    expect(covers("answers of TCP 5432", "TCP 5432")).toBe(false);
    expect(covers("everything over IPv4", "TCP 22")).toBe(false);
    expect(covers("everything", "everything over IPv6")).toBe(true);
  });
});
