import { createCipheriv, createDecipheriv } from "node:crypto";
import { Agent, createServer, type IncomingMessage } from "node:http";
import type { AddressInfo, LookupFunction } from "node:net";
import type { DatabaseSync } from "node:sqlite";
import { S3Client } from "@aws-sdk/client-s3";
import { type Clock, openClock } from "../../local/scaleway/core/clock.ts";
import { openIds } from "../../local/scaleway/core/ids.ts";
import { type Caller, makePlatform, PUBLIC_REGIONS } from "../../local/scaleway/core/platform.ts";
import { openStore } from "../../local/scaleway/core/store.ts";
import type { WireResponse, WireService } from "../../local/scaleway/core/wire.ts";
import type { KeyManager } from "../../local/scaleway/s3/deps.ts";
import { createObjectStorage } from "../../local/scaleway/s3/object-storage.ts";

/** Object storage behind a plain HTTP server on loopback, with its own callers, keys and clock. */
export interface S3Harness {
  readonly client: (access: Access) => S3Client;
  /** The server's address, for requests that no SDK makes. */
  readonly port: number;
  readonly clock: Clock;
  readonly database: DatabaseSync;
  readonly stop: () => Promise<void>;
}

export interface Access {
  readonly accessKey: string;
  readonly projectId?: string;
  readonly region?: string;
}

export const HOME = "11111111-1111-4111-8111-111111111111";
export const ABROAD = "22222222-2222-4222-8222-222222222222";
export const KEY_ID = "33333333-3333-4333-8333-333333333333";

/** Callers of each kind, with the sets they hold and where. */
interface Known extends Caller {
  readonly sets: readonly string[];
  readonly projects: readonly string[];
}

const known = (accessKey: string, id: string, sets: readonly string[], more: Partial<Known> = {}): Known => ({
  accessKey,
  secretKey: `secret-of-${id}`,
  kind: "application",
  id,
  defaultProjectId: HOME,
  isOwner: false,
  sets,
  projects: [HOME],
  ...more,
});

const STORAGE = ["ObjectStorageFullAccess", "ObjectStorageBucketPolicyFullAccess"];
const KEYS = ["KeyManagerKeyEncrypt", "KeyManagerKeyDecrypt"];

export const DEPLOYER = "44444444-4444-4444-8444-444444444444";
export const READER = "55555555-5555-4555-8555-555555555555";
export const STRANGER = "66666666-6666-4666-8666-666666666666";
export const OWNER = "77777777-7777-4777-8777-777777777777";

const CALLERS: readonly Known[] = [
  known("SCWDEPLOYER", DEPLOYER, [...STORAGE, ...KEYS]),
  known("SCWKEYLESS", "88888888-8888-4888-8888-888888888888", STORAGE),
  known("SCWREADER", READER, ["ObjectStorageReadOnly"]),
  known("SCWKEEPER", "99999999-9999-4999-8999-999999999999", ["ObjectStorageFullAccess"]),
  known("SCWSTRANGER", STRANGER, STORAGE, { projects: [ABROAD], defaultProjectId: ABROAD }),
  known("SCWOWNER", OWNER, [], { kind: "user", isOwner: true }),
];
const find = (accessKey: string): Known | undefined => CALLERS.find((caller) => caller.accessKey === accessKey);
const permissionSets = (caller: Caller, projectId: string): ReadonlySet<string> => {
  const { sets, projects }: Pick<Known, "sets" | "projects"> = find(caller.accessKey) ?? { sets: [], projects: [] };
  return new Set(projects.includes(projectId) ? sets : []);
};

/** One key, in fr-par, usable with the permission that the real one asks for. */
const KEK = Buffer.alloc(32, 7);
const keyManager: KeyManager = {
  wrap: (use, dataKey) => {
    if (!mayUse(use, "KeyManagerKeyEncrypt")) return undefined;
    const cipher = createCipheriv("aes-256-ecb", KEK, null).setAutoPadding(false);
    return Buffer.concat([cipher.update(dataKey), cipher.final()]);
  },
  unwrap: (use, wrapped) => {
    if (!mayUse(use, "KeyManagerKeyDecrypt")) return undefined;
    const decipher = createDecipheriv("aes-256-ecb", KEK, null).setAutoPadding(false);
    return Buffer.concat([decipher.update(wrapped), decipher.final()]);
  },
};

const mayUse = (use: Parameters<KeyManager["wrap"]>[0], permission: string): boolean =>
  use.region === "fr-par" &&
  use.keyId === KEY_ID &&
  use.caller !== undefined &&
  permissionSets(use.caller, HOME).has(permission);

/** Starts on a free port; `dataDir` keeps the store on disk. */
export async function startS3(dataDir?: string): Promise<S3Harness> {
  const store = openStore(dataDir);
  const clock = openClock(store);
  const platform = makePlatform({
    store,
    clock,
    ids: openIds(store),
    regions: PUBLIC_REGIONS,
    organizationId: HOME,
    defaultProjectId: HOME,
  });
  const storage = createObjectStorage({ platform, keyManager, permissionSets, callerFor: find });
  const server = createServer((incoming, outgoing) => {
    serve(storage, incoming).then(
      ({ status, headers, body }) =>
        outgoing.writeHead(status, { "content-length": body.length, ...headers }).end(body),
      (error: unknown) => outgoing.destroy(error instanceof Error ? error : new Error(String(error))),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = portOf(server.address());
  return {
    port,
    clock,
    database: store.database,
    client: (access) => clientFor(access, port),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      store.close();
    },
  };
}

async function serve(storage: WireService, incoming: IncomingMessage): Promise<WireResponse> {
  const [path = "/", rawQuery = ""] = (incoming.url ?? "/").split("?", 2);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(",") : value]),
  );
  return storage.answer({
    method: incoming.method ?? "",
    host: (headers.host ?? "").replace(/:\d+$/, ""),
    path,
    rawQuery,
    headers,
    body: await readBody(incoming),
    sourceIp: headers["x-test-source"] ?? "127.0.0.1",
  });
}

function portOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === "string") throw new TypeError("the server has no port");
  return address;
}

const readBody = async (incoming: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** Every name leads to loopback, so that the client keeps its virtual-hosted style. */
const loopback: LookupFunction = (_host, options, done) =>
  options.all ? done(null, [{ address: "127.0.0.1", family: 4 }]) : done(null, "127.0.0.1", 4);

function clientFor(access: Access, port: number): S3Client {
  const region = access.region ?? "fr-par";
  const accessKeyId = access.projectId === undefined ? access.accessKey : `${access.accessKey}@${access.projectId}`;
  return new S3Client({
    region,
    endpoint: `http://s3.${region}.scw.cloud:${port}`,
    credentials: { accessKeyId, secretAccessKey: find(access.accessKey)?.secretKey ?? "wrong" },
    requestHandler: { httpAgent: new Agent({ keepAlive: false, lookup: loopback }) },
    maxAttempts: 1,
  });
}

/** Name and status of the refusal that a call ends in. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error && "$metadata" in error) {
      const metadata = error.$metadata;
      const status =
        typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata
          ? metadata.httpStatusCode
          : "?";
      return `${status} ${error.name}`;
    }
    throw error;
  }
  return "no refusal";
}
