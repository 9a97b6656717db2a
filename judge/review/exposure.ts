import type { GatewayNetworkArgs, PublicGatewayArgs } from "@pulumiverse/scaleway/network/index.js";
import { allKnown, type Known, known, mapKnown } from "../../kernel/known.ts";
import type { ControlPlaneAclFact } from "../facts/fact.ts";
import type { InboundRulesFact, OutboundRulesFact } from "../facts/fact-edge.ts";
import { type Meaning, members, opening, valued } from "./meaning.ts";
import type { Seen } from "./seen.ts";

/**
 * What can be reached from outside, and what is let through inside, as single properties say it. Which pairs can talk is the
 * graph's to say; here stands each opening by itself, so that a reader learns which line opened it.
 */
export const exposure = (seen: Seen): readonly Meaning[] => [
  ...hosts(seen),
  ...services(seen),
  ...openToEverybody(seen),
  ...gateways(seen),
  ...attachments(seen),
  ...portMappings(seen),
  ...controlPlanes(seen),
  ...securityGroups(seen),
  ...routes(seen),
  ...kubernetesDoors(seen),
];

const hosts = ({ estate }: Seen): readonly Meaning[] =>
  estate
    .facts("host")
    .flatMap(({ urn, publicBy }) =>
      publicBy.flatMap(({ property, value }) =>
        opening("exposure", "public address", value, { subject: urn, property }),
      ),
    );

const services = ({ estate }: Seen): readonly Meaning[] =>
  estate
    .facts("managed-service")
    .flatMap(({ urn, publicEndpoints }) =>
      publicEndpoints.flatMap(({ property, value }) =>
        opening("exposure", "public endpoint", value, { subject: urn, property }),
      ),
    );

const openToEverybody = ({ estate }: Seen): readonly Meaning[] =>
  estate
    .facts("openness")
    .flatMap(({ urn, open }) =>
      opening("exposure", "open to everybody", open.value, { subject: urn, property: open.property }),
    );

/** Ranges that a bastion admits; with none written it admits every address. */
const gateways = (seen: Seen): readonly Meaning[] =>
  seen.of<PublicGatewayArgs>("scaleway:network/publicGateway:PublicGateway").flatMap(({ resource, read }) => {
    const enabled = read.flag("bastionEnabled");
    if (enabled.known && enabled.value !== true) return [];
    const ranges = mapKnown(read.texts("allowedIpRanges"), (list) => (list.length === 0 ? ["any address"] : list));
    const rest = { subject: resource.urn, property: "allowedIpRanges" };
    return members("exposure", "bastion admits", enabled.known ? ranges : enabled, rest);
  });

/** Masquerading lets everything in a network reach every address of the internet. */
const attachments = (seen: Seen): readonly Meaning[] =>
  seen.of<GatewayNetworkArgs>("scaleway:network/gatewayNetwork:GatewayNetwork").flatMap(({ resource, read }) => {
    const open = mapKnown(read.flag("enableMasquerade"), (on) => on === true);
    const what = seen.name(read.ref("privateNetworkId"));
    // The network that can leave is what counts: another gateway for it is no change.
    const rest = { subject: resource.urn, property: "enableMasquerade", what, whole: what !== "" };
    return opening("exposure", "leaves by NAT", open, rest);
  });

const portMappings = ({ estate }: Seen): readonly Meaning[] =>
  estate.facts("port-mapping").flatMap(({ urn, publicPort, privateAddress }) => {
    const both = allKnown<unknown>([publicPort.value, privateAddress.value]);
    const what = mapKnown(both, ([port, address]) => [`${String(port)} to ${String(address)}`]);
    return members("exposure", "port mapped inside", what, { subject: urn, property: publicPort.property });
  });

