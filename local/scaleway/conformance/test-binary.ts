import { join } from "node:path";
import { cacheFolder, compile, isBuilt, withSources } from "./go-module.ts";
import { PROVIDER } from "./provider-module.ts";
import type { Service } from "./service.ts";

/** Test programs of the services, compiled where the cache lacks them. The module is copied out once for all of them. */
export async function testBinaries(
  module: string,
  services: readonly Service[],
  say: (line: string) => void,
): Promise<ReadonlyMap<Service, string>> {
  const folder = await cacheFolder(PROVIDER.version);
  const binaries = new Map(services.map((service) => [service, join(folder, `${service}.test`)]));
  const missing: (readonly [Service, string])[] = [];
  for (const entry of binaries) if (!(await isBuilt(entry[1]))) missing.push(entry);
  if (missing.length > 0)
    await withSources(module, async (sources) => {
      for (const [service, file] of missing) {
        say(`compiling the tests of ${service} (minutes for the first one, seconds for the next)`);
        await compile(sources, ["test", `./internal/services/${service}`], file);
      }
    });
  return binaries;
}
