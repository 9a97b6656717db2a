import type { Output, Resource } from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";
import type { Key } from "../blueprint/model/common.ts";
import type { GatewaySpec } from "../blueprint/model/network.ts";
import { isEverything, parseCidr } from "../kernel/cidr.ts";
import type { ResourceRef } from "../kernel/declaration.ts";
import { inputError } from "../kernel/errors.ts";
import { type Site, SovereignComponent } from "./component.ts";
import { Named } from "./named.ts";
import type { Network } from "./network.ts";
import type { Projects } from "./projects.ts";
import { tagList } from "./values.ts";

/** The SSH entrance of a gateway: absent on every gateway whose job is another one. */
export interface SshEntrance {
  readonly port: number;
  readonly allowedSources: readonly string[];
  /** Registered keys: the gateway copies those of its project when the bastion is switched on, and only then. */
  readonly keys: readonly Resource[];
  /** Changes when the set of keys does, so that they are copied again. */
  readonly keysDigest: string;
}

export interface PatRule {
  readonly key: Key;
  readonly publicPort: number;
  readonly privatePort: number;
  readonly privateIp: string;
  readonly protocol: "udp";
}

export interface GatewayDeps {
  readonly projects: Projects;
  readonly network: Network;
  readonly entrance?: SshEntrance;
  readonly pat?: PatRule;
}

/** A public gateway with one job, its address and its attachments to private networks. */
export class Gateway extends SovereignComponent<GatewaySpec> {
  readonly address: Output<string>;
  readonly attachments: Named<scaleway.network.GatewayNetwork>;
  /** How declarations name the gateway's address. */
  readonly addressRef: ResourceRef;

  constructor(spec: GatewaySpec, deps: GatewayDeps, site: Site) {
    super("Gateway", spec.key, spec, site);
    const { zone } = spec;
    const projectId = deps.projects.id(spec.project);

    const ip = this.child(scaleway.network.PublicGatewayIp, spec.ip.key, {
      tags: tagList(spec.ip.tags),
      projectId,
      zone,
    });
    this.address = ip.address;
    this.addressRef = `scaleway:network/publicGatewayIp:PublicGatewayIp::${spec.ip.key}`;

    const gateway = this.child(
      scaleway.network.PublicGateway,
      spec.key,
      {
        name: spec.name,
        type: spec.type,
        ipId: ip.id,
        enableSmtp: false,
        ...entranceArgs(spec.key, deps.entrance),
        tags: tagList(spec.tags),
        projectId,
        zone,
      },
      { dependsOn: [...(deps.entrance?.keys ?? [])] },
    );
    this.attachments = Named.from("gateway attachment", spec.attachments, (attachment) => {
      const network = deps.network.join(attachment.privateNetwork);
      return this.child(
        scaleway.network.GatewayNetwork,
        attachment.key,
        {
          gatewayId: gateway.id,
          privateNetworkId: network.id,
          enableMasquerade: attachment.masquerade,
          // Left out, no default route would be pushed and private nodes would be cut off.
          ipamConfigs: [{ pushDefaultRoute: attachment.pushDefaultRoute }],
          zone,
        },
        { dependsOn: [...network.after] },
      );
    });
    if (deps.pat !== undefined) this.#map(deps.pat, gateway.id, zone);
    this.publish({
      gatewayId: gateway.id,
      address: ip.address,
      attachments: this.attachments.record((attachment) => attachment.id),
    });
  }

  #map(rule: PatRule, gatewayId: Output<string>, zone: string): void {
    this.child(
      scaleway.network.PublicGatewayPatRule,
      rule.key,
      {
        gatewayId,
        privateIp: rule.privateIp,
        privatePort: rule.privatePort,
        publicPort: rule.publicPort,
        protocol: rule.protocol,
        zone,
      },
      { dependsOn: [...this.attachments.all] },
    );
  }
}

function entranceArgs(gateway: Key, entrance: SshEntrance | undefined) {
  if (entrance === undefined) return { bastionEnabled: false };
  return {
    bastionEnabled: true,
    bastionPort: entrance.port,
    allowedIpRanges: [...narrowSources(gateway, entrance.allowedSources)],
    refreshSshKeys: entrance.keysDigest,
  };
}

/**
 * The allowed sources, or an input error. An empty list is never sent to Scaleway, which then lets the whole world in until
 * the next run, so it cannot be let through here, whatever the plan says.
 */
export function narrowSources(gateway: Key, sources: readonly string[]): readonly string[] {
  const ranges = sources.map((text) => parseCidr(text));
  if (sources.length > 0 && ranges.every((range) => range !== undefined && !isEverything(range))) return sources;
  throw inputError("an SSH bastion needs named sources", [
    {
      code: "bastion.sources",
      path: `${gateway}.allowedSources`,
      got: `[${sources.join(", ")}]`,
      want: "at least one range, none of them every address",
      fix: "name the ranges that administrators come from in the settings of the environment",
    },
  ]);
}
