import type { Item } from "./unit.ts";

/** What is wrong in a bad unit, by the name of the part; `undefined` takes a property away. */
const HOLES: Readonly<Record<string, Item["inputs"]>> = {
  "acl-v4": { isIpv6: true },
  "acl-v6": { defaultPolicy: "accept" },
  data: { enableDefaultRoutePropagation: true },
  "cluster-acl": { aclRules: [{ ip: "0.0.0.0/0" }] },
  "pool-1": { publicIpDisabled: false },
  "pool-2": { publicIpDisabled: undefined },
  "key-1": { region: undefined },
  "key-2": { algorithm: "rsa_oaep_2048_sha256", rotationPolicy: { rotationPeriod: "8760h" } },
  "bucket-1": { projectId: undefined },
  "policy-2": { region: "nl-ams" },
  "encryption-0": { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
};

/** The item with what is wrong with it, if its part has a hole. */
export function withHole(item: Item, u: number): Item {
  const hole = HOLES[item.name.slice(0, -`-${u}`.length)];
  if (hole === undefined) return item;
  const inputs = Object.entries({ ...item.inputs, ...hole }).filter(([, value]) => value !== undefined);
  const id = hole.region === undefined ? item.id : `${hole.region}/${item.id.split("/")[1]}`;
  return { ...item, id, inputs: Object.fromEntries(inputs) };
}
