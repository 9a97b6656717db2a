import { byText } from "../../kernel/order.ts";
import { PROTOCOLS, type Protocol, type Span } from "./packets.ts";
import type { Traffic } from "./reach.ts";

/**
 * Traffic between two places as one canonical text, e.g. `TCP 22, 443; UDP 51820 over IPv4; answers of TCP 5432`. Intervals are
 * merged, so the same traffic has the same text however it was cut; the text reads back, so that two can be compared.
 */

/** Ports that clients send from. What may be sent from all of these is a connection; what only from others is an answer. */
const CLIENTS: Span = [1024, 65_535];
const LAST_PORT = 65_535;
const EVERYTHING = "everything";

interface Lane {
  readonly protocol: string;
  readonly family: 4 | 6;
  readonly ports: Span;
  readonly answer: boolean;
}

/**
 * Boxes cut one by one say little: `from 3128` beside `from anything else` is everything. For each run of target ports, the source
 * ports of all boxes together decide whether a client can connect.
 */
function lanesOf(traffic: readonly Traffic[], protocol: Protocol, family: 4 | 6): readonly Lane[] {
  const boxes = traffic.filter((t) => t.family === family && (t.protocol === protocol || t.protocol === "any"));
  const cuts = [...new Set(boxes.flatMap(({ toPorts: [low, high] }) => [low, high + 1]))].sort((a, b) => a - b);
  return cuts.slice(0, -1).flatMap((low, i): readonly Lane[] => {
    const high = (cuts[i + 1] ?? low + 1) - 1;
    const inside = boxes.filter((t) => t.toPorts[0] <= low && high <= t.toPorts[1]);
    const sources = merged(inside.map((t) => t.fromPorts));
    if (sources.length === 0) return [];
    const open = sources.some(([from, to]) => from <= CLIENTS[0] && CLIENTS[1] <= to);
    return open
      ? [{ protocol, family, ports: [low, high], answer: false }]
      : sources.map((ports) => ({ protocol, family, ports, answer: true }));
  });
}

function merged(spans: readonly Span[]): readonly Span[] {
  const found: [number, number][] = [];
  for (const [low, high] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = found.at(-1);
    if (last !== undefined && low <= last[1] + 1) last[1] = Math.max(last[1], high);
    else found.push([low, high]);
  }
  return found;
}

const isAll = (spans: readonly Span[]): boolean =>
  spans.length === 1 && (spans[0]?.[0] ?? 1) <= 1 && spans[0]?.[1] === LAST_PORT;

const portText = (protocol: string, spans: readonly Span[]): string => {
  if (protocol === "ICMP" || protocol === "OTHER" || isAll(spans)) return "";
  return ` ${spans.map(([low, high]) => (low === high ? `${low}` : `${low}-${high}`)).join(", ")}`;
};

/** The text of a list of traffic; answers to what the other side may open are told only where nothing more is open. */
export function trafficText(traffic: readonly Traffic[]): string {
  const lanes = PROTOCOLS.flatMap((protocol) =>
    ([4, 6] as const).flatMap((family) => lanesOf(traffic, protocol, family)),
  );
  const open = textOf(lanes.filter((lane) => !lane.answer));
  const answers = textOf(lanes.filter((lane) => lane.answer));
  if (open === "") return answers === "" ? "" : `answers of ${answers.replaceAll("; ", "; answers of ")}`;
  return open;
}

function textOf(lanes: readonly Lane[]): string {
  const byPorts = new Map<string, { protocol: string; families: Set<4 | 6> }>();
  for (const family of [4, 6] as const) {
    for (const protocol of PROTOCOLS) {
      const spans = merged(lanes.filter((l) => l.family === family && l.protocol === protocol).map((l) => l.ports));
      if (spans.length === 0) continue;
      const text = `${protocol === "OTHER" ? "every other protocol" : protocol}${portText(protocol, spans)}`;
      const entry = byPorts.get(text) ?? { protocol, families: new Set() };
      entry.families.add(family);
      byPorts.set(text, entry);
    }
  }
  const parts = [...byPorts].map(([text, { families }]) =>
    families.size === 2 ? text : `${text} over IPv${[...families].join("")}`,
  );
  const whole = ["ICMP", "TCP", "UDP", "every other protocol"];
  if (whole.every((p) => parts.includes(p))) return EVERYTHING;
  for (const family of ["IPv4", "IPv6"]) {
    if (parts.length === whole.length && whole.every((p) => parts.includes(`${p} over ${family}`)))
      return `${EVERYTHING} over ${family}`;
  }
  return parts.sort(byText).join("; ");
}

interface Part {
  readonly name: string;
  readonly families: readonly string[];
  readonly spans: readonly Span[];
}

function partsOf(text: string): readonly Part[] {
  const spelled = text.replace(/\beverything(?= over IPv\d|;|$)( over IPv\d)?/g, (_, over: string | undefined) =>
    ["ICMP", "TCP", "UDP", "every other protocol"].map((p) => `${p}${over ?? ""}`).join("; "),
  );
  return spelled.split("; ").flatMap((part) => {
    const match = /^(answers of )?(ICMP|TCP|UDP|every other protocol)(?: ([\d, -]+?))?(?: over (IPv[46]))?$/.exec(part);
    if (match === null) return [];
    const [, answer = "", name = "", ports, family] = match;
    const spans = ports === undefined ? [[0, LAST_PORT] as const] : ports.split(", ").map(spanOf);
    return [{ name: `${answer}${name}`, families: family === undefined ? ["IPv4", "IPv6"] : [family], spans }];
  });
}

const spanOf = (text: string): Span => {
  const [low = 0, high = low] = text.split("-").map(Number);
  return [low, high];
};

/** True when the first traffic allows all that the second does. Answers are allowed by whatever is open. */
export function covers(wide: string, narrow: string): boolean {
  const all = partsOf(wide);
  return partsOf(narrow).every(({ name, families, spans }) =>
    families.every((family) => {
      const same = all.filter(
        (p) => p.families.includes(family) && (p.name === name || name === `answers of ${p.name}`),
      );
      if (name.startsWith("answers of ") && same.some((p) => p.name !== name)) return true;
      const open = merged(same.flatMap((p) => p.spans));
      return spans.every(([low, high]) =>
        open.some(([l, h]) => (l <= low || (l === 1 && h === LAST_PORT)) && high <= h),
      );
    }),
  );
}
