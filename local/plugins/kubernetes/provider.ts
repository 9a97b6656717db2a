import { isRecord, isUnknown, type Props } from "../../../plugins/engine/values.ts";
import { plainProps } from "../values.ts";
import { type Change, changesOf, mustReplace } from "./diff.ts";
import { NotServed } from "./discovery.ts";
import { drifted, inputsOf } from "./drift.ts";
import {
  annotationOf,
  fieldManagerOf,
  type Identity,
  identityFromId,
  identityOf,
  idOf,
  labelOf,
  PATCH_FORCE,
  PROPAGATION,
  recordAt,
  SKIP_AWAIT,
  TIMEOUT_SECONDS,
  withMetadata,
} from "./manifest.ts";
import { NotReady, type Objects } from "./objects.ts";
import { hidden, MANAGER, outputsOf, overlaid, sealed, tidy } from "./outputs.ts";
import { ruleOf } from "./readiness.ts";
import { explained, faultsOf, lacksNamespace, Refusal } from "./refusals.ts";

/** One cluster, as a provider resource of the program names it. */
export interface Cluster {
  readonly objects: Objects;
  readonly defaultNamespace: string;
  /** Fails, always with the same word, when the API server is not there. */
  reached(): Promise<void>;
}

/** Undefined inside a preview: the kubeconfig is not known yet. */
export type MaybeCluster = Cluster | undefined;

export interface Made {
  readonly id: string;
  readonly outputs: Props;
}

/** The object exists and is not ready: the engine keeps it, marked. */
export class HalfMade extends Error {
  readonly made: Made;
  readonly inputs: Props;
  constructor(made: Made, inputs: Props, message: string) {
    super(message);
    this.made = made;
    this.inputs = inputs;
  }
}

export type Tell = (urn: string, message: string) => void;

/** Kinds that own what the garbage collector must delete with them. */
const OWNERS = new Set(["CronJob", "DaemonSet", "Deployment", "Job", "ReplicaSet", "StatefulSet"]);
const DELETE_SECONDS = 600;

export interface Difference {
  readonly changes: readonly (Change & { readonly replaces: boolean })[];
  readonly deleteFirst: boolean;
}

/** @param olds inputs of the last run. */
export function diff(olds: Props, news: Props): Difference {
  const [before, after] = [plainProps(olds), plainProps(news)];
  const changes = changesOf(before, after)
    .filter(({ path }) => !isNote(String(path[0])))
    .map((change) => ({ ...change, replaces: mustReplace(change, before, after) }));
  const [was, is] = [identityOf(before), identityOf(after)];
  // Two objects of one name cannot stand beside each other.
  return { changes, deleteFirst: idOf(was) === idOf(is) && was.kind === is.kind };
}

/** Properties by which engine and plug-in keep notes beside the object. */
const isNote = (property: string): boolean => property.startsWith("__");
const withoutNotes = (props: Props): Props => Object.fromEntries(Object.entries(props).filter(([key]) => !isNote(key)));

/** Whoever applied it before, so that its fields stay its own. @param outputs of the state. */
const managerOf = (outputs: Props, urn: string): string =>
  typeof outputs[MANAGER] === "string" ? outputs[MANAGER] : fieldManagerOf(urn);

interface Work {
  readonly cluster: MaybeCluster;
  readonly urn: string;
  readonly inputs: Props;
  /** Of the resource's `customTimeouts`; 0 when it has none. */
  readonly seconds: number;
  readonly preview: boolean;
  readonly signal: AbortSignal;
  readonly tell: Tell;
}

/** Applies the inputs and waits until the object is ready. @param before outputs in the state, at an update. */
export async function put(work: Work, before: Props | undefined): Promise<Made> {
  const { urn, inputs, preview } = work;
  const wanted = plainProps(inputs);
  const identity = identityOf(wanted);
  const planned = { id: "", outputs: before === undefined ? inputs : overlaid(before, inputs) };
  if (preview && (work.cluster === undefined || isUnknown(wanted))) return planned;
  const cluster = known(work.cluster);
  const manager = managerOf(plainProps(before ?? {}), urn);
  const force = annotationOf(wanted, PATCH_FORCE) === "true";
  const object = withoutNotes(wanted);
  const hide = hidden(inputs);
  const doing = `${before === undefined ? "create" : "update"} ${labelOf(identity)}`;
  const live = await cluster.objects.apply(object, { manager, force, dry: preview }).catch((error: unknown) => {
    // What the same run may have yet to make is no fault of a preview.
    if (preview && (lacksNamespace(error) || error instanceof NotServed)) return undefined;
    if (!(error instanceof Refusal)) throw error;
    if (preview && before === undefined)
      return beside(cluster.objects, object, manager, explained(doing, error, hide), hide);
    throw explained(doing, error, hide);
  });
  for (const warning of live?.warnings ?? []) work.tell(urn, warning);
  if (preview || live === undefined) return planned;
  const made = (found: Props): Made => ({
    id: idOf(identityOf(found)),
    outputs: outputsOf(found, manager, inputs),
  });
  if (annotationOf(wanted, SKIP_AWAIT) === "true") return made(live.object);
  try {
    const seconds = secondsFor(work, live.object, ruleOf(live.object)?.seconds ?? DELETE_SECONDS);
    return made(await cluster.objects.ready(live.object, seconds, work.signal));
  } catch (error) {
    const last = error instanceof NotReady ? error.live : live.object;
    throw new HalfMade(made(last), inputs, error instanceof Error ? error.message : String(error));
  }
}

