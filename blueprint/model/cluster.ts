import type { DeclaredSource } from "../../kernel/declaration.ts";
import type { Key, Planned, Regional, ZoneName } from "./common.ts";
import type { SecurityGroupSpec } from "./network.ts";

/** A private Kapsule cluster: pools spread over zones, one security group a zone, a control-plane ACL that survives. */
export interface ClusterSpec extends Planned, Regional {
  readonly type: string;
  /** Minor version, e.g. `1.33`: patches come by auto-upgrade in the window. */
  readonly version: string;
  readonly cni: "cilium" | "calico";
  readonly privateNetwork: Key;
  readonly podCidr: string;
  readonly serviceCidr: string;
  readonly maintenance: { readonly day: string; readonly startHour: number };
  readonly pools: readonly PoolSpec[];
  readonly securityGroups: readonly SecurityGroupSpec[];
  readonly acl: { readonly key: Key; readonly sources: readonly DeclaredSource[] };
  /** Gateway attachments that must exist before cluster and pools: nodes need their default route. */
  readonly needsAttachments: readonly Key[];
}

export interface PoolSpec extends Planned {
  readonly zone: ZoneName;
  readonly nodeType: string;
  readonly size: number;
  readonly minSize: number;
  readonly maxSize: number;
  readonly rootVolumeType: string;
  readonly rootVolumeGb: number;
  readonly securityGroup: Key;
}
