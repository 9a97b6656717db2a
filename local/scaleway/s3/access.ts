import { type Grant, grants, type Permission } from "./acl.ts";
import type { Bucket } from "./bucket-table.ts";
import type { Call, Who } from "./call.ts";
import { S3Error } from "./errors.ts";
import { EVERYTHING, isNameable, OPERATIONS, type OperationRow, RIGHTS, type Right } from "./operations.data.ts";
import { type Attempt, ask, type BucketPolicy, type PolicyAnswer, parsePolicy } from "./policy.ts";
import { actionOf } from "./router.ts";

/**
 * Who may do what. Three things are asked, and all must agree (Scaleway, "Combining IAM and bucket policies"): the caller
 * acts in the bucket's project, or the bucket's policy names it; its IAM permission sets hold the operation's right; the
 * bucket's policy, if there is one, allows it. Anonymous callers have only the policy and, without one, the ACL.
 *
 * An action that no policy can name is for IAM alone to decide, in the bucket's own project: the policy itself (whoever may
 * apply one may read, edit and delete it though it locks them out: Scaleway, "I lost access to a bucket after applying a
 * bucket policy"; reading it so was seen on the real store in September 2026), and, by the same rule, the bucket's
 * encryption and its deletion. The Organization's owner keeps the policy whatever IAM says.
 */
export interface Subject {
  readonly bucket: Bucket;
  readonly key: string | undefined;
}

/** `Forbidden`: another project's bucket. `AccessDenied`: no right to do this there. */
type Decision = "allowed" | "AccessDenied" | "Forbidden";

/** Throws unless the call's operation is allowed on the subject. */
export function authorize(call: Call, subject: Subject): void {
  const decision = decide(call, subject);
  if (decision !== "allowed") throw new S3Error(decision);
}

export const isAllowed = (call: Call, subject: Subject): boolean => decide(call, subject) === "allowed";

/** For operations on no bucket that exists yet: the caller needs the right in the project it acts in. */
export function authorizeInProject(call: Call): string {
  const { caller, projectId } = call.who;
  if (caller === undefined || projectId === undefined) throw new S3Error("AccessDenied");
  if (!holds(call.who, OPERATIONS[call.operation].right)) throw new S3Error("AccessDenied");
  return projectId;
}

function decide(call: Call, subject: Subject): Decision {
  const { bucket } = subject;
  const policy = bucket.policy === undefined ? undefined : parsePolicy(bucket.policy, bucket.name);
  const { caller, projectId } = call.who;
  const row: OperationRow = OPERATIONS[call.operation];
  const byPolicy = isNameable(actionOf(call.operation, call.query));
  // A policy that allows everybody everything still hands nobody what it cannot name.
  if (byPolicy && allowsAnonymous(call, subject, policy)) return "allowed";
  if (caller === undefined || projectId === undefined) return "AccessDenied";
  const isHome = projectId === bucket.projectId;
  if (!byPolicy) return isHome && holds(call.who, row.right) ? "allowed" : isHome ? "AccessDenied" : "Forbidden";
  const answer = policy === undefined ? "silent" : ask(policy, attemptOf(call, subject));
  if (answer === "denied") return "AccessDenied";
  if (!isHome) return decideAbroad(call, subject, policy, answer);
  if (!holds(call.who, row.right)) return "AccessDenied";
  return isAllowList(policy) && answer !== "allowed" ? "AccessDenied" : "allowed";
}

/** A caller of another project: named by the policy, or granted by the ACL while no allow-list overrules it. */
function decideAbroad(call: Call, subject: Subject, policy: BucketPolicy | undefined, answer: PolicyAnswer): Decision {
  const { caller, projectId } = call.who;
  if (caller === undefined || projectId === undefined) return "AccessDenied";
  const isGranted = answer === "allowed" || (!isAllowList(policy) && aclAllows(call, subject, projectId));
  if (!isGranted) return "Forbidden";
  return holds(call.who, OPERATIONS[call.operation].right) ? "allowed" : "AccessDenied";
}

