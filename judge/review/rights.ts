import type { GroupArgs, GroupMembershipArgs, PolicyArgs } from "@pulumiverse/scaleway/iam/index.js";
import { allKnown, type Known, known, mapKnown } from "../../kernel/known.ts";
import { parsePolicy } from "../facts/bucket-policy.ts";
import { declaredStatements } from "../facts/declared.ts";
import type { BucketPolicyFact } from "../facts/fact.ts";
import type { Item } from "../facts/plain.ts";
import type { Reader } from "../facts/reader.ts";
import { type Meaning, members } from "./meaning.ts";
import type { Seen } from "./seen.ts";

/** Who may do what: bucket policies by right, permission sets by principal, group members, SSH keys. */
export const rights = (seen: Seen): readonly Meaning[] => [
  ...bucketRights(seen),
  ...grants(seen),
  ...groupMembers(seen),
  ...sshKeys(seen),
];

/** Rights on the objects of a bucket, from S3 actions; what an action opens that is not listed is called by its own name. */
const RIGHTS: readonly (readonly [RegExp, string])[] = [
  [/^s3:\*$|^\*$/, "do everything with"],
  [
    /^s3:(BypassGovernanceRetention|PutObjectRetention|PutObjectLegalHold|PutBucketObjectLockConfiguration)$/,
    "change retention of",
  ],
  [/^s3:(PutBucket|DeleteBucket)/, "change the rules of"],
  [/^s3:(DeleteObject|AbortMultipart)/, "delete from"],
  [/^s3:(PutObject|RestoreObject)/, "write to"],
  [/^s3:Get(Object|$)/, "read from"],
  [/^s3:(List|Get)/, "list"],
];

export const rightOf = (action: string): string =>
  RIGHTS.find(([pattern]) => pattern.test(action))?.[1] ?? `${action} on`;

const bucketRights = (seen: Seen): readonly Meaning[] =>
  seen.estate.facts("bucket-policy").flatMap((fact) => {
    const link = seen.estate.link(fact.bucket, "bucket");
    const subject = link.kind === "found" ? link.fact.urn : fact.urn;
    const property = fact.document.property;
    return members("right", "bucket", statementRights(seen, fact), { subject, property, path: [fact.urn] });
  });

function statementRights(seen: Seen, { urn, document: { value } }: BucketPolicyFact): Known<readonly string[]> {
  if (!value.known) {
    const resource = seen.estate.resource(urn);
    const told = resource === undefined ? undefined : declaredStatements(resource, seen.estate);
    if (told === undefined) return value;
    return known(
      told.flatMap(({ principals, actions }) =>
        principals.flatMap((ref) => actions.map((a) => `${nameIn(ref)} may ${rightOf(a)}`)),
      ),
    );
  }
  const policy = parsePolicy(value.value ?? "");
  if (policy === undefined) return known(["a policy that can't be read may mean anything for"]);
  return known(
    policy.statements.flatMap(({ allows, inverted, principals, actions }) => {
      if (!allows) return [];
      if (inverted) return ["everybody but those named may have rights on"];
      return principals.flatMap((p) => actions.map((a) => `${principalName(seen, p)} may ${rightOf(a)}`));
    }),
  );
}

/** Logical name in a `<type>::<name>` reference. */
const nameIn = (ref: string): string => ref.slice(ref.indexOf("::") + 2);

function principalName(seen: Seen, principal: string): string {
  if (principal === "*") return "everybody";
  const id = /^(?:application_id|user_id):(.+)$/.exec(principal)?.[1];
  return id === undefined ? principal : seen.name({ kind: "id", property: "policy", id, suppliers: [] });
}

type RuleReader = Reader<Item<PolicyArgs, "rules">>;

const grants = (seen: Seen): readonly Meaning[] =>
  seen.of<PolicyArgs>("scaleway:iam/policy:Policy").flatMap(({ resource, read }) => {
    const holders = [read.ref("applicationId"), read.ref("groupId"), read.ref("userId")].map((ref) => seen.name(ref));
    const noOne = mapKnown(read.flag("noPrincipal"), (none) => none === true);
    if (noOne.known && noOne.value) return [];
    const holder = holders.find((name) => name !== "") ?? "nobody named";
    const rules = read.list("rules");
    if (!rules.known) return members("right", "grant", rules, { subject: resource.urn, property: "rules" });
    return rules.value.flatMap((rule) =>
      members(
        "right",
        "grant",
        mapKnown(granted(seen, rule), (sets) => sets.map((set) => `${holder} holds ${set}`)),
        { subject: resource.urn, property: rule.path("permissionSetNames") },
      ),
    );
  });

/** Permission sets of one rule with where they hold and under which condition. */
function granted(seen: Seen, rule: RuleReader): Known<readonly string[]> {
  const projects = rule.refs("projectIds");
  const where = mapKnown(projects, (refs) =>
    refs
      .map((ref) => seen.name(ref))
      .sort()
      .join(", "),
  );
  const all = allKnown<unknown>([
    rule.texts("permissionSetNames"),
    where,
    rule.text("organizationId"),
    rule.text("condition"),
  ]);
  return mapKnown(all, ([sets, scope, organization, condition]) => {
    const place = organization !== undefined && organization !== "" ? "the whole organization" : String(scope);
    const only = typeof condition === "string" && condition !== "" ? `, if ${seen.named(condition)}` : "";
    return Array.isArray(sets) ? sets.map((set) => `${String(set)} in ${place}${only}`) : [];
  });
}

const groupMembers = (seen: Seen): readonly Meaning[] => [
  ...seen.of<GroupArgs>("scaleway:iam/group:Group").flatMap(({ resource, read }) =>
    (["applicationIds", "userIds"] as const).flatMap((property) =>
      members(
        "right",
        "member of group",
        mapKnown(read.refs(property), (refs) => refs.map((ref) => seen.name(ref))),
        { subject: resource.urn, property },
      ),
    ),
  ),
  ...seen.of<GroupMembershipArgs>("scaleway:iam/groupMembership:GroupMembership").flatMap(({ resource, read }) => {
    const group = seen.estate.linkAny(read.ref("groupId"));
    const who = [read.ref("applicationId"), read.ref("userId")].map((ref) => seen.name(ref)).filter((n) => n !== "");
    return members("right", "member of group", known(who), {
      subject: group.kind === "found" ? group.fact.urn : resource.urn,
      property: "groupId",
      path: [resource.urn],
    });
  }),
];

/** A key in the project of a bastion lets its holder in; that of a person lets them in wherever the person may go. */
const sshKeys = (seen: Seen): readonly Meaning[] =>
  ["scaleway:iam/sshKey:SshKey", "scaleway:account/sshKey:SshKey"].flatMap((type) =>
    seen.of<{ readonly publicKey: string }>(type).flatMap(({ resource, read }) =>
      members(
        "right",
        "SSH key",
        mapKnown(read.text("publicKey"), (key) => [(key ?? "").split(" ").slice(0, 2).join(" ")]),
        { subject: resource.urn, property: "publicKey" },
      ),
    ),
  );
