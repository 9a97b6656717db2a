import type { BucketSettings } from "./bucket-table.ts";
import { type BucketCall, empty, type Reply, xml } from "./call.ts";
import { type S3Code, S3Error } from "./errors.ts";
import { fromXml, type XmlElement, type XmlTree } from "./xml.ts";

/** Configurations that are checked, kept and given back as documents: CORS rules, lifecycle rules, website. */
interface DocumentKind {
  readonly setting: "cors" | "lifecycle" | "website";
  readonly root: string;
  /** Root element of the answer, and whether it carries the S3 namespace: both as in the recordings. */
  readonly answer: { readonly root: string; readonly namespace: boolean };
  readonly missing: S3Code;
  /** The recordings name the bucket beside some errors and not beside others. */
  readonly namesBucket: boolean;
  readonly isValid: (document: XmlElement) => boolean;
  /** Elements that the answer puts first, in this order; the others stay as they came. */
  readonly first?: readonly string[];
}

const MAX_LIFECYCLE_RULES = 1000;
const MAX_CORS_RULES = 100;
const METHODS: readonly string[] = ["GET", "PUT", "POST", "DELETE", "HEAD"];
const STORAGE_CLASSES: readonly string[] = ["STANDARD", "ONEZONE_IA", "GLACIER"];

const CORS: DocumentKind = {
  setting: "cors",
  root: "CORSConfiguration",
  answer: { root: "CORSConfiguration", namespace: false },
  missing: "NoSuchCORSConfiguration",
  namesBucket: false,
  isValid: (document) => isSome(document.children("CORSRule"), MAX_CORS_RULES, isCorsRule),
};

const LIFECYCLE: DocumentKind = {
  setting: "lifecycle",
  root: "LifecycleConfiguration",
  answer: { root: "Configuration", namespace: false },
  missing: "NoSuchLifecycleConfiguration",
  namesBucket: true,
  isValid: (document) => isSome(document.children("Rule"), MAX_LIFECYCLE_RULES, isLifecycleRule),
};

const WEBSITE: DocumentKind = {
  setting: "website",
  root: "WebsiteConfiguration",
  answer: { root: "WebsiteConfiguration", namespace: true },
  missing: "NoSuchWebsiteConfiguration",
  namesBucket: true,
  isValid: isWebsite,
  first: ["IndexDocument", "ErrorDocument"],
};

const isSome = (rules: readonly XmlElement[], most: number, isValid: (rule: XmlElement) => boolean): boolean =>
  rules.length > 0 && rules.length <= most && rules.every(isValid);

const texts = (element: XmlElement, name: string): readonly string[] => element.children(name).map(({ text }) => text);

function isCorsRule(rule: XmlElement): boolean {
  const origins = texts(rule, "AllowedOrigin");
  const methods = texts(rule, "AllowedMethod");
  const isOrigin = (origin: string): boolean => origin !== "" && origin.split("*").length <= 2;
  return (
    origins.length > 0 &&
    origins.every(isOrigin) &&
    methods.length > 0 &&
    methods.every((method) => METHODS.includes(method)) &&
    isCount(rule.textOf("MaxAgeSeconds"))
  );
}

const isCount = (text: string | undefined): boolean => text === undefined || /^\d{1,9}$/.test(text);

const ACTIONS = [
  "AbortIncompleteMultipartUpload",
  "Expiration",
  "NoncurrentVersionExpiration",
  "NoncurrentVersionTransition",
  "Transition",
] as const;

function isLifecycleRule(rule: XmlElement): boolean {
  const status = rule.textOf("Status");
  const actions = ACTIONS.flatMap((name) => rule.children(name));
  const transitions = [...rule.children("Transition"), ...rule.children("NoncurrentVersionTransition")];
  return (
    (status === "Enabled" || status === "Disabled") &&
    (rule.textOf("ID") ?? "").length <= 255 &&
    (rule.child("Filter") !== undefined || rule.child("Prefix") !== undefined) &&
    actions.length > 0 &&
    actions.every((action) => isCount(action.textOf("Days")) && isCount(action.textOf("NoncurrentDays"))) &&
    transitions.every((transition) => STORAGE_CLASSES.includes(transition.textOf("StorageClass") ?? ""))
  );
}

function isWebsite(document: XmlElement): boolean {
  const redirect = document.child("RedirectAllRequestsTo");
  if (redirect !== undefined) return (redirect.textOf("HostName") ?? "") !== "";
  const suffix = document.child("IndexDocument")?.textOf("Suffix") ?? "";
  const error = document.child("ErrorDocument");
  return suffix !== "" && !suffix.includes("/") && (error === undefined || (error.textOf("Key") ?? "") !== "");
}

function get(kind: DocumentKind, call: BucketCall): Reply {
  const document = call.bucket[kind.setting];
  if (document === undefined) {
    throw new S3Error(kind.missing, kind.namesBucket ? { elements: { BucketName: call.bucket.name } } : {});
  }
  return xml(kind.answer.root, document, { namespace: kind.answer.namespace });
}

function put(kind: DocumentKind, call: BucketCall): Reply {
  const document = fromXml(call.payload.body, kind.root);
  if (!kind.isValid(document)) throw new S3Error("MalformedXML");
  const tree = document.toTree();
  const content = typeof tree === "object" ? tree : {};
  const first = (kind.first ?? []).filter((name) => name in content).map((name) => [name, content[name]] as const);
  return keep(kind, call, { ...Object.fromEntries(first), ...content }, 200);
}

function keep(kind: DocumentKind, call: BucketCall, document: XmlTree | undefined, status: number): Reply {
  const change: Partial<BucketSettings> = { [kind.setting]: document };
  call.tables.buckets.update(call.bucket, change);
  return empty(status);
}

export const getBucketCors = (call: BucketCall): Reply => get(CORS, call);
export const putBucketCors = (call: BucketCall): Reply => put(CORS, call);
export const deleteBucketCors = (call: BucketCall): Reply => keep(CORS, call, undefined, 204);

export const getBucketLifecycle = (call: BucketCall): Reply => get(LIFECYCLE, call);
export const putBucketLifecycle = (call: BucketCall): Reply => put(LIFECYCLE, call);
export const deleteBucketLifecycle = (call: BucketCall): Reply => keep(LIFECYCLE, call, undefined, 204);

export const getBucketWebsite = (call: BucketCall): Reply => get(WEBSITE, call);
export const putBucketWebsite = (call: BucketCall): Reply => put(WEBSITE, call);
export const deleteBucketWebsite = (call: BucketCall): Reply => keep(WEBSITE, call, undefined, 204);
