import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { type BastideError, toolError } from "../../kernel/errors.ts";
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
 * @throws BastideError exit 3 where the notes are there and can't be read: they are not taken for none.
 */
export function otherThanNoted(file: string, host: string, key: Buffer): string | undefined {
  const before = read(file);
  const shown = fingerprint(key);
  const known = before[host];
  if (known !== undefined) return known === shown ? undefined : known;
  mkdirSync(dirname(file), { recursive: true });
  // Whole or not at all: what a stop cut short would refuse every later entrance.
  writeFileSync(`${file}.new`, `${stableJson({ ...before, [host]: shown }, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return undefined;
}

function read(file: string): Readonly<Record<string, string>> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return {};
    throw unreadable(file, cause instanceof Error ? cause.message : String(cause));
  }
  try {
    return noted.parse(JSON.parse(text));
  } catch {
    throw unreadable(file, "no fingerprints by address");
  }
}

/** Taken for none, whatever key came next would be noted as the first one. */
const unreadable = (file: string, got: string): BastideError =>
  toolError("the notes of the bastions' host keys can't be read", [
    {
      code: "tunnel.host-keys",
      path: file,
      got,
      want: "the fingerprint that each bastion showed first",
      fix: "restore the file; or remove it, and compare what is noted next with what the gateway's own side says",
    },
  ]);
