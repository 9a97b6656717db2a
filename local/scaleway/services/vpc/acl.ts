import { z } from "zod";
import { parseCidr } from "../../../../kernel/cidr.ts";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { type ArgumentFault, invalidArguments } from "../../core/problem.ts";
import { type Call, param, parseInput, type Route } from "../../core/routes.ts";
import { VPC } from "./vpcs.ts";

/**
 * VPC v2: network ACLs. A VPC has one list for IPv4 and one for IPv6, each replaced as a whole. A list that was never set
 * accepts everything, and there is no deletion: clients set an empty, accepting one.
 */
const ruleSchema = z.object({
  protocol: z.enum(["ANY", "TCP", "UDP", "ICMP"]).default("ANY"),
  source: z.string(),
  src_port_low: z.number().int().min(0).max(65535).default(0),
  src_port_high: z.number().int().min(0).max(65535).default(0),
  destination: z.string(),
  dst_port_low: z.number().int().min(0).max(65535).default(0),
  dst_port_high: z.number().int().min(0).max(65535).default(0),
  action: z.enum(["accept", "drop"]),
  description: z.string().nullish(),
});
const policy = z.enum(["accept", "drop"]);
const schema = z.object({ id: z.string(), region: z.string(), rules: z.array(ruleSchema), default_policy: policy });
type Acl = z.infer<typeof schema>;
type Family = 4 | 6;

const ACL: Kind<Acl> = {
  kind: "vpc.acl",
  resource: "acl",
  schema,
  place: (a) => ({ locality: a.region, project: "", name: a.id }),
};

/** Quota of Scaleway's documentation (VPC, limits): rules of one VPC. */
const MAX_RULES = 255;
/** How the API shows whose rule it is (recordings); clients cut it off again. */
const SCOPE = "(Rule scope: client) ";
const PATH = "/vpc/v2/regions/:region/vpcs/:id/acl-rules";

const setInput = z.object({
  rules: z.array(ruleSchema).nullish(),
  is_ipv6: z.boolean().default(false),
  default_policy: policy,
});

const aclId = (vpcId: string, family: Family): string => `${vpcId}/${family}`;

/** The list in force. */
function aclOf(platform: Platform, vpcId: string, region: string, family: Family): Acl {
  const id = aclId(vpcId, family);
  return platform.collection(ACL).find(id) ?? { id, region, rules: [], default_policy: "accept" };
}

export function dropAcls(platform: Platform, vpcId: string): void {
  for (const family of [4, 6] as const) platform.collection(ACL).remove(aclId(vpcId, family));
}

const faultsOf = (rule: Acl["rules"][number], index: number, family: Family): readonly ArgumentFault[] => [
  ...(["source", "destination"] as const).flatMap((side): readonly ArgumentFault[] =>
    parseCidr(rule[side])?.family === family
      ? []
      : [{ argument: `rules.${index}.${side}`, reason: "constraint", help: `must be an IPv${family} range` }],
  ),
  ...(["src", "dst"] as const).flatMap((side): readonly ArgumentFault[] =>
    rule[`${side}_port_low`] <= rule[`${side}_port_high`]
      ? []
      : [
          {
            argument: `rules.${index}.${side}_port_low`,
            reason: "constraint",
            help: "must not be above the high port",
          },
        ],
  ),
];

const view = (acl: Acl): unknown => ({
  default_policy: acl.default_policy,
  rules: acl.rules.map((r) => ({ ...r, description: `${SCOPE}${r.description ?? ""}` })),
});

function set(call: Call): unknown {
  const vpc = call.platform.collection(VPC).must(param(call, "id"), call.locality);
  const input = parseInput(setInput, call.input);
  const family: Family = input.is_ipv6 ? 6 : 4;
  const rules = input.rules ?? [];
  const other = aclOf(call.platform, vpc.id, vpc.region, family === 4 ? 6 : 4).rules.length;
  const faults = rules.flatMap((rule, index) => faultsOf(rule, index, family));
  if (rules.length + other > MAX_RULES)
    faults.push({ argument: "rules", reason: "constraint", help: `a VPC has ${MAX_RULES} rules at most` });
  if (faults.length > 0) throw invalidArguments(...faults);
  return view(
    call.platform.collection(ACL).put({
      id: aclId(vpc.id, family),
      region: vpc.region,
      rules,
      default_policy: input.default_policy,
    }),
  );
}

export const aclRoutes: readonly Route[] = [
  {
    method: "GET",
    path: PATH,
    handle: (call) => {
      const vpc = call.platform.collection(VPC).must(param(call, "id"), call.locality);
      return view(aclOf(call.platform, vpc.id, vpc.region, call.query.get("is_ipv6") === "true" ? 6 : 4));
    },
  },
  { method: "PUT", path: PATH, handle: set },
];
