import fc from "fast-check";
import type { RawObject, RawResource } from "../../judge/facts/raw.ts";
import { raw } from "../harness/raw.ts";
import { T } from "../harness/types.ts";

/** Small random identities: two projects, few principals, many ways between them. Ids are names, so that a disagreement can be read. */
const SETS = [
  ...["ObjectStorageReadOnly", "ObjectStorageObjectsRead", "ObjectStorageObjectsWrite", "ObjectStorageObjectsDelete"],
  ...[
    "ObjectStorageBucketsRead",
    "ObjectStorageBucketPolicyFullAccess",
    "ObjectStorageFullAccess",
    "KeyManagerKeyDecrypt",
  ],
  ...[
    "KeyManagerKeyDecrypt",
    "KeyManagerKeyEncrypt",
    "KeyManagerFullAccess",
    "SecretManagerSecretAccess",
    "SecretManagerSecretWrite",
  ],
  ...[
    "ContainerRegistryReadOnly",
    "ContainerRegistryFullAccess",
    "AllProductsFullAccess",
    "AllProductsReadOnly",
    "IAMManager",
  ],
  "VPCFullAccess",
] as const;

const some = <V>(values: readonly V[], max: number, min = 0) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: min, maxLength: max });
const project = fc.constantFrom("p", "q", "xp");

const atom = fc.constantFrom(
  'resource.id == "k"',
  'resource.id == "l"',
  '"k" == resource.id',
  'resource.id == "nobody"',
  'request.ip == "192.0.2.1"',
  'request.user_agent.contains("spark")',
  'request.user_agent.startsWith("terraform/")',
  'request.time < timestamp("2026-01-01T00:00:00Z")',
  'request.time < timestamp("2027-01-01T00:00:00Z")',
);
const negated = atom.map((a) => `!(${a})`);

/** Conditions over keys, addresses and clients; with `negations` also those that the graph only bounds. */
const condition = (negations: boolean): fc.Arbitrary<string | undefined> => {
  const leaf = negations ? fc.oneof(atom, negated) : atom;
  const pair = fc.tuple(leaf, fc.constantFrom("&&", "||"), leaf).map(([a, op, b]) => `${a} ${op} ${b}`);
  const nested = fc.tuple(pair, fc.constantFrom("&&", "||"), leaf).map(([a, op, b]) => `(${a}) ${op} ${b}`);
  return fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, leaf, pair, nested);
};

const scope: fc.Arbitrary<RawObject> = fc.oneof(
  { weight: 4, arbitrary: some(["p", "q", "xp"], 2, 1).map((projectIds): RawObject => ({ projectIds })) },
  fc.constant<RawObject>({ organizationId: "o" }),
);

const bound: fc.Arbitrary<RawObject> = fc.oneof(
  fc.constantFrom("a", "b", "c").map((applicationId): RawObject => ({ applicationId })),
  fc.constantFrom("g", "h").map((groupId): RawObject => ({ groupId })),
  fc.constant<RawObject>({ userId: "u" }),
  fc.constant<RawObject>({ applicationId: "stranger" }),
);

const policies = (negations: boolean) =>
  fc.array(
    fc.tuple(bound, fc.array(fc.tuple(some(SETS, 3, 1), scope, condition(negations)), { minLength: 1, maxLength: 2 })),
    { minLength: 1, maxLength: 4 },
  );

const statement = fc.record({
  Effect: fc.constant("Allow"),
  Principal: some(
    [
      "application_id:a",
      "application_id:b",
      "user_id:u",
      "application_id:stranger",
      "project_id:p",
      "project_id:q",
      "*",
    ],
    3,
    1,
  ).map((SCW) => ({ SCW })),
  Action: some(["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket", "s3:Get*", "s3:*", "*"], 2, 1),
  Resource: fc.constant(["*"]),
});

