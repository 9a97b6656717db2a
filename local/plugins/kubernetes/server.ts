import * as grpc from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import providerService, { type IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages, { type PropertyDiff } from "@pulumi/pulumi/proto/provider_pb.js";
import status from "@pulumi/pulumi/proto/status_pb.js";
import any from "google-protobuf/google/protobuf/any_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct, { type JavaScriptValue, type Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import type { Props } from "../../../plugins/engine/values.ts";
import { unary } from "../unary.ts";
import { check, type Naming } from "./check.ts";
import { clusterOf } from "./cluster.ts";
import { changesOf, pathText } from "./diff.ts";
import { diff, HalfMade, type MaybeCluster, put, read, remove, type Tell } from "./provider.ts";
import { allSettingsFaults, serverOf, settingsOf } from "./settings.ts";

export interface ServerOptions {
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly tell: Tell;
}

const propsOf = (value: Struct | undefined): Props => value?.toJavaScript() ?? {};

/** The wire has no word for undefined. */
function structOf(props: Props): Struct {
  const defined: { [key: string]: JavaScriptValue } = {};
  for (const [key, value] of Object.entries(props))
    if (value !== undefined) defined[key] = JSON.parse(JSON.stringify(value));
  return struct.Struct.fromJavaScript(defined);
}

const failed = (error: unknown): grpc.StatusObject => {
  const details = error instanceof Error ? error.message : String(error);
  const metadata = new grpc.Metadata();
  if (error instanceof HalfMade) {
    const half = new messages.ErrorResourceInitFailed();
    half.setId(error.made.id).setProperties(structOf(error.made.outputs)).setInputs(structOf(error.inputs));
    half.setReasonsList([details]);
    const packed = new any.Any();
    packed.pack(half.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const told = new status.Status().setCode(grpc.status.UNKNOWN).setMessage(details);
    told.addDetails(packed);
    metadata.add("grpc-status-details-bin", Buffer.from(told.serializeBinary()));
  }
  return { code: grpc.status.UNKNOWN, details, metadata };
};

const answer = unary(failed);

const { AutonamingOptions } = messages.CheckRequest;
const MODES: Readonly<Record<number, "propose" | "enforce" | "disabled">> = {
  [AutonamingOptions.Mode.PROPOSE]: "propose",
  [AutonamingOptions.Mode.ENFORCE]: "enforce",
  [AutonamingOptions.Mode.DISABLE]: "disabled",
};

/** The calls that the engine makes of a resource provider. */
export function kubernetesServer({ version, env, tell }: ServerOptions): grpc.UntypedServiceImplementation {
  let configured: () => Promise<MaybeCluster> = async () => undefined;
  const cancelled = new AbortController();
  const { signal } = cancelled;
  return {
    getPluginInfo: answer(() => new plugin.PluginInfo().setVersion(version)),
    attach: answer(() => new empty.Empty()),
    cancel: answer(() => {
      cancelled.abort();
      return new empty.Empty();
    }),
    getSchema: answer(() =>
      new messages.GetSchemaResponse().setSchema(JSON.stringify({ name: "kubernetes", version, resources: {} })),
    ),
    checkConfig: answer(async (request) => {
      const news = propsOf(request.getNews());
      const faults = (await allSettingsFaults(news)).map(({ property, reason }) =>
        new messages.CheckFailure().setProperty(property).setReason(reason),
      );
      return new messages.CheckResponse().setInputs(structOf(news)).setFailuresList(faults);
    }),
    diffConfig: answer(async (request) => {
      const [olds, news] = [propsOf(request.getOldInputs() ?? request.getOlds()), propsOf(request.getNews())];
      const changed = changesOf(olds, news).length > 0;
      const [was, is] = [await serverOf(olds), await serverOf(news)];
      // The objects live in the other cluster, and must be made anew in this one.
      const moves = was !== undefined && is !== undefined && was !== is;
      return new messages.DiffResponse()
        .setChanges(changed ? messages.DiffResponse.DiffChanges.DIFF_SOME : messages.DiffResponse.DiffChanges.DIFF_NONE)
        .setReplacesList(moves ? ["kubeconfig"] : []);
    }),
    configure: answer((request) => {
      const settings = settingsOf(propsOf(request.getArgs()));
      let opened: Promise<MaybeCluster> | undefined;
      // Not before a resource needs it: a provider in a state may lead to a cluster that is gone.
      configured = () => {
        opened ??= settings === undefined ? Promise.resolve(undefined) : clusterOf(settings, env);
        return opened;
      };
      return new messages.ConfigureResponse()
        .setAcceptsecrets(true)
        .setAcceptresources(true)
        .setSupportspreview(true)
        .setSupportsAutonamingConfiguration(true);
    }),
    check: answer(async (request) => {
      const options = request.getAutonaming();
      const naming: Naming = {
        name: request.getName(),
        seed: request.getRandomseed_asU8(),
        proposed: options && { name: options.getProposedName(), mode: MODES[options.getMode()] ?? "propose" },
      };
      const [olds, news] = [propsOf(request.getOlds()), propsOf(request.getNews())];
      const { inputs, failures } = await check(await configured(), request.getUrn(), olds, news, naming);
      const list = failures.map(({ property, reason }) =>
        new messages.CheckFailure().setProperty(property).setReason(reason),
      );
      return new messages.CheckResponse().setInputs(structOf(inputs)).setFailuresList(list);
    }),
    diff: answer((request) => {
      const olds = propsOf(request.getOldInputs() ?? request.getOlds());
      const { changes, deleteFirst } = diff(olds, propsOf(request.getNews()));
      const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
      const response = new messages.DiffResponse().setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE);
      const roots = (list: typeof changes): string[] => [...new Set(list.map(({ path }) => String(path[0])))];
      const replacing = changes.filter(({ replaces }) => replaces);
      response.setDiffsList(roots(changes)).setReplacesList(roots(replacing)).setHasdetaileddiff(true);
      response.setDeletebeforereplace(replacing.length > 0 && deleteFirst);
      for (const change of changes) response.getDetaileddiffMap().set(pathText(change.path), propertyDiff(change));
      return response;
    }),
    create: answer(async (request) => {
      const inputs = propsOf(request.getProperties());
      const [urn, seconds, preview] = [request.getUrn(), request.getTimeout(), request.getPreview()];
      const made = await put({ cluster: await configured(), urn, inputs, seconds, preview, signal, tell }, undefined);
      return new messages.CreateResponse().setId(made.id).setProperties(structOf(made.outputs));
    }),
    update: answer(async (request) => {
      const inputs = propsOf(request.getNews());
      const [urn, seconds, preview] = [request.getUrn(), request.getTimeout(), request.getPreview()];
      const before = propsOf(request.getOlds());
      const made = await put({ cluster: await configured(), urn, inputs, seconds, preview, signal, tell }, before);
      return new messages.UpdateResponse().setProperties(structOf(made.outputs));
    }),
    read: answer(async (request) => {
      const [state, inputs] = [propsOf(request.getProperties()), propsOf(request.getInputs())];
      const found = await read(await configured(), request.getUrn(), request.getId(), state, inputs);
      if (found === undefined) return new messages.ReadResponse();
      return new messages.ReadResponse()
        .setId(found.id)
        .setProperties(structOf(found.outputs))
        .setInputs(structOf(found.inputs));
    }),
    delete: answer(async (request) => {
      const [urn, seconds] = [request.getUrn(), request.getTimeout()];
      await remove(
        { cluster: await configured(), urn, seconds, signal, tell },
        request.getId(),
        propsOf(request.getProperties()),
      );
      return new empty.Empty();
    }),
  } satisfies Partial<IResourceProviderServer>;
}

function propertyDiff({
  kind,
  replaces,
}: {
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
}): PropertyDiff {
  const { Kind } = messages.PropertyDiff;
  const kinds = {
    add: [Kind.ADD, Kind.ADD_REPLACE],
    delete: [Kind.DELETE, Kind.DELETE_REPLACE],
    update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
  } as const;
  return new messages.PropertyDiff().setKind(kinds[kind][replaces ? 1 : 0]).setInputdiff(true);
}

/** Serves on a free port of the loopback, and says which. */
export function serve(options: ServerOptions): Promise<number> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(providerService.ResourceProviderService, kubernetesServer(options));
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    );
  });
}
