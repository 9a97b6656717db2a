import { Hash } from "node:crypto";
import { EventEmitter } from "node:events";
import { pathToFileURL } from "node:url";
import { openChannel } from "./channel.ts";
import { readEveryFrame } from "./frames.ts";
import { readJob } from "./job.ts";
import { ledgerMonitor } from "./monitor.ts";
import { refuseNetwork } from "./network.ts";
import { loadSdk } from "./sdk.ts";
import { guard, inheritedAdditions, watch } from "./tamper.ts";

/**
 * The gate's child: runs one Pulumi program as the engine's language host would, streams what it registers on descriptor 3,
 * and seals the stream when the program has truly ended. The program shares this process and is not trusted: whatever it
 * does, the worst outcome is a stream without a seal.
 */
const job = readJob();
const channel = openChannel(job.nonce);
const sdk = loadSdk(job.entry);
const path = guard([
  ["the SDK's registrations", sdk.proto.RegisterResourceRequest.prototype],
  ["the SDK's reads", sdk.proto.ReadResourceRequest.prototype],
  ["the SDK's values", sdk.struct.Struct.prototype],
  ["the SDK's values", sdk.struct.Value.prototype],
  ["the SDK's values", sdk.struct.ListValue.prototype],
  ["the SDK's messages", sdk.jspb.Message],
  ["the SDK's maps", sdk.jspb.Map.prototype],
  ["node:crypto's hash", Hash.prototype],
]);
const monitor = ledgerMonitor(sdk, job, channel, path.look);

sdk.settings.setMockOptions(monitor, job.project, job.stack, true, "organization");
sdk.config.setAllConfig({ ...job.config });
Object.assign(sdk.store, {
  supportsSecrets: true,
  supportsResourceReferences: true,
  supportsDeletedWith: true,
  supportsReplaceWith: true,
  supportsAliasSpecs: true,
  supportsParameterization: true,
  supportsInvokeDependsOn: true,
});
readEveryFrame(sdk.resource.Resource);
refuseNetwork();

const changes = watch([
  ["the SDK's settings", sdk.settings],
  ["the SDK's monitor", Object.getPrototypeOf(monitor)],
]);
const onProcess = process.on.bind(process);
const exit = process.exit.bind(process);
const { getMonitor, waitForRPCs } = sdk.settings;
const { hasErrors } = sdk.log;

let ended = false;
let draining = false;
let quiet = false;
const fail = (reason: string): never => {
  channel.write({ kind: "failed", reason });
  channel.end();
  return exit(1);
};
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const onError = (error: unknown): never => fail(`it threw: ${messageOf(error)}`);
onProcess("uncaughtException", onError);
onProcess("unhandledRejection", onError);
const listenersOf = EventEmitter.prototype.listeners.bind(process);
const hears = (event: "uncaughtException" | "unhandledRejection"): boolean =>
  listenersOf(event).some((listener) => Object.is(listener, onError));
onProcess("beforeExit", () => {
  if (!ended) fail("it has nothing left to do and has not ended: a promise that it awaits never settles");
  if (quiet) return seal();
  // What timers registered after the program's end must be answered too: one more turn of the loop, then the seal.
  if (draining) fail("a resource that it declares never settles");
  draining = true;
  waitForRPCs().then(() => {
    quiet = true;
  });
  setImmediate(() => {});
});

function seal(): void {
  if (hasErrors()) fail("it logged an error, at which the engine would stop");
  if (!Object.is(getMonitor(), monitor)) fail("it replaced the monitor that it registers with");
  const replaced = [...changes(), ...path.touched()];
  if (replaced.length > 0) fail(`it replaced ${replaced.join(", ")}`);
  const added = inheritedAdditions();
  if (added.length > 0) fail(`it added ${added.join(", ")}`);
  if (!hears("unhandledRejection") || !hears("uncaughtException")) fail("it no longer hears of its own errors");
  channel.end();
}

/** The module's exports, or what its exported function returns, as the engine's language host takes them. */
async function runProgram(): Promise<unknown> {
  const exported: Record<string, unknown> = await import(pathToFileURL(job.entry).href);
  const { default: main } = exported;
  if (!("default" in exported)) return exported;
  return typeof main === "function" ? main() : main;
}

await sdk.stack.runInPulumiStack(runProgram);
await waitForRPCs();
ended = true;
