import { addressAt, parseCidr } from "../kernel/cidr.ts";
import type { Environment } from "../stacks/load.ts";

/** What the local Scaleway has to be told of an environment, so that a run against it meets what it would meet outside. */
export interface LocalWorld {
  /** Regions that the catalogue does not know. */
  readonly extraRegions: readonly { readonly name: string; readonly zones: readonly string[] }[];
  /** Where calls seem to come from: an administrator's place. The deployer's rights end outside of the named ranges. */
  readonly clientAddress: string;
}

export const localWorld = ({ regions, settings }: Environment): LocalWorld => ({
  extraRegions: regions.filter((r) => r.origin === "declared").map((r) => ({ name: r.name, zones: r.zones })),
  clientAddress: addressIn(settings.admin.sources[0] ?? ""),
});

/** Not the range's first address, where it has others: that one names the network. */
function addressIn(source: string): string {
  const range = parseCidr(source);
  return range === undefined ? source : (addressAt(range, 1) ?? addressAt(range, 0) ?? source);
}
