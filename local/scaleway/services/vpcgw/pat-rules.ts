import ipaddr from "ipaddr.js";
import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import { conflict, invalidArguments } from "../../core/problem.ts";
import { type Call, crud, parseInput, type Route } from "../../core/routes.ts";
import { GATEWAY } from "./gateways.ts";

/** Public Gateways v2: PAT rules, each of which lets the Internet reach one port of one private address. */
const schema = z.object({
  id: z.string(),
  gateway_id: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  public_port: z.number(),
  private_ip: z.string(),
  private_port: z.number(),
  protocol: z.enum(["both", "tcp", "udp"]),
  zone: z.string(),
});
export type PatRule = z.infer<typeof schema>;

export const PAT_RULE: Kind<PatRule> = {
  kind: "vpcgw.pat-rule",
  resource: "pat_rule",
  schema,
  place: (r) => ({ locality: r.zone, project: "", name: r.gateway_id }),
};

const PATH = "/vpc-gw/v2/zones/:zone/pat-rules";
const port = z.number().int().min(1).max(65535);
const ruleInput = z.object({
  public_port: port,
  private_ip: z.string(),
  private_port: port,
  protocol: z.enum(["unknown_protocol", "both", "tcp", "udp"]).default("both"),
});
const createInput = ruleInput.extend({ gateway_id: z.string() });
const setInput = z.object({ gateway_id: z.string(), pat_rules: z.array(ruleInput) });

const clash = (a: Pick<PatRule, "protocol">, b: Pick<PatRule, "protocol">): boolean =>
  a.protocol === "both" || b.protocol === "both" || a.protocol === b.protocol;

/** Refuses an address that is none, and a public port that another rule of the gateway has. */
function check(call: Call, rule: PatRule): PatRule {
  if (!ipaddr.IPv4.isValidFourPartDecimal(rule.private_ip))
    throw invalidArguments({ argument: "private_ip", reason: "constraint", help: "must be an IPv4 address" });
  const taken = call.platform
    .collection(PAT_RULE)
    .in(rule.zone)
    .find(
      (r) =>
        r.id !== rule.id && r.gateway_id === rule.gateway_id && r.public_port === rule.public_port && clash(r, rule),
    );
  if (taken !== undefined)
    throw conflict("pat_rule", `port ${rule.public_port} of the gateway is mapped already`, taken.id);
  return rule;
}

function make(call: Call, gatewayId: string, input: z.infer<typeof ruleInput>): PatRule {
  const { platform, locality } = call;
  const gateway = platform.collection(GATEWAY).must(gatewayId, locality);
  const now = platform.clock.stamp();
  return check(call, {
    id: platform.ids.uuid(),
    gateway_id: gateway.id,
    created_at: now,
    updated_at: now,
    public_port: input.public_port,
    private_ip: input.private_ip,
    private_port: input.private_port,
    protocol: input.protocol === "unknown_protocol" ? "both" : input.protocol,
    zone: locality,
  });
}

export const patRuleRoutes: readonly Route[] = [
  ...crud<PatRule>({
    path: PATH,
    items: "pat_rules",
    of: (p) => p.collection(PAT_RULE),
    filters: {
      gateway_ids: (r, v) => r.gateway_id === v,
      private_ips: (r, v) => r.private_ip === v,
      protocol: (r, v) => v === "unknown_protocol" || r.protocol === v,
    },
    create: (call) => {
      const input = parseInput(createInput, call.input);
      return make(call, input.gateway_id, input);
    },
    update: (rule, call) => {
      const patch = parseInput(ruleInput.partial().extend({ protocol: z.string().optional() }), call.input);
      const protocol = schema.shape.protocol.safeParse(patch.protocol);
      return check(call, {
        ...rule,
        public_port: patch.public_port ?? rule.public_port,
        private_ip: patch.private_ip ?? rule.private_ip,
        private_port: patch.private_port ?? rule.private_port,
        protocol: protocol.success ? protocol.data : rule.protocol,
        updated_at: call.platform.clock.stamp(),
      });
    },
    remove: () => false,
  }),
  {
    method: "PUT",
    path: PATH,
    handle: (call) => {
      const input = parseInput(setInput, call.input);
      const rules = call.platform.collection(PAT_RULE);
      for (const rule of rules.in(call.locality)) if (rule.gateway_id === input.gateway_id) rules.remove(rule.id);
      return { pat_rules: input.pat_rules.map((rule) => rules.put(make(call, input.gateway_id, rule))) };
    },
  },
];
