/** What a public key in OpenSSH's one-line form says of itself (RFC 4253 §6.6, RFC 5656, RFC 8709). */
export interface SshPublicKey {
  /** `ssh-ed25519`, `ssh-rsa`, `ecdsa-sha2-nistp256`, `sk-ssh-ed25519@openssh.com` … */
  readonly algorithm: string;
  /** Size of the modulus of an RSA key, or of the curve's field. */
  readonly bits: number | undefined;
  /** The base64 part: two lines with the same one are the same key, whatever their comments. */
  readonly material: string;
}

const LINE = /^([a-z0-9@.-]+)\s+([A-Za-z0-9+/]+=*)(\s.*)?$/;

/** Reads one line; `undefined` when it is no public key, or when its name and its content differ. */
export function parseSshPublicKey(line: string): SshPublicKey | undefined {
  const [, algorithm, material] = LINE.exec(line.trim()) ?? [];
  if (algorithm === undefined || material === undefined) return undefined;
  const [name, ...parts] = fieldsOf(Uint8Array.from(Buffer.from(material, "base64")));
  if (name === undefined || textOf(name) !== algorithm) return undefined;
  return { algorithm, bits: bitsOf(algorithm, parts), material: material.replace(/=+$/, "") };
}

/** Fields of a blob, each with its length in four bytes before it. */
function fieldsOf(blob: Uint8Array): readonly Uint8Array[] {
  const fields: Uint8Array[] = [];
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  let at = 0;
  while (at + 4 <= blob.length) {
    const end = at + 4 + view.getUint32(at);
    if (end > blob.length) return [];
    fields.push(blob.subarray(at + 4, end));
    at = end;
  }
  return at === blob.length ? fields : [];
}

const textOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

function bitsOf(algorithm: string, parts: readonly Uint8Array[]): number | undefined {
  if (/ed25519/.test(algorithm)) return 256;
  const curve = /nistp(\d+)/.exec(algorithm)?.[1];
  if (curve !== undefined) return Number(curve);
  const [, modulus] = parts;
  return algorithm === "ssh-rsa" && modulus !== undefined ? bitLength(modulus) : undefined;
}

/** Bits of a positive number in network order, less the zeros before it. */
function bitLength(number: Uint8Array): number {
  const first = number.findIndex((byte) => byte !== 0);
  return first < 0 ? 0 : (number.length - first) * 8 - Math.clz32(number[first] ?? 0) + 24;
}
