import { createRequire } from "node:module";
import { z } from "zod";
import { stopChildren } from "./children.ts";
import { serveHost } from "./host.ts";

/** Started by the engine as `pulumi-language-nodejs [flags] ENGINE_ADDRESS`; the first line of output is the port. */
const sdk = createRequire(import.meta.url)("@pulumi/pulumi/package.json");
const { version } = z.object({ version: z.string() }).parse(sdk);
const engineAddress = process.argv.slice(2).findLast((a) => /^[^-\s=]+:\d+$/.test(a));

if (process.argv.includes("-version") || process.argv.includes("--version")) {
  process.stdout.write(`${version}\n`);
} else if (engineAddress === undefined) {
  process.stderr.write("pulumi-language-nodejs (stand-in of Bastide): started by the engine, with its address\n");
  process.exitCode = 2;
} else {
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => {
      stopChildren(signal);
      process.exit(130);
    });
  process.once("exit", () => stopChildren("SIGKILL"));
  process.stdout.write(`${await serveHost({ engineAddress, version })}\n`);
}
