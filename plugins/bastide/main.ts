import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { main } from "@pulumi/pulumi/provider/index.js";
import { z } from "zod";
import { engineWarnings } from "../engine/warnings.ts";
import { scalewayApi } from "./client.ts";
import { CONSENT_VARIABLE, requireConsent } from "./consent.ts";
import { exportJobKind } from "./export-job.ts";
import { keyKind } from "./key.ts";
import { followEnvironment } from "./network.ts";
import { bastideProvider } from "./provider.ts";
import { EXPORT_JOB_TYPE, KEY_TYPE } from "./types.ts";

/** The process that the engine starts as `pulumi-resource-bastide ENGINE_ADDRESS`; it prints its port and serves. */
const { env, argv } = process;
const args = argv.slice(2);
const schema = await readFile(join(import.meta.dirname, "schema.json"), "utf8");
const { version } = z.object({ version: z.string() }).parse(JSON.parse(schema));

if (args.includes("-version") || args.includes("--version")) {
  process.stdout.write(`${version}\n`);
} else {
  followEnvironment(env);
  const warn = engineWarnings(args.find((a) => /^[^-\s]+:\d+$/.test(a)));
  const api = scalewayApi({ env, version });
  const kinds = {
    [KEY_TYPE]: keyKind({
      api,
      warn,
      now: () => new Date(),
      requireConsent: (urn) => requireConsent(urn, env[CONSENT_VARIABLE], new Date()),
    }),
    [EXPORT_JOB_TYPE]: exportJobKind({ api }),
  };
  await main(
    bastideProvider(kinds, version, async () => schema),
    args,
  );
}
