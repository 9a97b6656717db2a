import * as grpc from "@grpc/grpc-js";
import languageService, { type ILanguageRuntimeServer } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import language, { type ProgramInfo } from "@pulumi/pulumi/proto/language_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { unary } from "../unary.ts";
import { stopChildren } from "./children.ts";
import { programDependencies, requiredPlugins } from "./packages.ts";
import { bind } from "./policy-proxy.ts";
import { runProgram } from "./run.ts";
import { runPlugin } from "./run-plugin.ts";

/**
 * Stand-in for `pulumi-language-nodejs`, for where the official one cannot be had: the calls that preview, up, refresh,
 * destroy, policy packs and `pulumi about` need. Installing and generating code it refuses, saying who does that.
 */
export interface HostOptions {
  /** `host:port` of the engine. */
  readonly engineAddress: string;
  readonly version: string;
}

/** A plain status: an Error's stack is nobody's business on the other side. */
const failed = (error: unknown, code: grpc.status = grpc.status.UNKNOWN): grpc.StatusObject => ({
  code,
  details: error instanceof Error ? error.message : String(error),
  metadata: new grpc.Metadata(),
});

const answer = unary((error) => failed(error));

const REFUSAL =
  "the stand-in nodejs language host of Bastide runs programs and policy packs; fix: put the official pulumi-language-nodejs on PATH to";

/** Ends a stream with an error status; grpc-js takes it from the event. */
function fail(call: { emit(event: "error", status: grpc.StatusObject): boolean }, status: grpc.StatusObject): void {
  call.emit("error", status);
}

const directoryOf = (info: ProgramInfo | undefined): string => info?.getProgramDirectory() ?? process.cwd();

export function languageHost({ engineAddress, version }: HostOptions): ILanguageRuntimeServer {
  const refuse =
    <Q, A>(what: string): grpc.handleUnaryCall<Q, A> =>
    (_call, done) =>
      done({ code: grpc.status.UNIMPLEMENTED, details: `${REFUSAL} ${what}` });

  return {
    handshake: answer(() => new language.LanguageHandshakeResponse()),
    getPluginInfo: answer(() => new plugin.PluginInfo().setVersion(version)),
    // Deprecated for getRequiredPackages; this error code makes the engine see that.
    getRequiredPlugins: refuse("list plug-ins in the old way"),
    getRequiredPackages: answer((request) => {
      const found = requiredPlugins(directoryOf(request.getInfo()));
      const packages = found.map(({ name, version: v }) =>
        new plugin.PackageDependency().setKind("resource").setName(name).setVersion(v),
      );
      return new language.GetRequiredPackagesResponse().setPackagesList(packages);
    }),
    getProgramDependencies: answer((request) => {
      const found = programDependencies(directoryOf(request.getInfo()), request.getTransitivedependencies());
      return new language.GetProgramDependenciesResponse().setDependenciesList(
        found.map(({ name, version: v }) => new language.DependencyInfo().setName(name).setVersion(v)),
      );
    }),
    run: answer((request) => runProgram(request, engineAddress)),
    runPlugin: (call) => {
      runPlugin(call).catch((error: unknown) => fail(call, failed(error)));
    },
    about: answer(() => new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
    runtimeOptionsPrompts: answer(() => new language.RuntimeOptionsResponse()),
    installDependencies: (call) => {
      const where = call.request.getDirectory() || directoryOf(call.request.getInfo());
      const details = `dependencies are installed from the lock file only; fix: run npm ci in ${where}`;
      fail(call, failed(details, grpc.status.FAILED_PRECONDITION));
    },
    template: refuse("prepare templates"),
    generateProgram: refuse("convert programs"),
    generateProject: refuse("generate projects"),
    generatePackage: refuse("generate SDKs"),
    pack: refuse("pack SDKs"),
    link: refuse("link SDKs"),
    cancel: answer(() => {
      stopChildren("SIGTERM");
      return new empty.Empty();
    }),
  };
}

/** Serves on a free port of the loopback, and says which. */
export function serveHost(options: HostOptions): Promise<number> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
  server.addService(languageService.LanguageRuntimeService, { ...languageHost(options) });
  return bind(server);
}
