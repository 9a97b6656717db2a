import type { RawEstate, RawObject, RawResource, RawValue } from "../../../judge/facts/raw.ts";
import type { Target } from "../../harness/mutations.ts";
import { targetOf } from "../../harness/mutations.ts";
import { type RawExtras, raw, tagList, tagMap } from "../../harness/raw.ts";
import { T } from "../../harness/types.ts";

/** The shipped rehearsal as applied, to be made worse by resources that are harmless one by one. */
export class World {
  #resources: readonly RawResource[];
  readonly #estate: RawEstate;

  constructor(estate: RawEstate) {
    this.#estate = estate;
    this.#resources = estate.resources;
  }

  get estate(): RawEstate {
    return { ...this.#estate, resources: this.#resources };
  }

  find(target: Target): RawResource {
    return targetOf(this.estate, target);
  }

  id(target: Target): string {
    return String(this.find(target).id);
  }

  /** The id's part behind its region or zone. */
  bare(target: Target): string {
    return this.id(target).replace(/^.*\//, "");
  }

  input(target: Target, name: string): RawValue {
    return this.find(target).inputs[name] ?? null;
  }

  /** A resource of the foundation, with an id of its name, under the provider of its region. */
  add(type: string, name: string, inputs: RawObject, extras: RawExtras & { readonly place?: string } = {}): string {
    const place = extras.place ?? String(inputs.zone ?? inputs.region ?? "");
    const id = place === "" ? name : `${place}/${name}`;
    const made = raw(type, name, inputs, { id, ...extras });
    this.#resources = [...this.#resources, { ...made, provider: PROVIDER }];
    return id;
  }

  change(target: Target, inputs: (before: RawObject) => RawObject): void {
    const at = this.find(target);
    const next = inputs(at.inputs);
    this.#resources = this.#resources.map((r) =>
      r === at ? { ...at, inputs: next, outputs: { ...at.outputs, ...next } } : r,
    );
  }

  /** One statement more in a bucket's policy. */
  allow(bucket: string, principals: readonly string[], actions: readonly string[]): void {
    this.change([T.bucketPolicy, `${bucket}-policy`], (before) => {
      const document = JSON.parse(String(before.policy));
      const name = String(this.input([T.bucket, bucket], "name"));
      const more = {
        Sid: "more",
        Effect: "Allow",
        Principal: { SCW: principals },
        Action: actions,
        Resource: [`${name}/*`],
      };
      return { ...before, policy: JSON.stringify({ ...document, Statement: [...document.Statement, more] }) };
    });
  }
}

const PROVIDER = "urn:pulumi:rehearsal.foundation::bastide::pulumi:providers:scaleway::scaleway-fr-par";

export const PAR = { region: "fr-par" };
export const PAR1 = { zone: "fr-par-1" };
export const tagged = (tier: string, dataClass = "technical") => ({
  tags: [...tagList(dataClass, tier), "synthetic=true"],
});
export const bucketTags = (tier: string, dataClass = "technical") => ({
  tags: { ...tagMap(dataClass, tier), synthetic: "true" },
});
export const net = (tier: string): Target => [T.network, `network-fr-par-${tier}`];
export const VPC: Target = [T.vpc, "network-fr-par-vpc"];
export const app = (name: string): Target => [T.application, `identity-app-${name}`];
export const project = (name: string): Target => [T.project, `project-${name}`];
export const DMZ_GATEWAY: Target = [T.gateway, "link-fr-par-fr-second-fr-par-gateway"];

/** A VPC with both sides of a peering to another one. */
export function peer(w: World, vpc: string, name: string, inputs: RawObject = {}): string {
  const id = w.add(T.vpc, name, { ...PAR, ...tagged("compute"), ...inputs });
  w.add(T.connector, `to-${name}`, { ...PAR, vpcId: vpc, targetVpcId: id, ...tagged("compute") });
  w.add(T.connector, `from-${name}`, { ...PAR, vpcId: id, targetVpcId: vpc, ...tagged("compute") });
  return id;
}

/** A server with a card in each of these networks, each at an address of its own. */
export function server(
  w: World,
  name: string,
  cards: Readonly<Record<string, string>>,
  inputs: RawObject = {},
): string {
  const id = w.add(T.server, name, { ...PAR1, type: "DEV1-S", image: "debian_bookworm", ...tagged("dmz"), ...inputs });
  for (const [tier, address] of Object.entries(cards)) {
    const network = w.id(net(tier));
    const booked = w.add(T.bookedIp, `${name}-${tier}-ip`, {
      ...PAR,
      address,
      sources: [{ privateNetworkId: network }],
      ...tagged(tier),
    });
    w.add(T.nic, `${name}-${tier}`, {
      ...PAR1,
      serverId: id,
      privateNetworkId: network,
      ipamIpIds: [booked],
      ...tagged(tier),
    });
  }
  return id;
}

/** A policy of one rule for one application, group or user. */
export function grant(w: World, name: string, to: RawObject, rule: RawObject): void {
  w.add(T.policy, name, { ...to, rules: [rule], ...tagged("admin") });
}
