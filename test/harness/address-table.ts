import { environmentNames } from "../../stacks/load.ts";
import { planOf } from "./plans.ts";

/** Ranges and booked addresses of every shipped environment, as one flat table. */
export const addressTable = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    environmentNames.flatMap((name) =>
      planOf(name).foundation.regions.flatMap(({ region, network, cluster }) => [
        ...network.privateNetworks.flatMap((it) => [
          [`${name} ${region} ${it.tier} v4`, it.ipv4],
          [`${name} ${region} ${it.tier} v6`, it.ipv6],
        ]),
        ...network.addresses.map((it) => [`${name} ${it.key}`, it.address]),
        [`${name} ${region} pods`, cluster.podCidr],
        [`${name} ${region} services`, cluster.serviceCidr],
      ]),
    ),
  );
