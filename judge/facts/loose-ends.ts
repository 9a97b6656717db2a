import { refAt } from "./classification.ts";
import type { Estate } from "./estate.ts";
import type { Fact, FactKind } from "./fact.ts";
import type { Resource } from "./observed.ts";
import { perEstate } from "./per-estate.ts";
import type { Ref } from "./reference.ts";

/** A reference to something that is not in the estate, or is not what the property names. */
export interface LooseEnd {
  readonly urn: string;
  readonly property: string;
  /** As written. */
  readonly id: string;
  /** What has that id instead; `undefined` when nothing has. */
  readonly instead: string | undefined;
}

/** What a property names, where one kind of fact tells it; any resource will do for the others. */
const NAMES: Readonly<Record<string, readonly FactKind[]>> = {
  applicationId: ["principal"],
  applicationIds: ["principal", "group"],
  backendId: ["backend"],
  clusterId: ["cluster"],
  frontendId: ["frontend"],
  gatewayId: ["gateway"],
  groupId: ["group"],
  lbId: ["balancer"],
  nexthopPrivateNetworkId: ["private-network"],
  nexthopVpcConnectorId: ["connector"],
  pnId: ["private-network"],
  privateNetworkId: ["private-network"],
  projectId: ["project"],
  projectIds: ["project"],
  secretId: ["secret"],
  securityGroupId: ["security-group"],
  targetVpcId: ["vpc"],
  userId: ["principal"],
  userIds: ["principal"],
  vpcId: ["vpc"],
};

/** Who acts and whose it is: what one stack makes and others of the same environment are handed. */
const HANDED_ON: ReadonlySet<string> = new Set([
  ...["applicationId", "applicationIds", "groupId", "projectId", "projectIds", "userId", "userIds"],
]);

/**
 * An identity that another stack handed over is a blind spot by its own name (G12 counts it), not a loose end. A policy pack is shown no stack
 * references, so there each identity that is not among the stack's own may be one.
 */
function isHandedOver(ref: Ref & { readonly kind: "id" }, estate: Estate): boolean {
  if (!HANDED_ON.has(leafOf(ref.property))) return false;
  return !estate.seesReads || ref.suppliers.some((urn) => estate.factOf("stack-reference", urn) !== undefined);
}

const leafOf = (property: string): string =>
  /[.[]/.test(property) ? property.replace(/\[\d+\]/g, "").replace(/^.*\./, "") : property;

/** References may stand anywhere in a fact; no list of facts is kept, so that none is forgotten. */
function refsIn(value: unknown, found: Ref[]): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const part of value) refsIn(part, found);
  } else if (isRef(value)) {
    found.push(value);
  } else if (isRecord(value)) {
    for (const name in value) refsIn(value[name], found);
  }
}

const isRecord = (value: object): value is Readonly<Record<string, unknown>> => !Array.isArray(value);

const isRef = (value: object): value is Ref & { readonly kind: "id" } =>
  "kind" in value && value.kind === "id" && "id" in value && "property" in value && "suppliers" in value;

function endOf(resource: Resource, ref: Ref, estate: Estate): readonly LooseEnd[] {
  if (ref.kind !== "id") return [];
  const there = estate.linkAny(ref);
  if (there.kind !== "outside" && there.kind !== "found") return [];
  const end = { urn: resource.urn, property: ref.property, id: ref.id };
  if (there.kind === "outside") return isHandedOver(ref, estate) ? [] : [{ ...end, instead: undefined }];
  const kinds = NAMES[leafOf(ref.property)];
  if (kinds === undefined) return [];
  const fits = kinds.some((kind) => estate.factOf(kind, there.fact.urn) !== undefined);
  return fits ? [] : [{ ...end, instead: there.fact.urn }];
}

/** Every reference of an estate that leads nowhere, one for each resource and property; none while more resources will come. */
export const looseEnds = perEstate((estate): readonly LooseEnd[] =>
  estate.resources.flatMap((resource) => {
    // Objects of a cluster name each other by name, not by reference; they are many.
    if (resource.package === "kubernetes") return [];
    const refs: Ref[] = [refAt(resource, "projectId")];
    for (const fact of resource.facts satisfies readonly Fact[]) refsIn(fact, refs);
    const ends = refs.flatMap((ref) => endOf(resource, ref, estate));
    if (ends.length < 2) return ends;
    return [...new Map(ends.map((end) => [end.property, end])).values()];
  }),
);
