import { byKey } from "../../../kernel/order.ts";
import type { Resource } from "../../facts/observed.ts";
import { count } from "../wording.ts";
import type { GatewayItem, GatewayRole } from "./model.ts";
import { anchorOf, flagOf, itemOf, listOf, type MapReader, refOf, textOf } from "./reading.ts";

const ORDER: readonly GatewayRole[] = ["bastion", "nat", "tunnel", "gateway"];
const WORDS: Readonly<Record<GatewayRole, string>> = {
  bastion: "SSH bastion",
  nat: "NAT",
  tunnel: "WireGuard door",
  gateway: "gateway",
};

/** Public gateways with what they let in and out, by role. */
export const gatewayItems = (reader: MapReader, here: readonly Resource[]): readonly GatewayItem[] =>
  here
    .filter((r) => r.facts.some((f) => f.kind === "gateway"))
    .map((r) => gatewayItem(reader, here, r))
    .sort(byKey((g) => `${ORDER.indexOf(g.role)} ${g.title}`));

function gatewayItem(reader: MapReader, here: readonly Resource[], gateway: Resource): GatewayItem {
  const mine = here.filter((r) => {
    const link = reader.estate.link(refOf(r, "gatewayId"), "gateway");
    return link.kind === "found" && link.fact.urn === gateway.urn;
  });
  const attachments = mine.filter((r) => r.facts.some((f) => f.kind === "gateway-attachment"));
  const mappings = mine.filter((r) => r.facts.some((f) => f.kind === "port-mapping"));
  const role = roleOf(gateway, attachments, mappings);
  const serves = attachments.flatMap((r) => {
    const link = reader.estate.link(refOf(r, "privateNetworkId"), "private-network");
    return link.kind === "found" ? [anchorOf(link.fact.urn)] : [];
  });
  const item = itemOf(reader, gateway, { lines: [textOf(gateway, "type"), WORDS[role]] }, mine);
  const masquerades = attachments.some((r) => flagOf(r, "enableMasquerade"));
  return {
    ...item,
    role,
    inbound: inboundOf(gateway, mappings),
    outbound: masquerades ? "out: every IPv4 address" : "",
    serves,
  };
}

function roleOf(gateway: Resource, attachments: readonly Resource[], mappings: readonly Resource[]): GatewayRole {
  if (flagOf(gateway, "bastionEnabled")) return "bastion";
  if (mappings.some((r) => textOf(r, "protocol").toLowerCase() === "udp")) return "tunnel";
  return attachments.some((r) => flagOf(r, "enableMasquerade")) ? "nat" : "gateway";
}

function inboundOf(gateway: Resource, mappings: readonly Resource[]): string {
  const ranges = listOf(gateway, "allowedIpRanges").length;
  const ssh = flagOf(gateway, "bastionEnabled")
    ? [`SSH ${textOf(gateway, "bastionPort") || "61000"} from ${ranges === 0 ? "anywhere" : count(ranges, "range")}`]
    : [];
  const ports = mappings.map((r) => `${textOf(r, "protocol") || "both"} ${textOf(r, "publicPort")}`);
  return [...ssh, ...ports].join(", ");
}
