import type { Origin } from "../../kernel/known.ts";
import { parsePolicy } from "../facts/bucket-policy.ts";
import { projectOf } from "../facts/classification.ts";
import { declaredStatements, dependenciesAgree } from "../facts/declared.ts";
import type { Estate } from "../facts/estate.ts";
import type { BucketPolicyFact } from "../facts/fact.ts";
import type { Ref } from "../facts/reference.ts";
import { reach } from "./grant-reach.ts";
import { Holders, type Sharing } from "./holders.ts";

/** S3 actions on the content of a bucket. */
const TOUCHES = /^s3:(\*|(Get|Put|Delete|Restore|Abort\w*|List\w*)(Object|\*|MultipartUpload))/i;

const kept = new WeakMap<Estate, readonly Sharing[]>();

/** Everything that resources of an estate share, in canonical order. Several rules ask; it is found once. */
export function sharingOf(estate: Estate): readonly Sharing[] {
  const before = kept.get(estate);
  if (before !== undefined) return before;
  const holders = new Holders();
  byProject(estate, holders);
  byNetwork(estate, holders);
  byKeyUse(estate, holders);
  byPrincipal(estate, holders);
  const found = holders.all();
  if (!estate.partial) kept.set(estate, found);
  return found;
}

function byProject(estate: Estate, holders: Holders): void {
  for (const resource of estate.resources) {
    if (resource.tags === undefined) continue;
    const project = projectOf(resource, estate);
    if (project.known) holders.add("project", project.value, resource);
  }
}

function byNetwork(estate: Estate, holders: Holders): void {
  const joined = (network: Ref, urn: string): void => {
    const link = estate.link(network, "private-network");
    if (link.kind === "found") holders.add("network", link.fact.urn, estate.resource(urn), link.assumed);
  };
  for (const { urn } of estate.facts("private-network")) holders.add("network", urn, estate.resource(urn));
  for (const card of estate.facts("network-card")) {
    const server = estate.linkAny(card.server);
    joined(card.network, server.kind === "found" ? server.fact.urn : card.urn);
  }
  for (const { urn, networks } of estate.facts("cards")) {
    if (networks.value.known) for (const network of networks.value.value) joined(network, urn);
  }
}

/** Keys with what they encrypt; a bucket whose key can't be told may be under any of them, which KEY-01 refuses. */
function byKeyUse(estate: Estate, holders: Holders): void {
  for (const { urn } of estate.facts("key")) holders.add("key", urn, estate.resource(urn));
  for (const { bucket, defaults } of estate.facts("bucket-encryption")) {
    const owner = estate.link(bucket, "bucket");
    if (owner.kind !== "found" || !defaults.known) continue;
    for (const { key } of defaults.value) {
      const link = estate.link(key, "key");
      if (link.kind !== "found") continue;
      holders.add("key", link.fact.urn, estate.resource(owner.fact.urn), link.assumed || owner.assumed);
    }
  }
}

/** Principals with themselves, what they may touch by bucket policy, what their grants reach, and their groups' reach. */
function byPrincipal(estate: Estate, holders: Holders): void {
  for (const { urn } of estate.facts("principal")) holders.add("principal", urn, estate.resource(urn));
  for (const policy of estate.facts("bucket-policy")) admit(policy, estate, holders);
  const governed = new Set(
    estate.facts("bucket-policy").flatMap((policy) => {
      const bucket = estate.link(policy.bucket, "bucket");
      return bucket.kind === "found" ? [bucket.fact.urn] : [];
    }),
  );
  for (const grants of estate.facts("grants")) reach(grants, governed, estate, holders);
  for (const { urn, members } of estate.facts("group")) {
    for (const { value } of members) {
      if (!value.known) holders.blind("principal", urn, value.from);
      else inherit(urn, value.value, estate, holders);
    }
  }
  for (const { group, members } of estate.facts("membership")) {
    const link = estate.link(group, "principal");
    if (link.kind === "found") inherit(link.fact.urn, members, estate, holders);
  }
}

/** Whoever is in a group reaches what the group does. */
function inherit(group: string, members: readonly Ref[], estate: Estate, holders: Holders): void {
  for (const member of members) {
    const found = estate.link(member, "principal");
    if (found.kind !== "found") continue;
    for (const m of holders.membersOf("principal", group)) {
      holders.add("principal", found.fact.urn, m.resource, m.assumed || found.assumed);
    }
  }
}

/** Names of those whom a bucket's policy lets touch its content: by the document, or by what its component declares. */
function admitted(policy: BucketPolicyFact, estate: Estate): readonly string[] | undefined {
  const resource = estate.resource(policy.urn);
  const { property, value } = policy.document;
  if (value.known) {
    const statements = parsePolicy(value.value ?? "")?.statements ?? [];
    const ids = statements
      .filter((s) => s.allows && s.actions.some((a) => TOUCHES.test(a)))
      .flatMap((s) => s.principals);
    return ids.flatMap((id) => {
      const suppliers = resource?.raw.propertyDependencies[property] ?? [];
      const link = estate.link({ kind: "id", property, id: id.replace(/^\w+:/, ""), suppliers }, "principal");
      return link.kind === "found" ? [link.fact.urn] : [];
    });
  }
  const told = resource === undefined ? undefined : declaredStatements(resource, estate);
  const bucket = estate.link(policy.bucket, "bucket");
  const refs = told?.flatMap((s) => s.principals) ?? [];
  const also = bucket.kind === "found" ? [bucket.fact.urn] : [];
  if (told === undefined || resource === undefined || !dependenciesAgree(resource, property, refs, estate, also)) {
    return undefined;
  }
  const touching = told.filter((s) => s.actions.some((a) => TOUCHES.test(a)));
  return touching.flatMap((s) => s.principals).flatMap((ref) => estate.named(ref, policy.urn)?.urn ?? []);
}

function admit(policy: BucketPolicyFact, estate: Estate, holders: Holders): void {
  const bucket = estate.link(policy.bucket, "bucket");
  if (bucket.kind !== "found") return;
  const owner = estate.resource(bucket.fact.urn);
  holders.add("bucket", bucket.fact.urn, owner);
  const principals = admitted(policy, estate);
  const from: Origin = { property: policy.document.property, suppliers: [policy.urn] };
  if (principals === undefined) holders.blind("bucket", bucket.fact.urn, from);
  for (const urn of principals ?? []) {
    holders.add("principal", urn, owner, bucket.assumed);
    holders.add("bucket", bucket.fact.urn, estate.resource(urn), bucket.assumed);
  }
}
