import { createHash } from "node:crypto";
import { runtime } from "@pulumi/pulumi";
import resourceProto from "@pulumi/pulumi/proto/resource_pb.js";
import { MockMonitor, setMocks } from "@pulumi/pulumi/runtime/mocks.js";
import { getMonitor } from "@pulumi/pulumi/runtime/settings.js";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";

/** One registration as the engine would get it: parents, providers, dependencies and options included. */
export interface Recorded {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly parent: string;
  readonly provider: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly replaceOnChanges: readonly string[];
  readonly secretOutputs: readonly string[];
  readonly version: string;
  readonly pluginDownloadURL: string;
}

export interface Recording {
  readonly resources: readonly Recorded[];
  /** Outputs that components (and the stack itself) published, by URN. */
  readonly published: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

type Answer = (error: Error | null, response: unknown) => void;
type Properties = Readonly<Record<string, unknown>>;

const plain = (struct: { toJavaScript(): unknown } | undefined): Properties =>
  Object.fromEntries(Object.entries(struct?.toJavaScript() ?? {}));

/** A stable, opaque uuid for each logical name. */
export const uuidOf = (name: string): string => {
  const hex = createHash("sha256").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

export const GATEWAY_ADDRESS = "203.0.113.7";

/** What a provider would add to the inputs, as far as components read it. */
const COMPUTED: Readonly<Record<string, Properties>> = {
  "scaleway:network/publicGatewayIp:PublicGatewayIp": { address: GATEWAY_ADDRESS },
  "scaleway:iam/apiKey:ApiKey": { accessKey: "SCWXXXXXXXXXXXXXXXXX", secretKey: "canary-api-secret" },
  "random:index/randomPassword:RandomPassword": { result: "canary-password", bcryptHash: "canary-hash" },
  "random:index/randomBytes:RandomBytes": { base64: "canary-bytes", hex: "canary-hex" },
};

/** The signature of a secret on the engine's wire. */
const SECRET_MARK = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

export const isMarkedSecret = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.keys(SECRET_MARK).every((mark) => mark in value);

const marked = (properties: Properties, secrets: readonly string[]): Properties =>
  Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [
      key,
      secrets.includes(key) && !isMarkedSecret(value) ? { ...SECRET_MARK, value } : value,
    ]),
  );

function idOf(type: string, name: string, inputs: Properties): string {
  const place = inputs.zone ?? inputs.region;
  if (type.startsWith("scaleway:iam/") || type.startsWith("scaleway:account/")) return uuidOf(name);
  if (type === "scaleway:object/bucket:Bucket") return `${place}/${inputs.name}`;
  if (type === "scaleway:instance/privateNic:PrivateNic") return `${place}/${uuidOf("server")}/${uuidOf(name)}`;
  return place === undefined ? uuidOf(name) : `${place}/${uuidOf(name)}`;
}

function dependenciesByProperty(
  request: InstanceType<typeof resourceProto.RegisterResourceRequest>,
): Record<string, readonly string[]> {
  const found: Record<string, readonly string[]> = {};
  request.getPropertydependenciesMap().forEach((on, property) => {
    found[property] = on.getUrnsList();
  });
  return found;
}

/** Answers like an engine with a provider that accepts everything, and keeps what public mocks hide. */
class Recorder extends MockMonitor {
  readonly recorded: Recorded[] = [];
  readonly outputs = new Map<string, Properties>();
  readonly #preview: boolean;
  readonly #foreign: Properties;

  constructor(preview: boolean, foreign: Properties) {
    super({ call: (args) => args.inputs, newResource: (args) => ({ id: args.name, state: args.inputs }) });
    this.#preview = preview;
    this.#foreign = foreign;
  }

  override async registerResource(request: InstanceType<typeof resourceProto.RegisterResourceRequest>, answer: Answer) {
    const inputs = plain(request.getObject());
    const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
    const urn = urnOf(parent, type, name);
    this.recorded.push({
      urn,
      type,
      name,
      custom: request.getCustom(),
      parent,
      provider: request.getProvider(),
      inputs,
      dependencies: request.getDependenciesList(),
      propertyDependencies: dependenciesByProperty(request),
      protect: request.getProtect() ?? false,
      retainOnDelete: request.getRetainondelete() ?? false,
      replaceOnChanges: request.getReplaceonchangesList(),
      secretOutputs: request.getAdditionalsecretoutputsList(),
      version: request.getVersion(),
      pluginDownloadURL: request.getPlugindownloadurl(),
    });
    const unknown = this.#preview || !request.getCustom();
    const response = new resourceProto.RegisterResourceResponse();
    response.setUrn(urn);
    response.setId(unknown ? "" : idOf(type, name, inputs));
    const computed = unknown ? {} : COMPUTED[type];
    response.setObject(
      structProto.Struct.fromJavaScript(
        marked({ ...inputs, ...computed }, request.getAdditionalsecretoutputsList()) as never,
      ),
    );
    answer(null, response);
  }

  /** Stack references: what the other stack exported. */
  override async readResource(request: InstanceType<typeof resourceProto.ReadResourceRequest>, answer: Answer) {
    const response = new resourceProto.ReadResourceResponse();
    response.setUrn(urnOf(request.getParent(), request.getType(), request.getName()));
    const name = plain(request.getProperties()).name;
    // As of every stack that exports a credential: one output is secret.
    const outputs = marked({ ...this.#foreign, credential: "canary-foreign" }, ["credential"]);
    response.setProperties(
      structProto.Struct.fromJavaScript({ name, outputs, secretOutputNames: ["credential"] } as never),
    );
    answer(null, response);
  }

  override registerResourceOutputs(
    request: InstanceType<typeof resourceProto.RegisterResourceOutputsRequest>,
    answer: Answer,
  ) {
    this.outputs.set(request.getUrn(), plain(request.getOutputs()));
    answer(null, {});
  }
}

/** The engine's law of URNs: the types of all parents below the stack, then the type itself. */
function urnOf(parent: string, type: string, name: string): string {
  const chain = parent === "" || parent.includes("::pulumi:pulumi:Stack::") ? "" : `${parent.split("::")[2]}$`;
  return `urn:pulumi:${runtime.getStack()}::${runtime.getProject()}::${chain}${type}::${name}`;
}

export interface RecordOptions {
  readonly stack: string;
  /** A first preview, where no id is known; otherwise an `up` whose every create succeeds. */
  readonly preview?: boolean;
  /** Outputs of stacks that the program refers to. */
  readonly foreign?: Properties;
}

/** Runs a program to its end and tells what it registered. */
export async function record(program: () => Promise<unknown> | unknown, options: RecordOptions): Promise<Recording> {
  const { stack, preview = false, foreign = { deployerApplicationId: uuidOf("bootstrap-deployer") } } = options;
  const recorder = new Recorder(preview, foreign);
  // `setMocks` tells the SDK what a current engine supports (secrets travel marked); its monitor then answers as ours.
  await setMocks(recorder.mocks, "bastide", stack, preview, "organization");
  const monitor: unknown = getMonitor();
  if (!(monitor instanceof MockMonitor)) throw new Error("the SDK's mocks are not in place");
  monitor.registerResource = recorder.registerResource.bind(recorder);
  monitor.readResource = recorder.readResource.bind(recorder);
  monitor.registerResourceOutputs = recorder.registerResourceOutputs.bind(recorder);
  await runtime.runInPulumiStack(async () => program());
  await runtime.disconnect();
  return { resources: recorder.recorded, published: recorder.outputs };
}