function controlPlanes(seen: Seen): readonly Meaning[] {
  const acls = seen.estate.facts("control-plane-acl");
  const guarded = acls.flatMap((acl) => {
    const link = seen.estate.link(acl.cluster, "cluster");
    return link.kind === "found" ? [link.fact.urn] : [];
  });
  const open = seen.estate.facts("cluster").filter(({ urn }) => !guarded.includes(urn));
  return [
    ...open.flatMap(({ urn }) =>
      members("exposure", "control plane admits", known(["any address"]), { subject: urn, property: "acl" }),
    ),
    ...acls.flatMap((acl) => admitted(acl)),
  ];
}

function admitted({ urn, sources, nobody }: ControlPlaneAclFact): readonly Meaning[] {
  if (nobody.value.known && nobody.value.value === true) return [];
  const rest = { subject: urn, property: "aclRules" };
  if (!sources.known) return members("exposure", "control plane admits", sources, rest);
  return sources.value.flatMap(({ range, everyScalewayAddress }) => {
    const everyone = mapKnown(everyScalewayAddress.value, (on): readonly string[] =>
      on === true ? ["every Scaleway address"] : [],
    );
    const named = mapKnown(range.value, (text): readonly string[] => (text === undefined ? [] : [text]));
    return [
      ...members("exposure", "control plane admits", everyone, { ...rest, property: everyScalewayAddress.property }),
      ...members("exposure", "control plane admits", named, { ...rest, property: range.property }),
    ];
  });
}

function securityGroups({ estate }: Seen): readonly Meaning[] {
  const accepts = (value: Known<string | undefined>): Known<boolean> => mapKnown(value, (v) => v !== "drop");
  const defaults = estate.facts("security-group").flatMap(({ urn, inbound, outbound }) => [
    ...opening("exposure", "accepts what no rule names, inbound", accepts(inbound.value), {
      subject: urn,
      property: inbound.property,
    }),
    ...opening("exposure", "accepts what no rule names, outbound", accepts(outbound.value), {
      subject: urn,
      property: outbound.property,
    }),
  ]);
  return [
    ...defaults,
    ...estate.facts("inbound-rules").flatMap((fact) => groupRules(fact, "security group admits", "from")),
    ...estate.facts("outbound-rules").flatMap((fact) => groupRules(fact, "security group lets out", "to")),
  ];
}

const groupRules = (
  { urn, rules, property: list }: InboundRulesFact | OutboundRulesFact,
  kind: string,
  way: "from" | "to",
): readonly Meaning[] =>
  rules.known
    ? rules.value.flatMap(({ property, action, protocol, range, ports }) => {
        const parts = allKnown([action, protocol, range, ports]);
        const what = mapKnown(parts, ([verb, proto, end, port]) =>
          verb === "accept"
            ? [`${proto ?? "every protocol"} ${port ?? "every port"} ${way} ${end ?? "any address"}`]
            : [],
        );
        return members("exposure", kind, what, { subject: urn, property });
      })
    : members("exposure", kind, rules, { subject: urn, property: list });

const routes = ({ estate }: Seen): readonly Meaning[] => [
  ...estate.facts("private-network").flatMap(({ urn, learnsDefaultRoutes: { property, value } }) =>
    opening(
      "exposure",
      "learns a default route",
      mapKnown(value, (on) => on === true),
      { subject: urn, property },
    ),
  ),
  ...estate.facts("route").flatMap(({ urn, destination: { property, value } }) =>
    members(
      "exposure",
      "routes to",
      mapKnown(value, (to) => [to ?? "every address"]),
      { subject: urn, property },
    ),
  ),
];

/** Services that ask the cloud for a door of their own; ingresses are one by being there. */
const kubernetesDoors = ({ estate }: Seen): readonly Meaning[] => [
  ...estate.facts("service").flatMap(({ urn, type, externalIps }) => [
    ...opening(
      "exposure",
      "load balancer or node port",
      mapKnown(type.value, (t) => t === "LoadBalancer" || t === "NodePort"),
      { subject: urn, property: type.property },
    ),
    ...members("exposure", "external address", externalIps.value, { subject: urn, property: externalIps.property }),
  ]),
  ...estate
    .facts("ingress")
    .flatMap(({ urn, className }) =>
      valued("exposure", "ingress of class", className.value, { subject: urn, property: className.property }),
    ),
];
