import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BastideError } from "../../kernel/errors.ts";

/** go-containerregistry's client, with the passwords of some registries for as long as `work` takes. */
export interface Crane {
  /** Digest of what a name means for the platform's nodes; undefined when the registry has no such image. */
  digest(reference: string): Promise<string | undefined>;
  /** Bytes of a manifest. */
  manifest(reference: string): Promise<Buffer>;
  copy(from: string, to: string): Promise<void>;
  /** Takes an OCI image layout to a registry. */
  push(layout: string, to: string): Promise<void>;
}

export interface CraneOptions {
  readonly program: string;
  /** Registry host → secret key. Scaleway takes any user name. */
  readonly passwords: Readonly<Record<string, string>>;
  /** Variables of its own, e.g. the proxy and the authority to trust. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

/** What Kapsule's nodes run; of an image for several platforms this one alone is taken. */
const PLATFORM = "linux/amd64";
/** Some images are large, and links slow. */
const MINUTES = 60;
const MAX_MANIFEST = 16 * 1024 * 1024;

/** Passwords stand in a file of the owner's own, never in arguments; it goes when `work` is done. */
export async function withCrane<T>(options: CraneOptions, work: (crane: Crane) => Promise<T>): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), "bastide-crane-"));
  try {
    const auths = Object.fromEntries(
      Object.entries(options.passwords).map(([host, password]) => [
        host,
        { auth: Buffer.from(`nologin:${password}`).toString("base64") },
      ]),
    );
    writeFileSync(join(home, "config.json"), JSON.stringify({ auths }), { mode: 0o600 });
    const run = (args: readonly string[]): Promise<Buffer> => runCrane(options, home, args);
    return await work({
      digest: async (reference) => {
        try {
          return (await run(["digest", "--platform", PLATFORM, reference])).toString().trim();
        } catch (error) {
          if (error instanceof CraneError && error.kind === "absent") return undefined;
          throw error;
        }
      },
      manifest: (reference) => run(["manifest", reference]),
      copy: async (from, to) => {
        await run(["copy", "--platform", PLATFORM, from, to]);
      },
      push: async (layout, to) => {
        await run(["push", layout, to]);
      },
    });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

export type CraneFailure = "absent" | "unauthorised" | "unreachable";

/** A registry that did not do what it was asked. */
export class CraneError extends BastideError {
  readonly kind: CraneFailure;

  constructor(kind: CraneFailure, reference: string, told: string) {
    const words = {
      absent: {
        want: "an image of this name",
        fix: "is the namespace there (`bastide up` makes it), and the name right?",
      },
      unauthorised: {
        want: "an API key that may write to the namespace (ContainerRegistryFullAccess)",
        fix: "set SCW_SECRET_KEY to such a key; one that expired or was deleted is refused alike",
      },
      unreachable: {
        want: "an answer",
        fix: "look at the network and its proxy, then run it again: what is there is not copied twice",
      },
    }[kind];
    const code = `images.${kind}`;
    super(
      `an image registry: ${kind}`,
      [{ code, path: reference, got: told, ...words }],
      kind === "unauthorised" ? 2 : 3,
    );
    this.name = "CraneError";
    this.kind = kind;
  }
}

function runCrane(options: CraneOptions, home: string, args: readonly string[]): Promise<Buffer> {
  const { program, env = {}, signal } = options;
  return new Promise((resolve, reject) => {
    execFile(
      program,
      [...args],
      {
        encoding: "buffer",
        maxBuffer: MAX_MANIFEST,
        timeout: MINUTES * 60_000,
        env: { ...env, DOCKER_CONFIG: home, HOME: home },
        ...(signal === undefined ? {} : { signal }),
      },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else if (signal?.aborted === true) reject(signal.reason);
        else {
          const told = stderr.toString().trim().split("\n").at(-1) ?? error.message;
          reject(new CraneError(kindOf(told), args.at(-1) ?? "", told.replace(/^Error: /, "").slice(0, 400)));
        }
      },
    );
  });
}

/** By the words of the OCI distribution specification, then by the status. */
function kindOf(told: string): CraneFailure {
  if (/UNAUTHORIZED|DENIED|401 Unauthorized|403 Forbidden/.test(told)) return "unauthorised";
  if (/MANIFEST_UNKNOWN|NAME_UNKNOWN|NOT_FOUND|404 Not Found/.test(told)) return "absent";
  return "unreachable";
}
