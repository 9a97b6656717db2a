import { generateKeyPairSync, hkdfSync } from "node:crypto";
import type { Ids } from "../../core/ids.ts";
import { notBuilt } from "../../core/problem.ts";
import type { Key } from "./keys.ts";

/** The secret part of a key: text from which its ciphers derive what they need. Symmetric: hexadecimal; asymmetric: PEM. */
export function newMaterial(usage: Key["usage"], ids: Ids): string {
  const algorithm = usage.asymmetric_signing ?? usage.asymmetric_encryption;
  if (algorithm === undefined) return ids.hex(32);
  const bits = /^rsa_[a-z0-9]+_(\d{4})_/.exec(algorithm)?.[1];
  const curve = /^ec_p(256|384)_/.exec(algorithm)?.[1];
  const pair =
    bits !== undefined
      ? generateKeyPairSync("rsa", { modulusLength: Number(bits) })
      : curve !== undefined
        ? generateKeyPairSync("ec", { namedCurve: `P-${curve}` })
        : lattice(algorithm);
  if (pair !== undefined) return pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  throw notBuilt("keys of", algorithm);
}

/** ML-DSA, which signs without a curve or a modulus. */
function lattice(algorithm: string): ReturnType<typeof generateKeyPairSync> | undefined {
  switch (algorithm) {
    case "ml_dsa_44":
      return generateKeyPairSync("ml-dsa-44");
    case "ml_dsa_65":
      return generateKeyPairSync("ml-dsa-65");
    case "ml_dsa_87":
      return generateKeyPairSync("ml-dsa-87");
    default:
      return undefined;
  }
}

/** What a customer imports is a seed: key and salt go through a derivation (documentation of Key Manager, 2026). */
export const importedMaterial = (seed: Buffer, salt: Buffer): string =>
  Buffer.from(hkdfSync("sha256", seed, salt, "key-material", 32)).toString("hex");
