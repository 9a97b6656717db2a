import { S3Error } from "./errors.ts";
import type { XmlElement, XmlTree } from "./xml.ts";

/**
 * Access control lists of buckets and objects. Owners and grantees are projects, written `project:project`
 * (`scaleway.md` §5). The owner is not part of the list: a bucket and its objects belong to the bucket's project.
 */
export interface Grant {
  readonly grantee: Grantee;
  readonly permission: Permission;
}

export type Grantee =
  | { readonly kind: "project"; readonly id: string }
  | { readonly kind: "group"; readonly group: GroupName };

export const PERMISSIONS = ["FULL_CONTROL", "READ", "WRITE", "READ_ACP", "WRITE_ACP"] as const;
export type Permission = (typeof PERMISSIONS)[number];
export type GroupName = "AllUsers" | "AuthenticatedUsers";

const GROUP_URI = "http://acs.amazonaws.com/groups/global/";
const SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

const toProject = (id: string): Grant => ({ grantee: { kind: "project", id }, permission: "FULL_CONTROL" });
const toGroup = (group: GroupName, permission: Permission): Grant => ({
  grantee: { kind: "group", group },
  permission,
});

/** What each canned ACL grants beyond the owner's full control. */
const CANNED: Readonly<Record<string, readonly Grant[]>> = {
  private: [],
  "public-read": [toGroup("AllUsers", "READ")],
  "public-read-write": [toGroup("AllUsers", "READ"), toGroup("AllUsers", "WRITE")],
  "authenticated-read": [toGroup("AuthenticatedUsers", "READ")],
  "bucket-owner-read": [],
  "bucket-owner-full-control": [],
};

/** The grants of the canned ACL named by an `x-amz-acl` header; none given is `private`. */
export function cannedAcl(name: string | undefined, ownerId: string): readonly Grant[] {
  const grants = CANNED[name ?? "private"];
  if (grants === undefined) throw new S3Error("InvalidArgument");
  return [toProject(ownerId), ...grants];
}

/** Does the list give `permission` to a caller of this project (undefined: anonymous)? */
export const grants = (acl: readonly Grant[], permission: Permission, projectId: string | undefined): boolean =>
  acl.some(
    (grant) =>
      (grant.permission === permission || grant.permission === "FULL_CONTROL") &&
      (grant.grantee.kind === "project"
        ? grant.grantee.id === projectId
        : grant.grantee.group === "AllUsers" || projectId !== undefined),
  );

const ownerName = (projectId: string): string => `${projectId}:${projectId}`;

/** `Owner` as it stands in ACLs and listings. */
export const ownerTree = (projectId: string): XmlTree => ({
  DisplayName: ownerName(projectId),
  ID: ownerName(projectId),
});

export const aclTree = (ownerId: string, acl: readonly Grant[]): XmlTree => ({
  Owner: ownerTree(ownerId),
  AccessControlList: {
    Grant: acl.map(({ grantee, permission }) => ({ Grantee: granteeTree(grantee), Permission: permission })),
  },
});

const granteeTree = (grantee: Grantee): XmlTree =>
  grantee.kind === "project"
    ? {
        "@xmlns:xsi": SCHEMA_INSTANCE,
        "@xsi:type": "CanonicalUser",
        ID: ownerName(grantee.id),
        DisplayName: ownerName(grantee.id),
      }
    : { "@xmlns:xsi": SCHEMA_INSTANCE, "@xsi:type": "Group", URI: GROUP_URI + grantee.group };

/** The grants of an `AccessControlPolicy` document. Its owner must be the real one. */
export function readAcl(policy: XmlElement, ownerId: string): readonly Grant[] {
  const owner = policy.child("Owner")?.textOf("ID");
  if (owner !== undefined && projectOf(owner) !== ownerId) throw new S3Error("AccessDenied");
  const list = policy.child("AccessControlList");
  if (list === undefined) throw new S3Error("MalformedACLError");
  return list.children("Grant").map(readGrant);
}

function readGrant(grant: XmlElement): Grant {
  const permission = PERMISSIONS.find((name) => name === grant.textOf("Permission"));
  const id = grant.child("Grantee")?.textOf("ID");
  const uri = grant.child("Grantee")?.textOf("URI");
  const group = (["AllUsers", "AuthenticatedUsers"] as const).find((name) => uri === GROUP_URI + name);
  if (permission === undefined) throw new S3Error("MalformedACLError");
  if (group !== undefined) return { grantee: { kind: "group", group }, permission };
  if (id === undefined || id === "") throw new S3Error("MalformedACLError");
  return { grantee: { kind: "project", id: projectOf(id) }, permission };
}

const projectOf = (owner: string): string => owner.split(":")[0] ?? owner;
