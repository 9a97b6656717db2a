import type {
  ReadResourceRequest,
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  ResourceInvokeRequest,
} from "@pulumi/pulumi/proto/resource_pb.js";
import type { StackTrace } from "@pulumi/pulumi/proto/source_pb.js";
import type { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import type { Registration } from "../../../judge/doors/ledger.ts";
import type { Channel } from "./channel.ts";
import { framesOf } from "./frames.ts";
import type { Job } from "./job.ts";
import { opaqueId } from "./opaque-id.ts";
import type { Sdk } from "./sdk.ts";
import { asReferenced, blindProperties, holdsSecret, UNKNOWN_MARK } from "./wire.ts";

type Reply = (error: unknown, response: unknown) => void;

const STACK_TYPE = "pulumi:pulumi:Stack";
const STACK_REFERENCE = "pulumi:pulumi:StackReference";

/** URN as the engine makes it: a child's qualified type holds those of all its parents but the stack. */
function newUrn(job: Job, parent: string, type: string, name: string): string {
  const parentType = parent === "" ? "" : (parent.split("::")[2] ?? "");
  const qualified = parentType === "" || parentType === STACK_TYPE ? type : `${parentType}$${type}`;
  return ["urn:pulumi:".concat(job.stack), job.project, qualified, name].join("::");
}

/**
 * Pulumi's own mock monitor, turned into a ledger: it answers as an engine's first preview would (ids opaque but known, so
 * that a reference is exactly equal; outputs unknown unless the program wrote them) and streams each registration.
 */
export function ledgerMonitor(sdk: Sdk, job: Job, channel: Channel, look: () => void): MockMonitor {
  const { proto, struct } = sdk;
  const outputForms = new WeakSet<object>();
  const { setDependsonList } = proto.ResourceInvokeRequest.prototype;
  // Only the output form of a provider function states its dependencies: the one mark that tells it from the plain form.
  proto.ResourceInvokeRequest.prototype.setDependsonList = function (this: ResourceInvokeRequest, urns: string[]) {
    outputForms.add(this);
    return setDependsonList.call(this, urns);
  };

  class LedgerMonitor extends sdk.mocks.MockMonitor {
    override async registerResource(req: RegisterResourceRequest, reply: Reply): Promise<void> {
      look();
      const urn = newUrn(job, req.getParent(), req.getType(), req.getName());
      const inputs = propertiesOf(req.getObject());
      const imported = req.getImportid();
      const made = req.getCustom() ? opaqueId({ urn, type: req.getType(), inputs }) : "";
      const id = imported === "" ? made : imported;
      channel.write({
        ...common(job, req, urn, id, inputs),
        custom: req.getCustom(),
        remote: req.getRemote(),
        external: false,
        propertyDependencies: Object.fromEntries(
          [...req.getPropertydependenciesMap().entries()].map(([key, list]) => [key, list.getUrnsList()]),
        ),
        protect: req.getProtect() === true,
        retainOnDelete: req.getRetainondelete() === true,
        replaceOnChanges: req.getReplaceonchangesList(),
      });
      const response = new proto.RegisterResourceResponse();
      response.setUrn(urn);
      response.setId(id);
      response.setObject(req.getObject());
      reply(null, response);
    }

    override async readResource(req: ReadResourceRequest, reply: Reply): Promise<void> {
      look();
      const urn = newUrn(job, req.getParent(), req.getType(), req.getName());
      const written = propertiesOf(req.getProperties());
      const id = req.getId();
      channel.write({
        ...common(job, req, urn, id, written),
        custom: true,
        remote: false,
        external: true,
        propertyDependencies: {},
        protect: false,
        retainOnDelete: false,
        replaceOnChanges: [],
      });
      const response = new proto.ReadResourceResponse();
      response.setUrn(urn);
      response.setProperties(
        req.getType() === STACK_REFERENCE ? referenced(id, written) : struct.Struct.fromJavaScript({}),
      );
      reply(null, response);
    }

    override async invoke(req: ResourceInvokeRequest, reply: Reply): Promise<void> {
      const token = req.getTok();
      if (!outputForms.has(req)) {
        const details = `the offline gate calls no provider function: use the output form of ${token}, or judge a preview`;
        reply(Object.assign(new Error(details), { details }), undefined);
        return;
      }
      channel.write({ kind: "function", token });
      const response = new proto.ResourceInvokeResponse();
      reply(null, Object.assign(response, { getUnknown: () => true }));
    }

    override existsResource(_: unknown, reply: Reply): void {
      channel.write({ kind: "function", token: "pulumi:pulumi:existsResource" });
      reply(null, { getExists: () => false, getUnknown: () => true });
    }

    override registerResourceOutputs(req: RegisterResourceOutputsRequest, reply: Reply): void {
      look();
      channel.write({ kind: "outputs", urn: req.getUrn(), outputs: propertiesOf(req.getOutputs()) });
      reply(null, {});
    }
  }

  /** What a stack reference shows: the outputs of a stack judged before, or nothing known. */
  const referenced = (id: string, written: Record<string, unknown>) => {
    const outputs = job.stackOutputs[id.split("/").at(-1) ?? id];
    const secretOutputNames = Object.keys(outputs ?? {}).filter((name) => holdsSecret(outputs?.[name]));
    const shown = outputs === undefined ? {} : { outputs: wire(asReferenced(outputs)), secretOutputNames };
    return struct.Struct.fromJavaScript({ ...written, ...shown });
  };

  return new LedgerMonitor({
    newResource: (args) => ({ id: args.id, state: {} }),
    call: () => ({}),
  });
}

interface Common {
  getType(): string;
  getParent(): string;
  getProvider(): string;
  getDependenciesList(): string[];
  getStacktrace(): StackTrace | undefined;
}

const common = (job: Job, req: Common, urn: string, id: string, inputs: Record<string, unknown>) =>
  ({
    kind: "resource",
    urn,
    type: req.getType(),
    parent: req.getParent(),
    provider: req.getProvider(),
    id: id === UNKNOWN_MARK ? "" : id,
    inputs,
    dependencies: req.getDependenciesList(),
    frames: framesOf(job.root, req.getStacktrace()),
  }) satisfies Partial<Registration>;

const propertiesOf = (object: { toJavaScript(): object } | undefined): Record<string, unknown> =>
  object === undefined ? {} : blindProperties(object.toJavaScript());

/** Plain JSON for a protobuf struct, which has its own idea of values. */
const wire = (value: unknown): Record<string, never> => JSON.parse(JSON.stringify(value));
