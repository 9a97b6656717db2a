import { readFileSync } from "node:fs";
import type { Duplex } from "node:stream";
import ssh2 from "ssh2";
import { type BastideError, toolError } from "../../kernel/errors.ts";
import { type Address, dial } from "./connect.ts";
import { fingerprint, otherThanNoted } from "./host-keys.ts";

/** User that a public gateway's bastion takes; who somebody is, the key says. */
const USER = "bastion";
const READY_WITHIN_MS = 20_000;

/** How the bastions of an environment are entered. */
export interface Entrance {
  /** File of a private key; a running SSH agent is asked where there is none. */
  readonly keyFile: string | undefined;
  readonly passphrase: string | undefined;
  readonly agent: string | undefined;
  /** Forward proxy on the way to them. Default: straight. */
  readonly proxy: string | undefined;
  /** Notes of the host keys that they showed. */
  readonly hostKeys: string;
}

/** One SSH connection to a bastion; every connection that it forwards is a channel of it. */
export interface BastionLink {
  forward(target: Address): Promise<Duplex>;
  readonly closed: boolean;
  close(): void;
}

const refused = (bastion: Address, got: string, want: string, fix: string): BastideError =>
  toolError("the bastion does not let the tunnel in", [
    { code: "tunnel.bastion", path: `${bastion.host}:${bastion.port}`, got, want, fix },
  ]);

/** @throws BastideError exit 3 naming the bastion: not reached, another host key than before, key not taken. */
export async function openLink(bastion: Address, entrance: Entrance): Promise<BastionLink> {
  const key = credentials(entrance);
  const socket = await dial(bastion, entrance.proxy).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    const fix =
      "call from one of the ranges in `admin.sources` of the settings; `bastide preview` of the foundation shows them";
    throw refused(bastion, why, "a connection", fix);
  });
  const client = new ssh2.Client();
  let closed = false;
  let strange: string | undefined;
  let unread: Error | undefined;
  await new Promise<void>((resolve, reject) => {
    const why = (error: Error): Error => {
      if (unread !== undefined) return unread;
      if (strange === undefined)
        return refused(
          bastion,
          error.message || ("code" in error ? String(error.code) : error.name),
          "a key that the gateway took from its project",
          "name the private half of a key in `admin.sshKeys` of the settings by BASTIDE_SSH_KEY, or load it into the SSH agent",
        );
      return refused(
        bastion,
        "another host key",
        strange,
        `was the gateway made anew? Then remove its line in ${entrance.hostKeys}; else somebody stands in between`,
      );
    };
    const fail = (error: Error): void => {
      closed = true;
      reject(why(error));
    };
    client.on("error", fail);
    client.on("close", () => {
      closed = true;
      fail(new Error("it closes the connection"));
    });
    client.once("ready", () => resolve());
    client.connect({
      sock: socket,
      username: USER,
      readyTimeout: READY_WITHIN_MS,
      keepaliveInterval: 15_000,
      ...key,
      hostVerifier: (shown: Buffer) => {
        try {
          const before = otherThanNoted(entrance.hostKeys, `${bastion.host}:${bastion.port}`, shown);
          if (before !== undefined) strange = `${before} as before, not ${fingerprint(shown)}`;
          return before === undefined;
        } catch (error) {
          unread = error instanceof Error ? error : new Error(String(error));
          return false;
        }
      },
    });
  });
  return {
    get closed() {
      return closed;
    },
    forward: (target) =>
      new Promise((resolve, reject) => {
        client.forwardOut("127.0.0.1", 0, target.host, target.port, (error, channel) => {
          if (error === undefined || error === null) resolve(channel);
          else reject(error);
        });
      }),
    close: () => client.end(),
  };
}

function credentials({
  keyFile,
  passphrase,
  agent,
}: Entrance): { privateKey: Buffer; passphrase?: string } | { agent: string } {
  if (keyFile !== undefined) {
    const privateKey = readKey(keyFile);
    return { privateKey, ...(passphrase === undefined ? {} : { passphrase }) };
  }
  if (agent !== undefined) return { agent };
  throw toolError("the tunnel has no SSH key", [
    {
      code: "tunnel.no-key",
      path: "BASTIDE_SSH_KEY",
      got: "not set, and no SSH agent runs (SSH_AUTH_SOCK)",
      want: "the private half of a key in `admin.sshKeys` of the settings",
      fix: "export BASTIDE_SSH_KEY=FILE, or load the key into an SSH agent",
    },
  ]);
}

function readKey(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    const got = cause instanceof Error ? cause.message : String(cause);
    throw toolError("the tunnel's SSH key can't be read", [
      { code: "tunnel.no-key", path: file, got, want: "a private key", fix: "set BASTIDE_SSH_KEY to a file of yours" },
    ]);
  }
}
