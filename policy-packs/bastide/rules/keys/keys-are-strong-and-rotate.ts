import type { KeyFact, MadeSecretFact, SshKeyFact } from "../../../../judge/facts/fact-keys.ts";
import { hoursOf } from "../../../../judge/facts/go-duration.ts";
import type { Resource } from "../../../../judge/facts/observed.ts";
import { parseSshPublicKey } from "../../../../judge/facts/ssh-public-key.ts";
import { unlessKnown } from "../../../../judge/kit/health.ts";
import { decide, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";
import { isHealthClass } from "../../../../stacks/vocabulary.ts";

/** Longest time under one version of a key: our own parameter, no text names a number. */
const DAYS = 90;

/** RSA below 3072 bits is not to be used beyond 2030, elliptic curves and symmetric keys below 256 and 128 not at all. */
const RSA_BITS = 3072;
const CURVE_BITS = 256;

/** What is asked of symmetric keys is asked of a password or key that a program draws. */
const SECRET_BITS = 128;

const WANT_ALGORITHM = `aes_256_gcm, RSA of ${RSA_BITS} bits or more, a curve of ${CURVE_BITS} bits or more, or ml_dsa`;

/** Names that Key Manager gives: `aes_256_gcm`, `rsa_oaep_3072_sha256`, `ec_p256_sha256`, `ml_dsa_65`. */
function isStrong(algorithm: string | undefined): boolean {
  if (algorithm === "aes_256_gcm" || /^ml_dsa_(44|65|87)$/.test(algorithm ?? "")) return true;
  const rsa = /^rsa_(?:oaep|pss|pkcs1)_(\d+)_sha\d+$/.exec(algorithm ?? "")?.[1];
  if (rsa !== undefined) return Number(rsa) >= RSA_BITS;
  return Number(/^ec_p(\d+)_sha\d+$/.exec(algorithm ?? "")?.[1] ?? 0) >= CURVE_BITS;
}

function isStrongSshKey(line: string | undefined): boolean {
  const key = parseSshPublicKey(line ?? "");
  return key?.bits !== undefined && key.bits >= (key.algorithm === "ssh-rsa" ? RSA_BITS : CURVE_BITS);
}

/** Key Manager rotates symmetric keys only, and imported material by a new import, which is a ceremony. */
function judgeRotation({ urn, usage, origin, rotationPeriod }: KeyFact): Result {
  const { property, value } = rotationPeriod;
  const about = { subject: urn, property, want: `at most ${DAYS * 24}h` };
  const inTime = (period: string | undefined): boolean =>
    (hoursOf(period ?? "") ?? Number.POSITIVE_INFINITY) <= DAYS * 24;
  if (value.known && inTime(value.value)) return decide(about, value, inTime);
  for (const deciding of [usage, origin]) {
    if (!deciding.value.known) return undecided(about, deciding.value.from);
  }
  if (usage.value.known && usage.value.value?.startsWith("asymmetric_")) {
    return notApplicable(urn, property, "asymmetric: whoever trusts the public half must be told, no schedule can");
  }
  if (origin.value.known && origin.value.value === "external") {
    return notApplicable(urn, property, "imported material rotates by a new import");
  }
  return decide(about, value, inTime);
}

/** A key of health data is made in a hardware module, or of material that was made in the operator's own. */
function judgeCustody({ tags }: Resource, { urn, origin, protectionLevel }: KeyFact): readonly Result[] {
  if (tags === undefined || (tags.known && !isHealthClass(tags.value["data-class"] ?? ""))) return [];
  const { property, value } = protectionLevel;
  const about = { subject: urn, property, want: "hsm, or origin external" };
  const results = (): readonly Result[] => {
    if (value.known && value.value === "hsm") return [pass(about, "hsm")];
    if (!origin.value.known) return [undecided(about, origin.value.from)];
    if (origin.value.value === "external") return [pass(about, "imported material")];
    return [decide(about, value, () => false)];
  };
  return tags.known ? results() : unlessKnown(results(), tags);
}

const judgeKey = (key: KeyFact, resource: Resource): readonly Result[] => [
  ...judgeCustody(resource, key),
  decide({ subject: key.urn, property: key.algorithm.property, want: WANT_ALGORITHM }, key.algorithm.value, isStrong),
  judgeRotation(key),
];

const judgeSshKey = ({ urn, publicKey }: SshKeyFact): Result =>
  decide(
    { subject: urn, property: publicKey.property, want: "Ed25519, ECDSA, or RSA of 3072 bits or more" },
    publicKey.value,
    isStrongSshKey,
  );

const judgeMadeSecret = ({ urn, bits }: MadeSecretFact): Result =>
  decide(
    { subject: urn, property: bits.property, want: `${SECRET_BITS} bits or more` },
    bits.value,
    (n) => (n ?? 0) >= SECRET_BITS,
  );

export const keysAreStrongAndRotate = resourceRule({
  id: "KEY-05",
  title: "keys and drawn secrets are strong, keys rotate every 90 days, and those of health data are made in hardware",
  severity: "medium",
  enforcement: "mandatory",
  waivable: true,
  controls: [
    "CRY:RègleFactorisation",
    "CRY:RecommandationFactorisation",
    "CRY:RègleECp",
    "CRY:RègleCléSym",
    "SNC:10.5.a",
    "SNC:10.1.b",
    "IR:9.2.b",
    "IR:9.2.c.v",
    "SSH:R8",
    "SSH:R9",
    "TLS:R26",
  ],
  rationale:
    "A weak key falls without anybody being let in; a key that never rotates protects everything ever written under it with one " +
    "secret. The provider takes an algorithm that does not exist with no more than a warning, and a rotation policy that is taken out " +
    "of a program is not taken away. A key of health data that software made is one that whoever runs the provider's hosts can copy. " +
    "Rotation makes a new version for new data: it encrypts nothing anew. The 90 days are our own. A password that a program draws is " +
    "held to the 128 bits of a symmetric key.",
  remedy:
    'Choose `aes_256_gcm`, RSA of 3072 bits or a curve of 256; set `rotationPolicy: { rotationPeriod: "2160h" }` or less. ' +
    'Draw passwords of 22 characters and keys of 16 bytes at least. Keys of health data are `bastide.Key` with `protectionLevel: "hsm"`, or `origin: "external"`. ' +
    "Algorithm, usage and level are never changed in place: make a new key.",
  judgeOne: (resource) =>
    resource.facts.flatMap((fact) => {
      if (fact.kind === "key") return judgeKey(fact, resource);
      if (fact.kind === "made-secret") return [judgeMadeSecret(fact)];
      return fact.kind === "ssh-key" ? [judgeSshKey(fact)] : [];
    }),
});
