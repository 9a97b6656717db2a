import { mayBeDataTier, mayHoldHealthData } from "../../../../judge/facts/classification.ts";
import type { Net } from "../../../../judge/graph/topology.ts";

/** Data tier, health data, or nobody says which: all networks but the edge itself. */
export const isSensitive = (net: Net): boolean =>
  net.tier !== "dmz" && (mayBeDataTier(net.tier) || mayHoldHealthData(net.dataClass));