/**
 * The dry run of a replacement meets the object that is to go first. So where that one is ours, the new one is tried under a name
 * that nobody has.
 */
async function beside(
  objects: Objects,
  object: Props,
  manager: string,
  refused: Error,
  hide: readonly string[],
): Promise<undefined> {
  const identity = identityOf(object);
  const live = await objects.read(identity);
  const { managedFields } = recordAt(live, "metadata");
  const isOurs = Array.isArray(managedFields) && managedFields.some((m) => isRecord(m) && m.manager === manager);
  if (!isOurs) throw refused;
  const name = `${identity.name.slice(0, 50).replace(/[^A-Za-z0-9]+$/, "")}-tried`;
  await objects.apply(withMetadata(object, { name }), { manager, force: false, dry: true }).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    // What the old one still holds, and names that are bound to the content, will be right when it has gone.
    const isPassing = faultsOf(error).some((f) => f.path === "metadata.name" || f.why.includes("already allocated"));
    if (!isPassing) throw explained(`replace ${labelOf(identity)}`, error, hide);
  });
  return undefined;
}

/** How long a wait may take: what the object says, then what the program says, then what is usual. */
function secondsFor({ seconds }: Pick<Work, "seconds">, object: Props, usual: number): number {
  const annotated = Number(annotationOf(object, TIMEOUT_SECONDS));
  if (annotated > 0) return annotated;
  return seconds > 0 ? seconds : usual;
}

/** Undefined: it is gone. @param state outputs, empty at an import. */
export async function read(
  maybe: MaybeCluster,
  urn: string,
  id: string,
  state: Props,
  inputs: Props,
): Promise<(Made & { readonly inputs: Props }) | undefined> {
  const cluster = known(maybe);
  await cluster.reached();
  const before = plainProps(state);
  const isImport = Object.keys(inputs).length === 0;
  const named = isImport ? identityFromId(urn, id) : identityOf(plainProps(inputs));
  const identity = inItsNamespace(cluster, named);
  const live = await cluster.objects.read(identity);
  if (live === undefined || recordAt(live, "metadata").deletionTimestamp !== undefined) return undefined;
  const manager = managerOf(before, urn);
  if (isImport) {
    const taken = inputsOf(tidy(live));
    return { id: idOf(identityOf(live)), outputs: outputsOf(live, manager, taken), inputs: sealed(taken, []) };
  }
  const object = withoutNotes(plainProps(inputs));
  const would = await cluster.objects.apply(object, { manager, force: true, dry: true }).catch((error: unknown) => {
    // What can't be applied any longer (a fixed field, a policy) is told at the next preview, with what it is here.
    if (error instanceof Refusal) return undefined;
    throw error;
  });
  const now = would === undefined ? inputs : drifted(inputs, tidy(would.object), tidy(live));
  return { id, outputs: outputsOf(live, manager, inputs), inputs: now };
}

export async function remove(work: Omit<Work, "inputs" | "preview">, id: string, state: Props): Promise<void> {
  const cluster = known(work.cluster);
  await cluster.reached();
  const object = plainProps(state);
  const identity = object.kind === undefined ? identityFromId(work.urn, id) : identityOf(object);
  const asked = annotationOf(object, PROPAGATION);
  const propagation = asked ?? (OWNERS.has(identity.kind) ? "Foreground" : "Background");
  const seconds = secondsFor(work, object, DELETE_SECONDS);
  const found = inItsNamespace(cluster, identity);
  await cluster.objects.remove(found, propagation, seconds, work.signal).catch((error: unknown) => {
    throw error instanceof Refusal ? explained(`delete ${labelOf(identity)}`, error) : error;
  });
}

const inItsNamespace = ({ defaultNamespace }: Cluster, identity: Identity): Identity => ({
  ...identity,
  namespace: identity.namespace ?? defaultNamespace,
});

function known(cluster: MaybeCluster): Cluster {
  if (cluster === undefined)
    throw new Error("the provider's kubeconfig is not known; fix: apply what it comes from first");
  return cluster;
}