const bucket = (name: string) =>
  fc
    .record({
      project: fc.option(project, { nil: undefined, freq: 8 }),
      statements: fc.option(fc.array(statement, { minLength: 1, maxLength: 2 }), { nil: undefined }),
      version: fc.constantFrom("2023-04-17", "2023-04-17", "2012-10-17"),
      keys: some(["k", "l"], 2),
    })
    .map((b): readonly RawResource[] => [
      raw(
        T.bucket,
        name,
        { name, region: "fr-par", ...(b.project === undefined ? {} : { projectId: b.project }) },
        { id: `fr-par/${name}` },
      ),
      ...(b.statements === undefined
        ? []
        : [
            raw(T.bucketPolicy, `${name}-policy`, {
              bucket: name,
              region: "fr-par",
              policy: JSON.stringify({ Version: b.version, Statement: b.statements }),
            }),
          ]),
      ...b.keys.map((kmsMasterKeyId) =>
        raw(T.encryption, `${name}-${kmsMasterKeyId}`, {
          bucket: name,
          region: "fr-par",
          rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId } }],
        }),
      ),
    ]);

const keyed = (name: string) =>
  project.map((projectId) => raw(T.key, name, { region: "fr-par", projectId }, { id: `fr-par/${name}` }));

const secret = (name: string) =>
  fc.tuple(project, fc.constantFrom("a", "b", "u", "none")).map(([projectId, of]): readonly RawResource[] => {
    const made = raw(T.secret, name, { region: "fr-par", projectId }, { id: `fr-par/${name}` });
    if (of === "none") return [made];
    const key = raw(T.apiKey, `${name}-key`, of === "u" ? { userId: of } : { applicationId: of }, {
      id: `${name}-key`,
    });
    const version = raw(
      T.secretVersion,
      `${name}-v`,
      { secretId: `fr-par/${name}`, region: "fr-par", data: "x" },
      { dependsOn: { data: [key.urn] } },
    );
    return [made, key, version];
  });

const groups = fc
  .record({
    g: some(["a", "b", "h"], 3),
    h: some(["a", "c", "g"], 3),
    person: fc.constantFrom("g", "h", "none"),
    joined: fc.constantFrom("a", "b", "none"),
  })
  .map(({ g, h, person, joined }): readonly RawResource[] => [
    raw(T.iamGroup, "g", { name: "g", applicationIds: g, userIds: person === "g" ? ["u"] : [] }, { id: "g" }),
    raw(T.iamGroup, "h", { name: "h", applicationIds: h, userIds: person === "h" ? ["u"] : [] }, { id: "h" }),
    ...(joined === "none" ? [] : [raw(T.membership, "m", { groupId: "h", applicationId: joined })]),
  ]);

/** `negations`: conditions that say what must not be. `projects`: whether the projects are in the file. */
export const identityEstates = (options: { readonly negations: boolean }): fc.Arbitrary<readonly RawResource[]> =>
  fc
    .tuple(
      policies(options.negations),
      groups,
      bucket("data"),
      bucket("drop"),
      bucket("x-state"),
      keyed("k"),
      keyed("l"),
      secret("s"),
      secret("t"),
      fc.boolean(),
      project,
    )
    .map(([given, teams, b, d, state, k, l, s, t, withProjects, registry]) => [
      ...(withProjects ? ["p", "q", "xp"].map((name) => raw(T.project, name, { name }, { id: name })) : []),
      ...["a", "b", "c"].map((name) => raw(T.application, name, { name }, { id: name })),
      raw(T.user, "u", { email: "u@example.org" }, { id: "u" }),
      ...teams,
      ...[b, d, state, s, t].flat(),
      k,
      l,
      raw(T.registry, "images", { region: "fr-par", projectId: registry }, { id: "fr-par/images" }),
      ...given.map(([to, rules], i) =>
        raw(
          T.policy,
          `policy-${i}`,
          {
            ...to,
            rules: rules.map(([permissionSetNames, where, when]) => ({
              permissionSetNames,
              ...where,
              ...(when === undefined ? {} : { condition: when }),
            })),
          },
          { id: `policy-${i}` },
        ),
      ),
    ]);
