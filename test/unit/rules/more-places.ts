import { type RawObject, type RawResource, type RawValue, UNKNOWN } from "../../../judge/facts/raw.ts";
import type { RuleId } from "../../../policy-packs/bastide/rules/ids.ts";
import { component, type RawExtras, raw, tagMap, urnOf } from "../../harness/raw.ts";
import type { MoreCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";
import { place } from "./copies.ts";

const vpc = raw(T.vpc, "v", { region: "fr-par" });
const site = component("acme:web:Site", "s");
const bucket = (tags: RawValue = tagMap("health-raw"), inputs: RawObject = {}) =>
  raw(T.bucket, "b", { name: "b", region: "fr-par", tags, ...inputs });
const b = urnOf(T.bucket, "b");
const archive = [{ enabled: true, transitions: [{ days: 30, storageClass: "GLACIER" }] }];
const stored = (storageClass: RawValue, of: RawValue = "b", dependsOn = {}) =>
  raw(T.item, "o", { bucket: of, key: "k", storageClass }, { dependsOn });
const o = urnOf(T.item, "o");
const provider = (inputs: RawObject = {}, type: string = T.provider) => raw(type, "p", inputs);
const p = urnOf(T.provider, "p");
const hidden = urnOf(T.provider, "default_1_54_0");
const placed = (inputs: RawObject, extras: RawExtras = {}) => raw(T.bucket, "b", inputs, extras);
const PARIS = "s3://state?region=fr-par&endpoint=https://s3.fr-par.scw.cloud";
const keeps = (name: string, backend: string, got: string, law = {}) => ({
  name,
  resources: [vpc],
  on: "stack",
  property: "state.backend",
  program: { backend, secretsProvider: "passphrase" },
  got,
  law,
});
/** A bucket that the backend names, sealed by what is given. */
const held = (inputs: RawObject, ...parts: readonly RawResource[]) => ({
  resources: [raw(T.bucket, "b", { name: "state", region: "fr-par", tags: tagMap("technical"), ...inputs }), ...parts],
  on: b,
  program: { backend: PARIS, secretsProvider: "passphrase" },
});
const versioned = { versioning: { enabled: true } };
const ownKey = raw(T.key, "k", { region: "fr-par" }, { id: "fr-par/6170" });
const sealed = (sseAlgorithm: string) =>
  raw(T.encryption, "e", {
    bucket: "state",
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm, kmsMasterKeyId: "6170" } }],
  });
const named = raw(T.bucketPolicy, "np", { bucket: "state", policy: "{}" });
const whole = held(versioned, ownKey, sealed("aws:kms"), named);
const listed = { hosts: [{ host: "pulumi.example.org", reason: "our own backend" }] };
const exporter = "scaleway:observability/exporter:Exporter";

