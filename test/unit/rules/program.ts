import { UNKNOWN } from "../../../judge/facts/raw.ts";
import { ATTESTED, attested } from "../../harness/law.ts";
import { raw, tagList, tagMap, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

/** Rules on what no resource shows: the cases change law, program and plan instead of resources. */
const vpc = raw(T.vpc, "v", { region: "fr-par", tags: tagList() });
const root = raw("pulumi:pulumi:Stack", "s", {}, { custom: false });
const bucket = raw(T.bucket, "b", { name: "b", region: "fr-par", tags: tagMap("health-pseudo") });
const PARIS = "s3://state?region=fr-par&endpoint=https://s3.fr-par.scw.cloud";
const backend = (url: string) => ({ backend: url, secretsProvider: "passphrase" });
const without = (kind: string) => ATTESTED.filter((a) => a.kind !== kind);
const nothing = [{ name: "a stack without resources", resources: [root], on: "stack" }] as const;

const outside = [
  ["Pulumi's own service", "https://api.pulumi.com"],
  ["another cloud's bucket", "s3://state?region=eu-west-3"],
  ["a bucket whose endpoint is another's", "s3://state?region=fr-par&endpoint=s3.fr-par.scw.cloud.evil.example"],
  ["a bucket in another region", "s3://state?region=nl-ams&endpoint=s3.nl-ams.scw.cloud"],
  ["a region that the endpoint is not in", "s3://state?region=fr-par&endpoint=s3.nl-ams.scw.cloud"],
  ["a container of another cloud", "azblob://state"],
  ["a host that nobody listed", "https://pulumi.example.org"],
  ["no URL", "somewhere"],
] as const;

export const loc06: RuleCases = {
  passing: [
    { name: "a bucket of the perimeter", resources: [vpc], on: "stack", program: backend(PARIS), proof: "checked" },
    {
      name: "a bucket whose endpoint is written without scheme",
      resources: [vpc],
      on: "stack",
      program: backend("s3://state?endpoint=s3.fr-par.scw.cloud"),
    },
    {
      name: "a file, as the settings say",
      resources: [vpc],
      on: "stack",
      property: "state.backend",
      proof: "declared",
    },
    {
      name: "a listed host, and a Vault",
      resources: [vpc],
      on: "stack",
      law: { hosts: [{ host: "pulumi.example.org", reason: "our own backend" }] },
      program: { backend: "https://pulumi.example.org", secretsProvider: "hashivault://key" },
    },
  ],
  failing: [
    {
      name: "a key of another cloud",
      resources: [vpc],
      on: "stack",
      property: "state.secretsProvider",
      program: { backend: PARIS, secretsProvider: "awskms://alias/state" },
      got: "awskms://alias/state",
    },
    {
      name: "the service's own key",
      resources: [vpc],
      on: "stack",
      property: "state.secretsProvider",
      program: { secretsProvider: "service" },
    },
    {
      name: "a real run that keeps its state elsewhere than declared",
      resources: [vpc],
      on: "stack",
      property: "state.backend",
      program: { backend: "https://api.pulumi.com" },
    },
    ...outside.map(([name, url]) => ({
      name,
      resources: [vpc],
      on: "stack",
      property: "state.backend",
      program: backend(url),
    })),
  ],
  undecided: [
    { name: "nobody says where the state goes", resources: [vpc], on: "stack", law: { state: null } },
    {
      name: "only the secrets provider is known",
      resources: [vpc],
      on: "stack",
      property: "state.backend",
      law: { state: null },
      program: { secretsProvider: "passphrase" },
    },
  ],
  notApplicable: nothing,
  mutations: [
    { of: "a bucket of the perimeter", program: backend("https://api.pulumi.com") },
    { of: "a file, as the settings say", law: { state: { backend: "gs://state", secretsProvider: "passphrase" } } },
  ],
};

const pinned = { lockFile: "package-lock.json", ranges: [], withoutChecksum: [] };
const chart = (version: string | undefined) =>
  raw("kubernetes:helm.sh/v3:Release", "c", version === undefined ? { chart: "x" } : { chart: "x", version });

export const sup02: RuleCases = {
  needs: ["packages"],
  passing: [
    { name: "exact versions under a lock", resources: [vpc], on: "stack", program: { packages: pinned } },
    { name: "a chart of one version", resources: [chart("1.2.3")], on: chart("1.2.3").urn, property: "version" },
  ],
  failing: [
    {
      name: "no lock file",
      resources: [vpc],
      on: "stack",
      property: "packages.lockFile",
      program: { packages: { ...pinned, lockFile: null } },
      got: null,
    },
    {
      name: "a range",
      resources: [vpc],
      on: "stack",
      property: "packages.ranges",
      program: { packages: { ...pinned, ranges: ["zod@^4.0.0"] } },
      got: ["zod@^4.0.0"],
    },
    {
      name: "a package without checksum",
      resources: [vpc],
      on: "stack",
      property: "packages.withoutChecksum",
      program: { packages: { ...pinned, withoutChecksum: ["node_modules/x"] } },
    },
    { name: "a chart without version", resources: [chart(undefined)], on: chart(undefined).urn, property: "version" },
    { name: "a chart of a range", resources: [chart("^1.0.0")], on: chart(undefined).urn, property: "version" },
  ],
  undecided: [
    {
      name: "a version that is computed",
      resources: [
        raw("kubernetes:helm.sh/v3:Release", "c", { version: UNKNOWN }, { dependsOn: { version: [vpc.urn] } }),
      ],
      on: chart(undefined).urn,
      property: "version",
    },
  ],
  notApplicable: [{ name: "a door that shows no packages, and no chart", resources: [vpc], on: "stack" }],
  mutations: [
    { of: "exact versions under a lock", program: { packages: { ...pinned, lockFile: null } } },
    { of: "a chart of one version", on: chart(undefined).urn, property: "version", to: undefined },
  ],
};

export const dr06: RuleCases = {
  passing: [{ name: "a copy that somebody vouches for", resources: [vpc], on: "stack", proof: "declared" }],
  failing: [
    {
      name: "nobody vouches",
      resources: [vpc],
      on: "stack",
      property: "attestations.state-copy",
      law: { environment: "rehearsal", attestations: without("state-copy") },
    },
    {
      name: "a copy that was vouched for once",
      resources: [vpc],
      on: "stack",
      property: "attestations.state-copy",
      law: { environment: "rehearsal", attestations: [attested("state-copy", { expires: "2026-11-22" })] },
    },
  ],
  undecided: [
    {
      name: "an estate whose law is not its own",
      resources: [vpc],
      on: "stack",
      law: { environment: null, attestations: [] },
    },
  ],
  notApplicable: nothing,
  mutations: [{ of: "a copy that somebody vouches for", law: { environment: "rehearsal", attestations: [] } }],
};

export const evd04: RuleCases = {
  passing: [
    { name: "health data, all attested", resources: [bucket], on: "stack", property: "attestations.hds-contract" },
    {
      name: "examples, which say so",
      resources: [bucket],
      on: "stack",
      property: "attestations.hds-contract",
      law: {
        environment: "rehearsal",
        attestations: ATTESTED.map((a) => ({ ...a, example: true as const, expires: "2036-12-31" })),
      },
    },
  ],
  failing: [
    {
      name: "a contract that has expired",
      resources: [bucket],
      on: "stack",
      property: "attestations[0]",
      law: { environment: "rehearsal", attestations: [attested("hds-contract", { expires: "2026-11-22" })] },
      got: "expired on 2026-11-22",
    },
    {
      name: "a contract without its products",
      resources: [vpc],
      on: "stack",
      property: "attestations[0]",
      law: { environment: "rehearsal", attestations: [{ ...attested("state-copy"), kind: "hds-contract" }] },
      got: "no list of products",
    },
    {
      name: "one from the future, or under a clock that is behind",
      resources: [vpc],
      on: "stack",
      property: "attestations[0]",
      law: { environment: "rehearsal", attestations: [attested("state-copy", { issued: "2026-11-25" })] },
    },
    {
      name: "one for ever",
      resources: [vpc],
      on: "stack",
      property: "attestations[0]",
      law: { environment: "rehearsal", attestations: [attested("state-copy", { expires: "2036-12-31" })] },
    },
    {
      name: "a file that can't be read",
      resources: [vpc],
      on: "stack",
      property: "attestations[0]",
      law: { environment: "rehearsal", attestations: [{ unreadable: "x.yaml" }] },
    },
    ...(["hds-contract", "audit-trail-export", "kubernetes-audit", "object-private-access"] as const).map((kind) => ({
      name: `no ${kind}`,
      resources: [bucket],
      on: "stack",
      property: `attestations.${kind}`,
      law: { environment: "rehearsal", attestations: without(kind) },
    })),
  ],
  undecided: [
    {
      name: "classes that are not known",
      resources: [raw(T.bucket, "b", { name: "b", region: "fr-par", tags: UNKNOWN })],
      on: "stack",
    },
    {
      name: "health data under a law that is not its own",
      resources: [bucket],
      on: "stack",
      law: { environment: null, attestations: [] },
    },
  ],
  notApplicable: [{ name: "no health data", resources: [vpc], on: "stack" }],
  mutations: [
    { of: "health data, all attested", law: { environment: "rehearsal", attestations: without("kubernetes-audit") } },
  ],
};

const step = (op: "delete" | "replace" | "update", type: string = T.key) => ({
  urn: urnOf(type, "x"),
  type,
  op,
  replaceReasons: op === "replace" ? ["region"] : [],
});
const consent = (urn: string, expires = "2026-12-31T00:00:00Z") => ({
  consents: [{ destroy: [urn], expires, owner: "data-office", reason: "end of the trial" }],
});
const HOLDING = [
  T.key,
  T.bucket,
  T.encryption,
  T.database,
  T.network,
  T.acl,
  T.source,
  T.cluster,
  T.exportJob,
  T.registry,
  "scaleway:index/objectBucket:ObjectBucket",
];

export const evd05: RuleCases = {
  needs: ["deletes"],
  passing: [
    {
      name: "a replacement that its owner agreed to",
      resources: [vpc],
      on: step("replace").urn,
      steps: [step("replace")],
      law: consent(step("replace").urn),
    },
  ],
  failing: [
    {
      name: "the replacement of a key",
      resources: [vpc],
      on: step("replace").urn,
      property: "plan",
      steps: [step("replace")],
    },
    {
      name: "a consent that names another",
      resources: [vpc],
      on: step("delete").urn,
      property: "plan",
      steps: [step("delete")],
      law: consent(step("delete", T.bucket).urn),
    },
    {
      name: "a consent that has expired",
      resources: [vpc],
      on: step("delete").urn,
      property: "plan",
      steps: [step("delete")],
      law: consent(step("delete").urn, "2026-11-23T11:59:59Z"),
    },
    ...HOLDING.map((type) => ({
      name: `the loss of ${type}`,
      resources: [vpc],
      on: step("delete", type).urn,
      property: "plan",
      steps: [step("delete", type)],
    })),
  ],
  undecided: { never: "what a plan does to a resource is always written in it" },
  notApplicable: [
    { name: "a door that shows no plan", resources: [vpc], on: "stack" },
    { name: "an update of a key", resources: [vpc], on: "stack", steps: [step("update")] },
    { name: "the loss of an application", resources: [vpc], on: "stack", steps: [step("delete", T.application)] },
  ],
  mutations: [{ of: "a replacement that its owner agreed to", law: { consents: [] } }],
};

const hsmKey = (dataClass: string) =>
  raw(T.bastideKey, "k", { region: "fr-par", protectionLevel: "hsm", tags: tagList(dataClass) });

export const key08: RuleCases = {
  passing: [{ name: "a health key, its module attested", resources: [hsmKey("health-raw")], on: hsmKey("x").urn }],
  failing: [
    {
      name: "a health key that nobody vouches for",
      resources: [hsmKey("health-pseudo")],
      on: hsmKey("x").urn,
      property: "protectionLevel",
      law: { environment: "rehearsal", attestations: without("hsm-certificate") },
    },
  ],
  undecided: [
    {
      name: "a key of a class that is not known",
      resources: [raw(T.key, "k", { region: "fr-par", tags: UNKNOWN })],
      on: urnOf(T.key, "k"),
    },
  ],
  notApplicable: [{ name: "a key of technical data", resources: [hsmKey("technical")], on: "stack" }],
  mutations: [
    {
      of: "a health key, its module attested",
      law: { environment: "rehearsal", attestations: without("hsm-certificate") },
    },
  ],
};

const administrator = (rule: Record<string, string | readonly string[] | typeof UNKNOWN>) =>
  raw(T.policy, "p", { applicationId: "a", rules: [rule] });
const sets = { permissionSetNames: ["IAMManager"], organizationId: "o" };

export const iam07: RuleCases = {
  passing: [
    {
      name: "an administrator from one place",
      resources: [administrator({ ...sets, condition: "request.ip == '192.0.2.7'" })],
      on: urnOf(T.policy, "p"),
      property: "rules[0].condition",
    },
  ],
  failing: [
    {
      name: "an administrator from anywhere",
      resources: [administrator(sets)],
      on: urnOf(T.policy, "p"),
      property: "rules[0].condition",
    },
    {
      name: "a condition on something else",
      resources: [administrator({ ...sets, condition: "resource.id in ['x']" })],
      on: urnOf(T.policy, "p"),
      property: "rules[0].condition",
    },
    {
      name: "no second factor vouched for",
      resources: [administrator({ ...sets, condition: "request.ip == '192.0.2.7'" })],
      on: urnOf(T.policy, "p"),
      property: "attestations.organization-mfa",
      law: { environment: "rehearsal", attestations: without("organization-mfa") },
    },
  ],
  undecided: [
    {
      name: "a condition that is composed",
      resources: [administrator({ ...sets, condition: UNKNOWN })],
      on: urnOf(T.policy, "p"),
      property: "rules[0].condition",
    },
    {
      name: "rights that are not known",
      resources: [raw(T.policy, "p", { applicationId: "a", rules: UNKNOWN })],
      on: urnOf(T.policy, "p"),
    },
  ],
  notApplicable: [
    {
      name: "a reader",
      resources: [administrator({ permissionSetNames: ["ObjectStorageObjectsRead"], projectIds: ["p"] })],
      on: "stack",
    },
  ],
  mutations: [
    { of: "an administrator from one place", on: urnOf(T.policy, "p"), property: "rules.0.condition", to: undefined },
  ],
};

const abroad = { host: "runner.example", country: "US", operator: "somebody" };
const dutch = { host: "runner.example", country: "NL", operator: "somebody" };

export const g11: RuleCases = {
  passing: [
    { name: "a runner and its logs in France", resources: [vpc], on: "stack", proof: "declared" },
    {
      name: "in the Netherlands, under eu",
      resources: [vpc],
      on: "stack",
      law: { profile: "eu", pipeline: { runner: dutch, logs: dutch } },
    },
  ],
  failing: [
    {
      name: "a runner abroad",
      resources: [vpc],
      on: "stack",
      property: "pipeline.runner",
      law: { pipeline: { runner: abroad, logs: { ...abroad, country: "FR" } } },
      got: abroad,
    },
    {
      name: "logs in the Netherlands, under fr-health",
      resources: [vpc],
      on: "stack",
      property: "pipeline.logs",
      law: { pipeline: { runner: { ...abroad, country: "FR" }, logs: dutch } },
    },
  ],
  undecided: [{ name: "nobody says where the gate runs", resources: [vpc], on: "stack", law: { pipeline: null } }],
  notApplicable: nothing,
  mutations: [{ of: "a runner and its logs in France", law: { pipeline: { runner: abroad, logs: abroad } } }],
};

const reference = (name: string) => raw(T.stackReference, name, { name });
const read = { ...raw(T.network, "r", { region: "fr-par" }), external: true as const };
const imported = { ...raw(T.network, "i", { region: "fr-par" }), importedId: "fr-par/x" };
const spots = [
  reference("one"),
  read,
  imported,
  raw("pulumi-nodejs:dynamic:Resource", "d"),
  raw("acme:web:Site", "c", {}, { custom: false }),
  raw("aws:s3/bucket:Bucket", "f"),
];

export const g12: RuleCases = {
  needs: ["reads"],
  passing: [
    { name: "none", resources: [vpc], on: "stack" },
    { name: "as many as are accepted", resources: [vpc, ...spots], on: "stack", law: { blindSpots: 6 } },
  ],
  failing: [
    {
      name: "one more than is accepted",
      resources: [vpc, ...spots],
      on: "stack",
      property: "blindSpots",
      law: { blindSpots: 5 },
      got: {
        stackReferences: 1,
        reads: 1,
        imports: 1,
        dynamicProviders: 1,
        componentsWithoutInputs: 1,
        foreignPackages: 1,
      },
    },
  ],
  undecided: { never: "they are counted; a door that shows no reads is told by KIT-04" },
  notApplicable: nothing,
  mutations: [{ of: "as many as are accepted", law: { blindSpots: 0 } }],
};
