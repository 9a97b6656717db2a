import * as grpc from "@grpc/grpc-js";
import analyzerService from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzer, { type AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb.js";

/**
 * Stands between the engine and a policy pack. The engine tells the stack by a call, to a process that it takes for running;
 * the policy SDK reads the stack from the environment at its start. So the pack is started by that first call (or by
 * any other, then without a stack), and all calls are handed through as bytes.
 */
export interface PolicyProxy {
  /** Port for the engine. */
  readonly port: number;
  close(): void;
}

/** Starts the pack with these variables added, resolves to the port that it serves on. */
export type StartPack = (variables: Readonly<Record<string, string>>) => Promise<number>;

type Method = grpc.MethodDefinition<Buffer, Buffer>;

const bytes = (value: Buffer): Buffer => value;
/** Analyses of whole stacks are larger than gRPC's 4 MB. */
const LIMITS = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 } as const;

export async function servePolicyProxy(start: StartPack): Promise<PolicyProxy> {
  let pack: Promise<grpc.Client> | undefined;
  const connect = (variables: Readonly<Record<string, string>>): Promise<grpc.Client> => {
    pack ??= start(variables).then(
      (port) => new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), LIMITS),
    );
    return pack;
  };
  const forward =
    (method: Method, variables: (body: Buffer) => Readonly<Record<string, string>>) =>
    (call: grpc.ServerUnaryCall<Buffer, Buffer>, done: grpc.sendUnaryData<Buffer>): void => {
      connect(variables(call.request)).then(
        (client) =>
          client.makeUnaryRequest(method.path, bytes, bytes, call.request, (error, answer) =>
            error === null ? done(null, answer) : done(error),
          ),
        (error: unknown) => done({ code: grpc.status.UNAVAILABLE, details: messageOf(error) }),
      );
    };
  const methods = new Map<string, Method>();
  const handlers: Record<string, grpc.handleUnaryCall<Buffer, Buffer>> = {};
  for (const [name, { path }] of Object.entries(analyzerService.AnalyzerService)) {
    const method: Method = {
      path,
      requestStream: false,
      responseStream: false,
      requestSerialize: bytes,
      requestDeserialize: bytes,
      responseSerialize: bytes,
      responseDeserialize: bytes,
    };
    methods.set(name, method);
    handlers[name] = forward(method, name === "configureStack" ? stackVariables : () => ({}));
  }
  // The policy SDK of this generation does not shake hands, and to ask it would start the pack too early.
  const empty = Buffer.from(new analyzer.AnalyzerHandshakeResponse().serializeBinary());
  handlers.handshake = (_call, done) => done(null, empty);

  const server = new grpc.Server(LIMITS);
  server.addService(Object.fromEntries(methods), handlers);
  const port = await bind(server);
  return {
    port,
    close: () => {
      server.forceShutdown();
      pack?.then(
        (client) => client.close(),
        () => undefined, // It never started: nothing to close.
      );
    },
  };
}

export const bind = (server: grpc.Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    );
  });

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The variables that `getStack()`, `getProject()` and configuration read in a pack. */
function stackVariables(body: Buffer): Readonly<Record<string, string>> {
  const request: AnalyzerStackConfigureRequest = analyzer.AnalyzerStackConfigureRequest.deserializeBinary(body);
  const names = {
    ORGANIZATION: request.getOrganization(),
    PROJECT: request.getProject(),
    STACK: request.getStack(),
    DRY_RUN: String(request.getDryRun()),
  };
  const set = Object.entries(names).filter(([, value]) => value !== "");
  return {
    ...Object.fromEntries(
      set.flatMap(([name, value]) => [
        [`PULUMI_NODEJS_${name}`, value],
        [`PULUMI_${name}`, value],
      ]),
    ),
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
  };
}
