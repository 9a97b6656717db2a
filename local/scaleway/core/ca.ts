import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSecureContext, type SecureContext } from "node:tls";
import * as x509 from "@peculiar/x509";

/** The local Scaleway's own certificate authority: made once per store, so that clients need to be told of it only once. */
export interface Authority {
  /** File with the authority's certificate, for SSL_CERT_FILE and NODE_EXTRA_CA_CERTS. */
  readonly file: string;
  /** A server context with a leaf for this host; made at the first request for it. */
  contextFor(host: string): Promise<SecureContext>;
}

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
/** Ten years: a store outlives no machine, and its manual clock moves only the platform, not TLS. */
const VALID_MS = 3650 * 24 * 3600 * 1000;
const pem = (label: string, der: ArrayBuffer): string => x509.PemConverter.encode(der, label);

x509.cryptoProvider.set(webcrypto);

export async function openAuthority(dataDir: string): Promise<Authority> {
  const file = join(dataDir, "ca.pem");
  const keyFile = join(dataDir, "ca.key.pem");
  if (!existsSync(file) || !existsSync(keyFile)) await createAuthority(file, keyFile);
  const certificate = new x509.X509Certificate(readFileSync(file, "utf8"));
  const signingKey = await webcrypto.subtle.importKey(
    "pkcs8",
    x509.PemConverter.decodeFirst(readFileSync(keyFile, "utf8")),
    ALGORITHM,
    false,
    ["sign"],
  );
  const leafKeys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const leafKeyPem = pem("PRIVATE KEY", await webcrypto.subtle.exportKey("pkcs8", leafKeys.privateKey));
  const contexts = new Map<string, Promise<SecureContext>>();

  async function issue(host: string): Promise<SecureContext> {
    const leaf = await x509.X509CertificateGenerator.create({
      serialNumber: webcrypto
        .getRandomValues(new Uint8Array(8))
        .reduce((s, b) => s + b.toString(16).padStart(2, "0"), "00"),
      subject: "CN=local Scaleway",
      issuer: certificate.subject,
      notBefore: new Date(Date.now() - 60_000),
      notAfter: new Date(Date.now() + VALID_MS),
      publicKey: leafKeys.publicKey,
      signingKey,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new x509.SubjectAlternativeNameExtension([{ type: "dns", value: host }]),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      ],
    });
    return createSecureContext({ key: leafKeyPem, cert: `${leaf.toString("pem")}\n${certificate.toString("pem")}` });
  }

  return {
    file,
    contextFor: (host) => {
      const made = contexts.get(host) ?? issue(host);
      contexts.set(host, made);
      return made;
    },
  };
}

async function createAuthority(file: string, keyFile: string): Promise<void> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name: "CN=Bastide local Scaleway",
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + VALID_MS),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  writeFileSync(keyFile, pem("PRIVATE KEY", await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)), {
    mode: 0o600,
  });
  writeFileSync(file, certificate.toString("pem"));
}
