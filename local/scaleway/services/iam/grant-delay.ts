import type { Platform } from "../../core/platform.ts";
import type { Store } from "../../core/store.ts";

/**
 * The real IAM is eventually consistent: for a while after a policy was made, its grants are not known everywhere. Here they are
 * known at once unless a plan of faults says otherwise. A changed policy is known at once, too; its former rules are not kept.
 */
const KEY = "iam.grant-delay-ms";

export const delayGrants = ({ meta }: Pick<Store, "meta">, seconds: number): void =>
  meta.set(KEY, String(seconds * 1000));

/** Whether a policy that was made at this instant grants anything yet. */
export const isInEffect = ({ store, clock }: Pick<Platform, "store" | "clock">, createdAt: string): boolean =>
  Date.parse(createdAt) + Number(store.meta.get(KEY) ?? "0") <= clock.now();