export const morePlaces = {
  "LOC-01": {
    passing: [
      {
        name: "a zone of the second of two regions, under a provider",
        resources: [
          provider({ region: "fr-two", zone: "fr-two-1" }),
          raw(T.bucket, "b", { tags: tagMap() }, { provider: p }),
        ],
        on: b,
        property: "region",
        law: { regions: [place("fr-par"), place("fr-two")] },
        proof: "assumed",
      },
    ],
    failing: [
      {
        name: "an export into a bucket of which nobody says where",
        resources: [raw(T.exportJob, "j", { name: "j", region: "fr-par", s3: { bucket: "b", region: "" } })],
        on: urnOf(T.exportJob, "j"),
        property: "s3.region",
        got: "",
      },
      {
        name: "an export into a bucket of a zone, which is no region",
        resources: [raw(T.exportJob, "j", { name: "j", region: "fr-par", s3: { bucket: "b", region: "fr-par-1" } })],
        on: urnOf(T.exportJob, "j"),
        property: "s3.region",
      },
    ],
  },
  "LOC-02": {
    passing: [
      {
        name: "a region on an explicit provider, and which",
        resources: [provider({ region: "fr-par" }), placed({ name: "b" }, { provider: p })],
        on: b,
        property: "region",
        got: "fr-par",
        path: [p],
        proof: "assumed",
      },
      {
        name: "a region that a refresh took away",
        resources: [placed({ name: "b" }, { id: "fr-par/b", overwritten: ["region"] })],
        on: b,
        property: "region",
        got: "written before a refresh",
        proof: "assumed",
        door: "state",
      },
    ],
    failing: [
      {
        name: "a region that was never registered, after a refresh",
        resources: [placed({ name: "b" }, { id: "fr-par/b", overwritten: ["tags"] })],
        on: b,
        property: "region",
        door: "state",
      },
      {
        name: "a region that a refresh took away, and no id that says it",
        resources: [placed({ name: "b" }, { overwritten: ["region"] })],
        on: b,
        property: "region",
        door: "state",
      },
      {
        name: "a region of an empty name",
        resources: [placed({ region: "" })],
        on: b,
        property: "region",
        got: "whatever the environment says",
      },
      {
        name: "an explicit provider with an empty region, and which",
        resources: [provider({ region: "" }), placed({ name: "b" }, { provider: p })],
        on: b,
        property: "region",
        path: [p],
      },
    ],
    undecided: [
      {
        name: "a provider whose region is not known, and which",
        resources: [provider({ region: UNKNOWN }), placed({ name: "b" }, { provider: p })],
        on: b,
        property: "region",
        path: [p],
      },
      {
        name: "a provider that this door does not show, and which",
        resources: [placed({ name: "b" }, { provider: urnOf(T.provider, "x") })],
        on: b,
        property: "region",
        from: urnOf(T.provider, "x"),
      },
      {
        name: "a region that another resource supplies",
        resources: [vpc, placed({ region: UNKNOWN }, { dependsOn: { region: [vpc.urn] } })],
        on: b,
        property: "region",
        from: vpc.urn,
      },
      {
        name: "a region that nobody supplies",
        resources: [placed({ region: UNKNOWN })],
        on: b,
        property: "region",
        from: b,
      },
      {
        name: "a bucket that was read, and whose id names no place",
        resources: [placed({}, { id: "b", outputs: { name: "b" } })],
        on: b,
        property: "region",
      },
    ],
  },
  "LOC-03": {
    passing: [
      {
        name: "a health bucket without lifecycle rule, told so",
        resources: [bucket()],
        on: b,
        property: "lifecycleRules",
        got: [],
        alone: true,
      },
      {
        name: "an object of the standard class, whatever its bucket",
        resources: [stored("STANDARD", UNKNOWN)],
        on: o,
        property: "storageClass",
        got: "STANDARD",
      },
    ],
    failing: [
      {
        name: "an archived object, and of which bucket",
        resources: [bucket(), stored("GLACIER")],
        on: o,
        property: "storageClass",
        got: "GLACIER",
        path: [b],
      },
    ],
    undecided: [
      {
        name: "a lifecycle rule where the class is not known",
        resources: [bucket(UNKNOWN, { lifecycleRules: archive })],
        on: b,
        property: "lifecycleRules",
      },
      {
        name: "a class of storage that is not known",
        resources: [bucket(), stored(UNKNOWN)],
        on: o,
        property: "storageClass",
        path: [b],
      },
      {
        name: "an archived object of a bucket whose class is not known",
        resources: [bucket(UNKNOWN), stored("GLACIER")],
        on: o,
        property: "storageClass",
        path: [b],
      },
      {
        name: "an archived object of a bucket that is one of two",
        resources: [
          bucket(),
          raw(T.bucket, "c", { name: "c", tags: tagMap() }),
          stored("GLACIER", UNKNOWN, { bucket: [b, urnOf(T.bucket, "c")] }),
        ],
        on: o,
        property: "storageClass",
      },
    ],
    notApplicable: [
      {
        name: "an archived object of a technical bucket",
        resources: [bucket(tagMap("technical")), stored("GLACIER")],
        on: o,
        property: "storageClass",
      },
      {
        name: "a technical bucket, told of its rules",
        resources: [bucket(tagMap("technical"), { lifecycleRules: archive })],
        on: b,
        property: "lifecycleRules",
      },
    ],
  },
  "LOC-04": {
    passing: [
      {
        name: "an exporter to a listed host, told so",
        resources: [
          raw(exporter, "e", { datasourceId: "d", otlpDestination: { endpoint: "https://otlp.example.fr" } }),
        ],
        on: urnOf(exporter, "e"),
        law: { hosts: [{ host: "otlp.example.fr", reason: "r" }] },
        got: "https://otlp.example.fr",
      },
      {
        name: "an image, which is no telemetry, beside a place of none",
        resources: [
          raw(T.container, "c", { namespaceId: "n", image: "ghcr.io/a/b:1" }),
          raw(T.alerts, "a", { contactPoints: [{ email: "x@example.fr" }] }),
        ],
        on: urnOf(T.alerts, "a"),
        law: { alertContacts: ["x@example.fr"] },
      },
    ],
  },
  "LOC-05": {
    passing: [
      {
        name: "listed packages, told once",
        resources: [vpc, raw(T.bastideKey, "k", { region: "fr-par" }), provider(), site],
        on: "stack",
        property: "type",
        got: ["bastide", "scaleway"],
      },
      {
        name: "the official API with a slash",
        resources: [vpc, provider({ apiUrl: "https://api.scaleway.com/" })],
        on: p,
        property: "apiUrl",
      },
      {
        name: "an API address of an empty name",
        resources: [vpc, provider({ apiUrl: "" })],
        on: p,
        property: "apiUrl",
        got: "",
      },
      {
        name: "where the SDK says that the plug-in is",
        resources: [vpc, provider({ pluginDownloadURL: "github://api.github.com/pulumiverse" })],
        on: p,
        property: "pluginDownloadURL",
      },
      {
        name: "a listed provider of another package",
        resources: [vpc, provider({ apiUrl: "https://elsewhere.example" }, "pulumi:providers:bastide")],
        on: urnOf("pulumi:providers:bastide", "p"),
        property: "type",
        got: "bastide",
      },
      {
        name: "a configuration that names the official API",
        resources: [vpc],
        on: "stack",
        property: "config.scaleway:apiUrl",
        program: { config: { "scaleway:apiUrl": "https://api.scaleway.com" } },
        got: "https://api.scaleway.com",
      },
      {
        name: "a configuration that no resource follows",
        resources: [provider(), { ...vpc, provider: p }, raw(T.bastideKey, "k", { region: "fr-par" })],
        on: p,
        property: "apiUrl",
        program: { config: { "scaleway:apiUrl": "https://proxy.example.org" } },
      },
    ],
    failing: [
      {
        name: "an API address in which the official one occurs",
        resources: [vpc, provider({ apiUrl: "http://x/https://api.scaleway.com" })],
        on: p,
        property: "apiUrl",
      },
      {
        name: "a plug-in from somebody else",
        resources: [vpc, provider({ pluginDownloadURL: "https://plugins.example.org" })],
        on: p,
        property: "pluginDownloadURL",
        got: "https://plugins.example.org",
      },
      {
        name: "another package's plug-in from where Scaleway's is",
        resources: [
          vpc,
          provider({ pluginDownloadURL: "github://api.github.com/pulumiverse" }, "pulumi:providers:bastide"),
        ],
        on: urnOf("pulumi:providers:bastide", "p"),
        property: "pluginDownloadURL",
      },
      {
        name: "another plug-in under a listed name",
        resources: [vpc, provider({ parameterization: { name: "x" } })],
        on: p,
        property: "parameterization",
      },
      {
        name: "a configuration that one resource of two follows",
        resources: [provider(), { ...vpc, provider: p }, raw(T.bucket, "b", { region: "fr-par" })],
        on: "stack",
        property: "config.scaleway:apiUrl",
        program: { config: { "scaleway:apiUrl": "https://proxy.example.org" } },
        got: "https://proxy.example.org",
      },
    ],
    undecided: [
      {
        name: "a default provider that this door does not show, and which",
        resources: [raw(T.vpc, "v", { region: "fr-par" }, { provider: hidden })],
        on: "stack",
        property: "providers",
        from: hidden,
        path: [hidden, hidden],
      },
      {
        name: "a plug-in's place that is not known",
        resources: [vpc, provider({ pluginDownloadURL: UNKNOWN })],
        on: p,
        property: "pluginDownloadURL",
      },
    ],
  },
  "LOC-06": {
    passing: [
      keeps("a bucket of the perimeter, without what may be a credential", PARIS, "s3://state"),
      keeps(
        "a listed host, without its user",
        "https://me:secret@pulumi.example.org/x?token=1",
        "https://…@pulumi.example.org/x",
        listed,
      ),
      keeps(
        "a database of a listed host",
        "postgres://pulumi.example.org/state",
        "postgres://pulumi.example.org/state",
        listed,
      ),
      keeps(
        "a bucket in the second of two regions",
        "s3://state?region=fr-two&endpoint=https://state.s3.fr-two.scw.cloud",
        "s3://state",
        { regions: [place("fr-par"), place("fr-two")] },
      ),
      { name: "beside a component", resources: [site, vpc], on: "stack", property: "state.backend" },
      { name: "the state's bucket, which keeps versions", ...whole, property: "versioning.enabled" },
      {
        name: "the state's bucket, encrypted by an own key",
        ...whole,
        property: "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId",
        got: ownKey.urn,
      },
      { name: "the state's bucket, with a policy", ...whole, property: "policy", got: named.urn },
    ],
    failing: [
      keeps(
        "a host that no list names, beside one that does",
        "https://other.example.org",
        "https://other.example.org",
        listed,
      ),
      keeps("a listed host by another protocol", "ftp://pulumi.example.org", "ftp://pulumi.example.org", listed),
      keeps(
        "a store in whose name ours occurs",
        "s3://state?region=fr-par&endpoint=https://evil/s3.fr-par.scw.cloud",
        "s3://state",
      ),
      keeps(
        "a store of a name that ends like ours",
        "s3://state?region=fr-par&endpoint=https://a.b.s3.fr-par.scw.cloud",
        "s3://state",
      ),
      keeps(
        "a region that is not the endpoint's",
        "s3://state?region=nl-ams&endpoint=https://s3.fr-par.scw.cloud",
        "s3://state",
      ),
      keeps(
        "a region that the law does not have",
        "s3://state?region=nl-ams&endpoint=https://s3.nl-ams.scw.cloud",
        "s3://state",
      ),
      keeps("no address at all", "somewhere", "somewhere"),
      {
        name: "the state's bucket without versions",
        ...held({}, ownKey, sealed("aws:kms"), named),
        property: "versioning.enabled",
      },
      {
        name: "the state's bucket under nobody's key",
        ...held(versioned, named),
        property: "serverSideEncryption",
        got: "none",
      },
      {
        name: "the state's bucket under the provider's key",
        ...held(versioned, sealed("AES256"), named),
        property: "rules[0].applyServerSideEncryptionByDefault.sseAlgorithm",
        got: "AES256",
      },
      {
        name: "the state's bucket without a policy",
        ...held(versioned, ownKey, sealed("aws:kms")),
        property: "policy",
        got: "none",
      },
    ],
    undecided: [
      {
        name: "the state's bucket, and a policy of nobody knows which",
        ...held(versioned, ownKey, sealed("aws:kms"), raw(T.bucketPolicy, "np", { bucket: UNKNOWN, policy: "{}" })),
        property: "policy",
      },
    ],
  },
} as const satisfies Partial<Record<RuleId, MoreCases>>;
