import type { InstanceTemplateArgs } from "@pulumiverse/scaleway/autoscaling/index.js";
import type {
  ImageArgs,
  IpArgs,
  PrivateNicArgs,
  SecurityGroupArgs,
  SecurityGroupRulesArgs,
  ServerArgs,
} from "@pulumiverse/scaleway/instance/index.js";
import { type Known, known, mapKnown } from "../../../kernel/known.ts";
import type { HostFact } from "../fact.ts";
import type { GroupRule, InboundRulesFact, OutboundRulesFact } from "../fact-edge.ts";
import type { Item } from "../plain.ts";
import type { Reader } from "../reader.ts";
import type { Ref } from "../reference.ts";
import { type Decoder, decoder } from "./decoder.ts";

type PublicBy = HostFact["publicBy"][number];

/** A property that must stay empty: any content is a public address. */
const none = (property: string, count: Known<number>, got: Known<unknown>, want: unknown): PublicBy => ({
  property,
  value: mapKnown(count, (n) => n > 0),
  got,
  want,
});

const flag = (property: string, got: Known<boolean | undefined>): PublicBy => ({
  property,
  value: mapKnown(got, (v) => v === true),
  got,
  want: false,
});

/** Types whose very existence is a public address: no property takes it away. */
const alwaysPublic = (type: string): Decoder =>
  decoder<object>(type, (_, { urn }) => [
    {
      kind: "host",
      urn,
      publicBy: [{ property: "type", value: known(true), got: known(type), want: "no such resource" }],
    },
  ]);

type RuleReader = Reader<Item<SecurityGroupArgs, "inboundRules">>;

const rulesIn = (list: Known<readonly RuleReader[]>): Known<readonly GroupRule[]> =>
  mapKnown(list, (rules) =>
    rules.map((rule) => ({
      property: rule.path("action").replace(/\.action$/, ""),
      action: rule.text("action"),
      protocol: rule.text("protocol"),
      range: rangeOf(rule),
      ports: portsOf(rule),
    })),
  );

const groupRules = (
  read: Pick<Reader<Pick<SecurityGroupArgs, "inboundRules" | "outboundRules">>, "list">,
  urn: string,
  group: Ref | "self",
): readonly [InboundRulesFact, OutboundRulesFact] => [
  { kind: "inbound-rules", urn, group, property: "inboundRules", rules: rulesIn(read.list("inboundRules")) },
  { kind: "outbound-rules", urn, group, property: "outboundRules", rules: rulesIn(read.list("outboundRules")) },
];

/** The deprecated `ip` is one address; without either the rule is for any address. */
function rangeOf(rule: RuleReader): Known<string | undefined> {
  const address = rule.text("ip");
  if (!address.known || (address.value !== undefined && address.value !== "")) return address;
  return rule.text("ipRange");
}

function portsOf(rule: RuleReader): Known<string | undefined> {
  const port = rule.count("port");
  if (!port.known) return port;
  return port.value === undefined || port.value === 0 ? rule.text("portRange") : known(String(port.value));
}

export const instanceDecoders: readonly Decoder[] = [
  decoder<ServerArgs>("scaleway:instance/server:Server", (read, { urn }) => {
    const single = read.ref("ipId");
    const many = read.refs("ipIds");
    return [
      {
        kind: "host",
        urn,
        publicBy: [
          flag("enableDynamicIp", read.flag("enableDynamicIp")),
          none(
            "ipId",
            known(single.kind === "absent" ? 0 : 1),
            known(single.kind === "id" ? single.id : "an address"),
            null,
          ),
          none(
            "ipIds",
            mapKnown(many, (ids) => ids.length),
            mapKnown(many, (ids) => `${ids.length} addresses`),
            [],
          ),
        ],
      },
      { kind: "filtered-host", urn, securityGroup: read.ref("securityGroupId") },
    ];
  }),

  decoder<InstanceTemplateArgs>("scaleway:autoscaling/instanceTemplate:InstanceTemplate", (read, { urn }) => {
    const counts = (["publicIpsV4Count", "publicIpsV6Count"] as const).map((property) => {
      const count = read.count(property);
      return none(
        property,
        mapKnown(count, (n) => n ?? 0),
        count,
        0,
      );
    });
    return [
      { kind: "host", urn, publicBy: counts },
      { kind: "filtered-host", urn, securityGroup: read.ref("securityGroupId") },
    ];
  }),

  decoder<IpArgs>("scaleway:instance/ip:Ip", (_, { urn }) => [
    {
      kind: "host",
      urn,
      publicBy: [{ property: "type", value: known(true), got: known("a flexible IP"), want: "no such resource" }],
    },
  ]),
  alwaysPublic("scaleway:elasticmetal/server:Server"),
  alwaysPublic("scaleway:elasticmetal/ip:Ip"),
  alwaysPublic("scaleway:applesilicon/server:Server"),

  decoder<SecurityGroupArgs>("scaleway:instance/securityGroup:SecurityGroup", (read, { urn }) => [
    {
      kind: "security-group",
      urn,
      inbound: { property: "inboundDefaultPolicy", value: read.text("inboundDefaultPolicy") },
      outbound: { property: "outboundDefaultPolicy", value: read.text("outboundDefaultPolicy") },
    },
    ...groupRules(read, urn, "self"),
  ]),

  decoder<SecurityGroupRulesArgs>("scaleway:instance/securityGroupRules:SecurityGroupRules", (read, { urn }) =>
    groupRules(read, urn, read.ref("securityGroupId")),
  ),

  decoder<PrivateNicArgs>("scaleway:instance/privateNic:PrivateNic", (read, { urn }) => [
    { kind: "network-card", urn, server: read.ref("serverId"), network: read.ref("privateNetworkId") },
  ]),

  decoder<ImageArgs>("scaleway:instance/image:Image", (read, { urn }) => {
    const isPublic = read.flag("public");
    const open = { property: "public", value: mapKnown(isPublic, (v) => v === true) };
    return [{ kind: "openness", urn, open, got: isPublic, want: false }];
  }),
];
