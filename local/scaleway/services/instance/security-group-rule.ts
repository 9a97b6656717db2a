import { z } from "zod";
import { parseCidr } from "../../../../kernel/cidr.ts";
import { invalidArguments } from "../../core/problem.ts";

/** Instance API v1: one rule of a security group. */
const port = z.number().int().min(1).max(65535).nullable();
export const ruleSchema = z.object({
  id: z.string(),
  protocol: z.enum(["TCP", "UDP", "ICMP", "ANY"]),
  direction: z.enum(["inbound", "outbound"]),
  action: z.enum(["accept", "drop"]),
  ip_range: z.string(),
  dest_port_from: port,
  dest_port_to: port,
});
export type SecurityGroupRule = z.infer<typeof ruleSchema>;

export const ruleInput = z.object({
  id: z.string().nullish(),
  protocol: ruleSchema.shape.protocol.default("TCP"),
  direction: ruleSchema.shape.direction,
  action: ruleSchema.shape.action,
  ip_range: z.string().default("0.0.0.0/0"),
  dest_port_from: z.number().int().nullish(),
  dest_port_to: z.number().int().nullish(),
  position: z.number().nullish(),
  editable: z.boolean().nullish(),
});
export type RuleInput = z.infer<typeof ruleInput>;

/** One address stands without its length, as the API shows it (recordings). */
function canonicalRange(text: string): string {
  const range = parseCidr(text);
  if (range === undefined)
    throw invalidArguments({ argument: "ip_range", reason: "constraint", help: `${text} is no range` });
  return range.first === range.last ? range.text.replace(/\/\d+$/, "") : range.text;
}

export function newRule(id: string, input: RuleInput): SecurityGroupRule {
  const from = input.dest_port_from ?? null;
  // A range of one port is shown as a single port.
  const to =
    input.dest_port_to === null || input.dest_port_to === undefined || input.dest_port_to === from
      ? null
      : input.dest_port_to;
  if (from !== null && to !== null && to < from)
    throw invalidArguments({
      argument: "dest_port_to",
      reason: "constraint",
      help: "must not be below dest_port_from",
    });
  const parsed =
    ruleSchema.shape.dest_port_from.safeParse(from).success && ruleSchema.shape.dest_port_to.safeParse(to).success;
  if (!parsed) throw invalidArguments({ argument: "dest_port_from", reason: "constraint", help: "must be 1 to 65535" });
  return {
    id,
    protocol: input.protocol,
    direction: input.direction,
    action: input.action,
    ip_range: canonicalRange(input.ip_range),
    dest_port_from: from,
    dest_port_to: to,
  };
}

/** What every group drops while its default security is on: outgoing mail (recordings). */
const MAIL_PORTS = [25, 465, 587];
export const DEFAULT_RULES: readonly SecurityGroupRule[] = ["0.0.0.0/0", "::/0"].flatMap((ip_range, family) =>
  MAIL_PORTS.map((dest_port_from, index) => ({
    id: `11111111-2222-4333-8444-00000000000${family * MAIL_PORTS.length + index + 1}`,
    protocol: "TCP" as const,
    direction: "outbound" as const,
    action: "drop" as const,
    ip_range,
    dest_port_from,
    dest_port_to: null,
  })),
);
