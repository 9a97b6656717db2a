/**
 * The symbolic form of a value that is composed from ids, and so wholly unknown at a first preview. Components publish it
 * beside their spec (output `declared`); the judge decides on it when the property's dependencies agree, prints the proof
 * level `declared`, and compares it with the real value as soon as that is known.
 */
export type Declaration = PolicyDeclaration | SourcesDeclaration;

/** A resource of the same stack as `<type token>::<logical name>`, the tail of its URN. */
export type ResourceRef = `${string}::${string}`;

/** The statements of an `object/bucketPolicy:BucketPolicy`, principals by resource. */
export interface PolicyDeclaration {
  readonly kind: "bucket-policy";
  readonly subject: ResourceRef;
  readonly property: "policy";
  readonly statements: readonly DeclaredStatement[];
}

export interface DeclaredStatement {
  readonly sid: string;
  readonly effect: "Allow";
  /** Each an `iam/application:Application`. */
  readonly principals: readonly ResourceRef[];
  /** S3 actions, e.g. `s3:GetObject`. */
  readonly actions: readonly string[];
  /** Object patterns relative to the bucket's name: `""` the bucket itself, `"*"` every object, `"prefix/*"`. */
  readonly objects: readonly string[];
}

/** The allowed sources of a `kubernetes/acl:Acl`. */
export interface SourcesDeclaration {
  readonly kind: "allowed-sources";
  readonly subject: ResourceRef;
  readonly property: "aclRules";
  readonly sources: readonly DeclaredSource[];
}

export type DeclaredSource =
  | { readonly kind: "cidr"; readonly cidr: string; readonly description: string }
  /** The /32 of a `network/publicGatewayIp:PublicGatewayIp`. */
  | { readonly kind: "gateway-ip"; readonly of: ResourceRef; readonly description: string };
