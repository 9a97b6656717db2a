import type { InstanceArgs as DatabaseArgs } from "@pulumiverse/scaleway/databases/index.js";
import type { ClusterArgs, PoolArgs } from "@pulumiverse/scaleway/kubernetes/index.js";
import type { LoadBalancerArgs } from "@pulumiverse/scaleway/loadbalancers/index.js";
import type { GatewayNetworkArgs, PrivateNetworkArgs, VpcArgs } from "@pulumiverse/scaleway/network/index.js";
import { allKnown, type Known, known, mapKnown, unknown } from "../../../kernel/known.ts";
import type { TrapFact, TrapName } from "../fact-traps.ts";
import { type RawObject, type RawResource, type RawValue, SECRET, UNKNOWN } from "../raw.ts";
import type { Ref } from "../reference.ts";
import { isWritten } from "../written.ts";
import { type Decoder, decoder } from "./decoder.ts";

const trap = (
  urn: string,
  name: TrapName,
  property: string,
  avoided: Known<boolean>,
  want: unknown,
  got: Known<unknown> = avoided,
): TrapFact => ({ kind: "trap", urn, trap: name, avoided: { property, value: avoided }, got, want });

/** A reference that leads somewhere, known or not. */
const named = (urn: string, ref: Ref, want: string): TrapFact =>
  trap(
    urn,
    "default-network",
    ref.property,
    known(ref.kind !== "absent"),
    want,
    known(ref.kind === "absent" ? null : "named"),
  );

/** A `false` that was written and never sent: what answers is still true. */
function stillTrue({ urn, inputs, outputs }: RawResource, property: string): TrapFact {
  const stays = (inputs[property] === false || inputs[property] === "false") && outputs[property] === true;
  return trap(
    urn,
    "dropped-false",
    property,
    known(!stays),
    "false, and answered as false",
    known(outputs[property] === true),
  );
}

/** Types with a boolean whose `false` never leaves the provider. */
const DROPS: readonly (readonly [type: string, ...properties: string[]])[] = [
  ["scaleway:loadbalancers/backend:Backend", "sslBridging", "ignoreSslServerVerify"],
  ["scaleway:iam/sshKey:SshKey", "disabled"],
  ["scaleway:iam/policy:Policy", "noPrincipal"],
];

const isObject = (v: RawValue | undefined): v is RawObject => typeof v === "object" && v !== null && !Array.isArray(v);

/** Whether the program itself wrote `inner` into the block `property`; the provider's answers always have it. */
function wrote({ inputs, propertyDependencies }: RawResource, property: string, inner: string): Known<boolean> {
  const block = inputs[property];
  if (block === UNKNOWN || block === SECRET) return unknown(property, propertyDependencies[property] ?? []);
  return known(isObject(block) && isWritten(block[inner]));
}

export const trapDecoders: readonly Decoder[] = [
  decoder<LoadBalancerArgs>("scaleway:loadbalancers/loadBalancer:LoadBalancer", (read, { urn }) => {
    const flexible = read.flag("assignFlexibleIp");
    const avoided = mapKnown(flexible, (v) => v !== false);
    return [trap(urn, "dropped-false", "assignFlexibleIp", avoided, "not false: it is never sent", flexible)];
  }),
  ...DROPS.map(([type, ...properties]) =>
    decoder<object>(type, (_, raw) => properties.map((property) => stillTrue(raw, property))),
  ),

  decoder<PoolArgs>("scaleway:kubernetes/pool:Pool", (read, { urn }) => {
    const counts = allKnown([
      mapKnown(read.list("startupTaints"), (list) => list.length),
      mapKnown(read.list("taints"), (list) => list.length),
    ]);
    const avoided = mapKnown(counts, ([atStart, always]) => atStart === 0 || always === 0);
    const got = mapKnown(counts, ([atStart, always]) => ({ startupTaints: atStart, taints: always }));
    return [trap(urn, "lost-taints", "startupTaints", avoided, "none beside taints", got)];
  }),

  decoder<PrivateNetworkArgs>("scaleway:network/privateNetwork:PrivateNetwork", (read, { urn }) => [
    named(urn, read.ref("vpcId"), "a VPC of its own choice"),
  ]),
  decoder<ClusterArgs>("scaleway:kubernetes/cluster:Cluster", (read, { urn }) => {
    const deletes = read.flag("deleteAdditionalResources");
    return [
      named(urn, read.ref("privateNetworkId"), "a private network of its own choice"),
      trap(
        urn,
        "additional-resources",
        "deleteAdditionalResources",
        mapKnown(deletes, (v) => v === false),
        false,
        deletes,
      ),
    ];
  }),

  decoder<object>("scaleway:keymanager/key:Key", (_, raw) => {
    const written = wrote(raw, "rotationPolicy", "nextRotationAt");
    const avoided = mapKnown(written, (v) => !v);
    return [trap(raw.urn, "written-rotation", "rotationPolicy.nextRotationAt", avoided, "no date", written)];
  }),

  decoder<DatabaseArgs>("scaleway:databases/instance:Instance", (read, { urn }) => {
    const same = read.flag("backupSameRegion");
    const off = read.flag("disableBackup");
    const avoided = off.known && off.value === true ? known(true) : mapKnown(same, (v) => v === true);
    return [trap(urn, "backup-elsewhere", "backupSameRegion", avoided, true, same)];
  }),

  decoder<object>("scaleway:observability/token:Token", (_, raw) =>
    (["writeLogs", "writeMetrics"] as const).map((scope) => {
      const written = wrote(raw, "scopes", scope);
      const got = mapKnown(written, (v) => (v ? "written" : "true, because nobody wrote it"));
      return trap(raw.urn, "unwritten-scopes", `scopes.${scope}`, written, "written, true or false", got);
    }),
  ),

  decoder<VpcArgs>("scaleway:network/vpc:Vpc", (read, { urn }) => {
    const routing = read.flag("enableRouting");
    const avoided = mapKnown(routing, (v) => v !== false);
    return [trap(urn, "routing-off", "enableRouting", avoided, "true, or not written", routing)];
  }),

  decoder<GatewayNetworkArgs>("scaleway:network/gatewayNetwork:GatewayNetwork", (read, { urn }) => {
    const blocks = mapKnown(read.list("ipamConfigs"), (list) => list.length);
    const avoided = mapKnown(blocks, (n) => n > 0);
    return [trap(urn, "silent-attachment", "ipamConfigs", avoided, "whether the default route is announced", blocks)];
  }),
];