function allowsAnonymous(call: Call, subject: Subject, policy: BucketPolicy | undefined): boolean {
  const answer = policy === undefined ? "silent" : ask(policy, { ...attemptOf(call, subject), principals: [] });
  if (answer !== "silent") return answer === "allowed" && !isDeniedToCaller(call, subject, policy);
  return !isAllowList(policy) && aclAllows(call, subject, undefined) && !isDeniedToCaller(call, subject, policy);
}

/** What everybody may do can still be denied to one. */
const isDeniedToCaller = (call: Call, subject: Subject, policy: BucketPolicy | undefined): boolean =>
  policy !== undefined && ask(policy, attemptOf(call, subject)) === "denied";

const isAllowList = (policy: BucketPolicy | undefined): boolean => policy?.version === "2023-04-17";

const holds = ({ caller, permissionSets }: Who, right: Right): boolean =>
  caller?.isOwner === true || permissionSets.has(EVERYTHING) || RIGHTS[right].some((name) => permissionSets.has(name));

function attemptOf(call: Call, { bucket, key }: Subject): Attempt {
  const { caller, projectId, from } = call.who;
  const context = new Map([
    ["aws:sourceip", from.ip],
    ["aws:currenttime", new Date(call.now).toISOString()],
    ["aws:epochtime", String(Math.floor(call.now / 1000))],
  ]);
  const present = {
    "aws:referer": call.headers.referer,
    "s3:prefix": call.query.get("prefix"),
    "s3:if-match": call.headers["if-match"],
    "s3:if-none-match": call.headers["if-none-match"],
  };
  for (const [name, value] of Object.entries(present)) if (value !== undefined) context.set(name, value);
  return {
    principals: caller === undefined ? [] : [`${caller.kind}_id:${caller.id}`, `project_id:${projectId}`],
    action: actionOf(call.operation, call.query),
    resource: key === undefined ? bucket.name : `${bucket.name}/${key}`,
    context,
  };
}

/** Does an ACL give this? Objects have their own for reading; writing them is a matter of the bucket's. */
function aclAllows(call: Call, { bucket, key }: Subject, projectId: string | undefined): boolean {
  const [of, permission] = aclQuestion(call) ?? [];
  if (of === undefined || permission === undefined) return false;
  const version = of === "object" && key !== undefined ? currentVersion(call, bucket, key) : undefined;
  const acl: readonly Grant[] = of === "bucket" ? bucket.acl : (version ?? []);
  return grants(acl, permission, projectId);
}

function currentVersion(call: Call, bucket: Bucket, key: string): readonly Grant[] | undefined {
  const versionId = call.query.get("versionId");
  const { versions } = call.tables;
  const version =
    versionId === undefined ? versions.current(bucket.name, key) : versions.find(bucket.name, key, versionId);
  return version?.kind === "object" ? version.acl : undefined;
}

function aclQuestion({ operation }: Call): readonly ["bucket" | "object", Permission] | undefined {
  const row: OperationRow = OPERATIONS[operation];
  if (row.subresource === "acl")
    return [row.target === "bucket" ? "bucket" : "object", row.method === "GET" ? "READ_ACP" : "WRITE_ACP"];
  switch (operation) {
    case "GetObject":
    case "HeadObject":
    case "GetObjectAttributes":
      return ["object", "READ"];
    case "HeadBucket":
    case "ListObjects":
    case "ListObjectsV2":
    case "ListObjectVersions":
    case "ListMultipartUploads":
      return ["bucket", "READ"];
    case "PutObject":
    case "CopyObject":
    case "DeleteObject":
    case "DeleteObjects":
    case "CreateMultipartUpload":
    case "UploadPart":
    case "CompleteMultipartUpload":
    case "AbortMultipartUpload":
      return ["bucket", "WRITE"];
    default:
      return undefined;
  }
}
