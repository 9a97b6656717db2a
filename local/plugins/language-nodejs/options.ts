import { createRequire } from "node:module";
import { join } from "node:path";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";

/** `runtime.options` of a Pulumi.yaml, as far as this host knows them. */
export interface RuntimeOptions {
  /** Whether the SDK registers ts-node. Default true, as with the official host; this repository says false. */
  readonly typescript: boolean;
  readonly nodeargs: readonly string[];
  readonly tsconfig: string | undefined;
}

const KNOWN = ["typescript", "nodeargs", "tsconfig", "packagemanager"];

/** @throws Error that names an option of another form, or one that the official host may know and this one does not. */
export function runtimeOptions(struct: Struct | undefined): RuntimeOptions {
  const options: Readonly<Record<string, unknown>> = struct?.toJavaScript() ?? {};
  const unknown = Object.keys(options).filter((o) => !KNOWN.includes(o));
  const { typescript = true, nodeargs = "", tsconfig } = options;
  if (unknown.length > 0)
    throw new Error(`runtime option ${unknown.join(", ")}: this stand-in language host knows ${KNOWN.join(", ")}`);
  if (typeof typescript !== "boolean") throw new Error("runtime option typescript: want true or false");
  if (typeof nodeargs !== "string") throw new Error("runtime option nodeargs: want words separated by spaces");
  if (tsconfig !== undefined && typeof tsconfig !== "string") throw new Error("runtime option tsconfig: want a path");
  return { typescript, nodeargs: nodeargs.split(" ").filter((a) => a !== ""), tsconfig };
}

export const typescriptEnvironment = (options: RuntimeOptions): Readonly<Record<string, string>> => ({
  ...(options.typescript ? { PULUMI_NODEJS_TYPESCRIPT: "true" } : {}),
  ...(options.tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig }),
});

/**
 * A runner of the program's own SDK, e.g. `cmd/run`.
 * @throws Error that says what to install and where.
 */
export function sdkRunner(directory: string, runner: string): string {
  try {
    return createRequire(join(directory, "package.json")).resolve(`@pulumi/pulumi/${runner}/index.js`);
  } catch (cause) {
    throw new Error(`the Pulumi SDK is not installed for ${directory}; fix: run npm ci there`, { cause });
  }
}
