import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { stableJson } from "../../kernel/order.ts";

const noted = z.record(z.string(), z.string());

/** Fingerprint as `ssh-keygen -l` prints it. */
export const fingerprint = (key: Buffer): string =>
  `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;

/**
 * Whether a bastion shows the host key that it showed first. Scaleway publishes none, so the first one is noted; what goes through the
 * tunnel is TLS under the cluster's own authority in any case.
 * @param file notes by address and port; made when it is not there.
 * @returns the fingerprint that was noted, where another one is shown now.
 */
export function otherThanNoted(file: string, host: string, key: Buffer): string | undefined {
  const before = read(file);
  const shown = fingerprint(key);
  const known = before[host];
  if (known !== undefined) return known === shown ? undefined : known;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${stableJson({ ...before, [host]: shown }, 2)}\n`, { mode: 0o600 });
  return undefined;
}

function read(file: string): Readonly<Record<string, string>> {
  try {
    return noted.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // None yet, or one that was cut short: noted anew.
    return {};
  }
}
