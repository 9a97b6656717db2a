import { clusterSettingsDecoders } from "./cluster-settings.ts";
import { credentialDecoders } from "./credentials.ts";
import { databaseDecoders } from "./databases.ts";
import type { Decoder } from "./decoder.ts";
import { diskDecoders } from "./disks.ts";
import { edgeDecoders } from "./edges.ts";
import { engineDecoders, isProviderType, providerDecoder } from "./engine.ts";
import { entranceDecoders } from "./entrances.ts";
import { failoverDecoders } from "./failover.ts";
import { iamDecoders } from "./iam.ts";
import { identityDecoders } from "./identity.ts";
import { instanceDecoders } from "./instance.ts";
import { keepsakeDecoders } from "./keepsakes.ts";
import { keymanagerDecoders } from "./keymanager.ts";
import { kubernetesDecoders } from "./kubernetes.ts";
import { kubernetesApiDecoders } from "./kubernetes-api/all.ts";
import { madeSecretDecoders } from "./made-secrets.ts";
import { managedServiceDecoders } from "./managed-services.ts";
import { networkDecoders } from "./network.ts";
import { objectDecoders } from "./object.ts";
import { outletDecoders } from "./outlets.ts";
import { peopleDecoders } from "./people.ts";
import { retentionDecoders } from "./retention.ts";
import { serviceDecoders } from "./services.ts";
import { spaceDecoders } from "./spaces.ts";
import { supplyDecoders } from "./supply.ts";
import { topologyDecoders } from "./topology.ts";
import { topologyHostDecoders } from "./topology-hosts.ts";
import { trapDecoders } from "./traps.ts";
import { watchDecoders } from "./watch.ts";

const LISTS: readonly Decoder[] = [
  ...credentialDecoders,
  ...edgeDecoders,
  ...databaseDecoders,
  ...diskDecoders,
  ...engineDecoders,
  ...entranceDecoders,
  ...failoverDecoders,
  ...iamDecoders,
  ...identityDecoders,
  ...instanceDecoders,
  ...keepsakeDecoders,
  ...keymanagerDecoders,
  ...kubernetesDecoders,
  ...kubernetesApiDecoders,
  ...madeSecretDecoders,
  ...managedServiceDecoders,
  ...networkDecoders,
  ...objectDecoders,
  ...outletDecoders,
  ...peopleDecoders,
  ...retentionDecoders,
  ...serviceDecoders,
  ...clusterSettingsDecoders,
  ...supplyDecoders,
  ...spaceDecoders,
  ...topologyDecoders,
  ...topologyHostDecoders,
  ...trapDecoders,
  ...watchDecoders,
];

/** Every decoder, by canonical type token. Several areas may read one type: each adds its own facts, of its own kinds. */
export const DECODERS: ReadonlyMap<string, Decoder> = LISTS.reduce(
  (all, next) => all.set(next.type, both(all.get(next.type), next)),
  new Map<string, Decoder>(),
);

function both(first: Decoder | undefined, next: Decoder): Decoder {
  if (first === undefined) return next;
  const decode: Decoder["decode"] = (raw, sight) => [...first.decode(raw, sight), ...next.decode(raw, sight)];
  return { type: next.type, decode };
}

/** Decoder of a canonical type; provider instances of every package have one. */
export const decoderOf = (type: string): Decoder | undefined =>
  DECODERS.get(type) ?? (isProviderType(type) ? providerDecoder(type) : undefined);
