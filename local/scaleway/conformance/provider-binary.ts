import { join } from "node:path";
import { cacheFolder, compile, isBuilt, withSources } from "./go-module.ts";
import { PROVIDER } from "./provider-module.ts";

/** The provider itself, as Terraform starts it; built into the cache when absent. */
export async function providerBinary(module: string, say: (line: string) => void): Promise<string> {
  const file = join(await cacheFolder(PROVIDER.version), "terraform-provider-scaleway");
  if (await isBuilt(file)) return file;
  say("compiling the provider (some minutes, once)");
  await withSources(module, (sources) => compile(sources, ["build", "."], file));
  return file;
}
