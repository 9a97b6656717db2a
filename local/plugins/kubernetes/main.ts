import { createRequire } from "node:module";
import { z } from "zod";
import { engineWarnings } from "../../../plugins/engine/warnings.ts";
import { serve } from "./server.ts";

/** The process that the engine starts as `pulumi-resource-kubernetes ENGINE_ADDRESS`; it prints its port and serves. */
const sdk = createRequire(import.meta.url)("@pulumi/kubernetes/package.json");
const { version } = z.object({ version: z.string() }).parse(sdk);
const args = process.argv.slice(2);

if (args.includes("-version") || args.includes("--version")) process.stdout.write(`${version}\n`);
else {
  const engineAddress = args.findLast((a) => /^[^-\s=]+:\d+$/.test(a));
  process.stdout.write(`${await serve({ version, env: process.env, tell: engineWarnings(engineAddress) })}\n`);
}
