import { type RawEstate, type RawResource, type RawValue, UNKNOWN } from "../../../judge/facts/raw.ts";

/** The estate as it stands once applied: gateways have their addresses, and what is composed of them is known. */
export function applied(estate: RawEstate): RawEstate {
  const addresses = new Map<string, string>();
  for (const r of estate.resources) {
    if (r.type.startsWith("scaleway:network/publicGatewayIp:"))
      addresses.set(r.urn, `203.0.113.${addresses.size + 10}`);
  }
  const settled = (r: RawResource): RawResource => {
    const address = addresses.get(r.urn);
    if (address !== undefined) return { ...r, outputs: { ...r.outputs, address } };
    const { aclRules } = r.inputs;
    if (!Array.isArray(aclRules)) return r;
    const known = aclRules.map((rule: RawValue) => withAddress(rule, r, addresses));
    return { ...r, inputs: { ...r.inputs, aclRules: known }, outputs: { ...r.outputs, aclRules: known } };
  };
  return { ...estate, resources: estate.resources.map(settled) };
}

/** The gateway that a source is named after: nodes leave by the egress, administrators by the bastion. */
function withAddress(
  rule: RawValue,
  { propertyDependencies }: RawResource,
  addresses: ReadonlyMap<string, string>,
): RawValue {
  if (typeof rule !== "object" || rule === null || !("ip" in rule) || rule.ip !== UNKNOWN) return rule;
  const name = String(rule.description).includes("bastion") ? "bastion-" : "egress-";
  const by = propertyDependencies.aclRules?.find((urn) => urn.split("::").at(-1)?.startsWith(name));
  return { ...rule, ip: `${addresses.get(by ?? "") ?? ""}/32` };
}
