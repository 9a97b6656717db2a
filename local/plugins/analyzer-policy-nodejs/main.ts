import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * Started by the engine as `pulumi-analyzer-policy-nodejs ENGINE_ADDRESS . [-OPTION=VALUE]` in a policy pack's folder, where no
 * language host is on PATH. Becomes the policy runner of the pack's own SDK, which reads these same arguments.
 */
const require = createRequire(join(process.cwd(), "package.json"));
let runner: string | undefined;
try {
  runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack/index.js");
} catch (error) {
  // The engine knows this sentence and says what to install where.
  process.stderr.write(`Cannot find module '@pulumi/pulumi/cmd/run-policy-pack'\n${String(error)}\n`);
  process.exitCode = 1;
}
if (runner !== undefined) require(runner);
