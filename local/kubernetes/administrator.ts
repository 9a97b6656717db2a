import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ssh2 from "ssh2";

/** A pair of SSH keys in the data folder; made once, readable by the owner only. */
export interface KeyPair {
  /** File of the private half, in OpenSSH's format. */
  readonly file: string;
  readonly privateKey: Buffer;
  /** `ssh-ed25519 AAAA…` */
  readonly publicKey: string;
}

/**
 * The administrator of a local Scaleway: every local bastion knows this key beside those of its project. It stands for the people of the
 * shipped settings, whose private keys nobody has.
 */
export const administratorKey = (dataDir: string): KeyPair => keyPair(dataDir, "administrator.key");

/** What the local bastions prove themselves by. */
export const hostKey = (dataDir: string): KeyPair => keyPair(dataDir, "bastion-host.key");

function keyPair(dataDir: string, name: string): KeyPair {
  const file = join(dataDir, name);
  const beside = `${file}.pub`;
  if (!existsSync(file) || !existsSync(beside)) {
    const made = ssh2.utils.generateKeyPairSync("ed25519", { comment: name });
    writeFileSync(file, made.private, { mode: 0o600 });
    writeFileSync(beside, `${made.public}\n`, { mode: 0o600 });
  }
  return { file, privateKey: readFileSync(file), publicKey: readFileSync(beside, "utf8").trim() };
}
