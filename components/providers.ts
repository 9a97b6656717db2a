import { ProviderResource } from "@pulumi/pulumi";
import type { RegionName } from "../blueprint/model/common.ts";
import { toolError } from "../kernel/errors.ts";
import { BastideProvider } from "../plugins/bastide/resources.ts";

/** Versions of the plug-ins, equal to those of the npm packages (a test holds it). Our own is named by path in `Pulumi.yaml`. */
export const PLUGIN_VERSIONS = { scaleway: "1.54.0", random: "4.21.2" } as const;

/** The SDK's base class is abstract, though it lacks nothing. */
class Plugin extends ProviderResource {}

const OTHERS = {
  random: () => new Plugin("random", "random", {}, { version: PLUGIN_VERSIONS.random }),
  bastide: () => new BastideProvider("bastide"),
} as const;
export type OtherPlugin = keyof typeof OTHERS;

/**
 * The explicit providers of one stack: one of Scaleway for each region, one of each other plug-in that it uses.
 *
 * They are plain `ProviderResource`s, not the SDK's `Provider` class, for two reasons: that class reads SCW_SECRET_KEY and
 * its companions from the program's environment and registers them in plain text, where every ledger of the program sees
 * them; and it registers a public download address. Without it, the plug-in reads its credentials itself, and the engine
 * keeps them encrypted.
 */
export class Providers {
  readonly #regional: ReadonlyMap<RegionName, ProviderResource>;
  readonly #common: readonly ProviderResource[];

  constructor(organizationId: string, regions: readonly RegionName[], others: readonly OtherPlugin[]) {
    this.#regional = new Map(
      regions.map((region) => [
        region,
        new Plugin(
          "scaleway",
          `scaleway-${region}`,
          { region, zone: `${region}-1`, organizationId },
          { version: PLUGIN_VERSIONS.scaleway },
        ),
      ]),
    );
    this.#common = others.map((plugin) => OTHERS[plugin]());
  }

  /** Providers for resources of one region, and for the global ones that are asked for through it. */
  of(region: RegionName): readonly ProviderResource[] {
    const regional = this.#regional.get(region);
    if (regional === undefined) {
      throw toolError(`the plan places something in ${region}, which is none of [${[...this.#regional.keys()]}]`);
    }
    return [regional, ...this.#common];
  }
}
