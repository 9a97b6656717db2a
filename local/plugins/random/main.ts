import { createRequire } from "node:module";
import { main } from "@pulumi/pulumi/provider/index.js";
import { z } from "zod";
import { randomProvider } from "./provider.ts";

/** The process that the engine starts as `pulumi-resource-random ENGINE_ADDRESS`, in the version of the npm package. */
const sdk = createRequire(import.meta.url)("@pulumi/random/package.json");
const { version } = z.object({ version: z.string() }).parse(sdk);
const args = process.argv.slice(2);

if (args.includes("-version") || args.includes("--version")) process.stdout.write(`${version}\n`);
else await main(randomProvider(version), args);
