/**
 * Properties whose change provider 2.80.0 plans as an update and does not carry out, by canonical type: the state then says what
 * was wished. Found in its code and by trial; the option `replaceOnChanges` makes the engine replace instead.
 */
export const SILENT: Readonly<Record<string, readonly string[]>> = {
  "scaleway:network/acl:Acl": ["vpcId"],
  "scaleway:keymanager/key:Key": ["usage", "algorithm", "origin", "unprotected"],
  "scaleway:ipam/ip:Ip": ["sources"],
  "scaleway:iam/apiKey:ApiKey": ["userId"],
  "scaleway:interlink/link:Link": ["routingPolicyV4Id", "routingPolicyV6Id"],
  "scaleway:s2svpn/gateway:Gateway": [
    "gatewayType",
    "privateNetworkId",
    "publicConfigs",
    "ipamPrivateIpv4Id",
    "ipamPrivateIpv6Id",
  ],
};
