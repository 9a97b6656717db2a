import { z } from "zod";

/** Kapsule v1: what may be asked of a pool, at its making and later. */
const policyInput = z.object({ max_unavailable: z.number().nullish(), max_surge: z.number().nullish() });
export const poolPatchInput = z.object({
  autoscaling: z.boolean().nullish(),
  size: z.number().nullish(),
  min_size: z.number().nullish(),
  max_size: z.number().nullish(),
  autohealing: z.boolean().nullish(),
  tags: z.array(z.string()).nullish(),
  kubelet_args: z.record(z.string(), z.string()).nullish(),
  upgrade_policy: policyInput.nullish(),
  security_group_id: z.string().nullish(),
  labels: z.record(z.string(), z.string()).nullish(),
  taints: z.array(z.unknown()).nullish(),
  startup_taints: z.array(z.unknown()).nullish(),
});
export const poolInput = poolPatchInput.extend({
  name: z.string().default(""),
  node_type: z.string(),
  size: z.number().int().min(0),
  container_runtime: z.string().nullish(),
  placement_group_id: z.string().nullish(),
  zone: z.string().nullish(),
  root_volume_type: z.string().nullish(),
  root_volume_size: z.number().nullish(),
  public_ip_disabled: z.boolean().default(false),
  private_network_id: z.string().nullish(),
});
