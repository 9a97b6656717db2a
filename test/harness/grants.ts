import type { RawObject, RawResource } from "../../judge/facts/raw.ts";
import { raw, tagList, tagMap, urnOf } from "./raw.ts";
import { T } from "./types.ts";

/** Small identities, short to write: every resource has the id of its name. */
const tagged = (tier: string, permit?: string, dataClass = "technical"): readonly string[] => [
  ...tagList(dataClass, tier),
  ...(permit === undefined ? [] : [`permit=${permit}`]),
];

export const app = (name: string, permit?: string, tier = "compute"): RawResource =>
  raw(T.application, name, { name, tags: tagged(tier, permit) }, { id: name });

export const user = (name: string): RawResource =>
  raw(T.user, name, { email: `${name}@example.org`, tags: tagged("admin") }, { id: name });

export const iamGroup = (name: string, members: readonly string[], over: RawObject = {}): RawResource =>
  raw(T.iamGroup, name, { name, applicationIds: members, tags: tagged("admin"), ...over }, { id: name });

export const project = (name: string): RawResource => raw(T.project, name, { name }, { id: name });

/** A policy of one rule. */
export const grant = (to: RawObject, sets: readonly string[], over: RawObject = {}): RawResource => {
  const whom = Object.values(to).map((id) => (typeof id === "string" ? id : "somebody"));
  const name = `grant-${whom.join("")}-${sets.join("-")}`;
  const { projects = ["p"], condition, ...rest } = over;
  return raw(
    T.policy,
    name,
    {
      ...to,
      rules: [{ permissionSetNames: sets, projectIds: projects, ...(condition === undefined ? {} : { condition }) }],
      tags: tagged("admin"),
      ...rest,
    },
    { id: name },
  );
};

export interface BucketWish {
  readonly dataClass?: string;
  readonly tier?: string;
  readonly permit?: string;
  readonly inProject?: string;
}

export const bucket = (name: string, wish: BucketWish = {}): RawResource =>
  raw(
    T.bucket,
    name,
    {
      name,
      region: "fr-par",
      projectId: wish.inProject ?? "p",
      tags: {
        ...tagMap(wish.dataClass ?? "health-pseudo", wish.tier ?? "data"),
        ...(wish.permit === undefined ? {} : { permit: wish.permit }),
      },
    },
    { id: `fr-par/${name}` },
  );

export const bucketUrn = (name: string): string => urnOf(T.bucket, name);
export const appUrn = (name: string): string => urnOf(T.application, name);

/** A policy that lets principals, e.g. `application_id:a`, do these actions. */
export const allows = (name: string, principals: readonly string[], actions: readonly string[]): RawResource =>
  raw(T.bucketPolicy, `${name}-policy`, {
    bucket: name,
    region: "fr-par",
    policy: JSON.stringify({
      Version: "2023-04-17",
      Statement: [
        { Sid: "s", Effect: "Allow", Principal: { SCW: principals }, Action: actions, Resource: [`${name}/*`] },
      ],
    }),
  });

export const key = (name: string, permit?: string, dataClass = "health-pseudo"): RawResource =>
  raw(
    T.key,
    name,
    {
      usage: "symmetric_encryption",
      algorithm: "aes_256_gcm",
      region: "fr-par",
      projectId: "p",
      tags: tagged("data", permit, dataClass),
    },
    { id: `fr-par/${name}` },
  );

export const encrypts = (bucketName: string, keyName: string): RawResource =>
  raw(T.encryption, `${bucketName}-sse`, {
    bucket: bucketName,
    region: "fr-par",
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyName } }],
  });

/** A secret that holds the API key of an application. */
export const keySecret = (name: string, of: string, inProject = "p"): readonly RawResource[] => [
  raw(T.apiKey, `${name}-key`, { applicationId: of, expiresAt: "2026-12-01T00:00:00Z" }, { id: `${name}-key` }),
  raw(T.secret, name, { region: "fr-par", projectId: inProject, tags: tagged("compute") }, { id: `fr-par/${name}` }),
  raw(
    T.secretVersion,
    `${name}-v`,
    { secretId: `fr-par/${name}`, region: "fr-par", data: "x" },
    { dependsOn: { data: [urnOf(T.apiKey, `${name}-key`)] } },
  ),
];

/** Two permits, each with an application and a bucket of its own that its policy names. */
export const TWO_PERMITS: readonly RawResource[] = ["1", "2"].flatMap((n) => [
  app(`a${n}`, `P${n}`),
  bucket(`b${n}`, { permit: `P${n}` }),
  grant({ applicationId: `a${n}` }, ["ObjectStorageObjectsRead"]),
  allows(`b${n}`, [`application_id:a${n}`], ["s3:GetObject"]),
]);
