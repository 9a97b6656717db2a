import type { ChildProcess } from "node:child_process";
import * as grpc from "@grpc/grpc-js";
import language, { type RunPluginRequest, type RunPluginResponse } from "@pulumi/pulumi/proto/language_pb.js";
import { exitOf, startNode } from "./children.ts";
import { runtimeOptions, sdkRunner, typescriptEnvironment } from "./options.ts";
import { servePolicyProxy } from "./policy-proxy.ts";

type Call = grpc.ServerWritableStream<RunPluginRequest, RunPluginResponse>;

/**
 * Runs a plug-in that is written for Node: a policy pack (kind `analyzer`, behind a proxy) or a provider from source. The
 * engine reads its output from the stream, the port in the first line, and ends it by cancelling the call.
 */
export async function runPlugin(call: Call): Promise<void> {
  const { request } = call;
  const info = request.getInfo();
  const directory = info?.getProgramDirectory() ?? request.getPwd();
  const options = runtimeOptions(info?.getOptions());
  const isPack = request.getKind() === "analyzer";
  const runner = sdkRunner(directory, isPack ? "cmd/run-policy-pack" : "cmd/run-plugin");
  const start = (variables: Readonly<Record<string, string>>): ChildProcess => {
    // A pack gets its folder last and runs in it, other plug-ins get it first: so the SDK's runners want it.
    const args = isPack ? [...request.getArgsList(), directory] : [directory, ...request.getArgsList()];
    const child = startNode([...options.nodeargs, runner, ...args], {
      cwd: isPack ? directory : request.getPwd(),
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...environment(request.getEnvList()), ...typescriptEnvironment(options), ...variables },
    });
    call.on("cancelled", () => child.kill());
    child.stderr?.on("data", (chunk: Buffer) => send(call, (r) => r.setStderr(chunk)));
    return child;
  };
  if (isPack) return runPack(call, start);
  const child = start({});
  child.stdout?.on("data", (chunk: Buffer) => send(call, (r) => r.setStdout(chunk)));
  finish(call, (await exitOf(child)).code);
}

async function runPack(
  call: Call,
  start: (variables: Readonly<Record<string, string>>) => ChildProcess,
): Promise<void> {
  const proxy = await servePolicyProxy(async (variables) => {
    const child = start(variables);
    exitOf(child).then(
      ({ code }) => {
        proxy.close();
        finish(call, code);
      },
      (error: unknown) => call.emit("error", { code: grpc.status.UNKNOWN, details: String(error) }),
    );
    return portOf(child, (rest) => send(call, (r) => r.setStdout(rest)));
  });
  call.on("cancelled", () => proxy.close());
  send(call, (r) => r.setStdout(Buffer.from(`${proxy.port}\n`)));
}

/** The first line is the port, the rest is output. @throws when the process ends without one. */
const portOf = (child: ChildProcess, onRest: (chunk: Buffer) => void): Promise<number> =>
  new Promise((resolve, reject) => {
    let head: Buffer | undefined = Buffer.alloc(0);
    child.stdout?.on("data", (chunk: Buffer) => {
      if (head === undefined) return onRest(chunk);
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf("\n");
      if (end < 0) return;
      const port = Number(head.subarray(0, end).toString());
      const rest = head.subarray(end + 1);
      head = undefined;
      if (Number.isInteger(port) && port > 0) resolve(port);
      else reject(new Error("the policy pack printed something else than its port first"));
      if (rest.length > 0) onRest(rest);
    });
    child.once("error", reject);
    child.once("close", (code) =>
      reject(new Error(`the policy pack ended with code ${code} before it served; see its output`)),
    );
  });

function send(call: Call, fill: (response: RunPluginResponse) => RunPluginResponse): void {
  if (!call.cancelled && !call.writableEnded) call.write(fill(new language.RunPluginResponse()));
}

function finish(call: Call, code: number | null): void {
  send(call, (r) => r.setExitcode(code ?? 1));
  if (!call.writableEnded) call.end();
}

/** `NAME=value` lines; the last of a name counts. */
const environment = (lines: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf("=");
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
