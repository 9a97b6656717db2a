import { createHash } from "node:crypto";
import { request as httpRequest } from "node:http";
import { z } from "zod";
import type { Caller, Platform } from "../core/platform.ts";
import type { WireRequest, WireResponse, WireService } from "../core/wire.ts";
import { authenticate } from "../services/iam/keys.ts";
import { permissionSetsOf } from "../services/iam/permissions.ts";
import { NAMESPACE, type Namespace } from "../services/registry.ts";
import { notePush } from "../services/registry-images.ts";
import { type RunningRegistry, runRegistry } from "./process.ts";

/**
 * `rg.<region>.scw.cloud`: the namespaces' endpoint, with distribution's registry behind it for the OCI protocol itself. Here
 * stand who calls (an API key's secret as password, whatever the user name), what IAM lets them do in the namespace's project, and
 * the list of images that the API tells. The registry is started by the first request, and kept apart by namespace ids: a
 * namespace that is made anew under an old name is empty.
 *
 * Signing in is by Basic authentication in one step; the real endpoint sends clients to a token service, which clients follow by themselves.
 */
export interface ImageRegistry extends WireService {
  stop(): Promise<void>;
}

const READ = [
  "ContainerRegistryReadOnly",
  "ContainerRegistryFullAccess",
  "AllProductsReadOnly",
  "AllProductsFullAccess",
];
const WRITE = ["ContainerRegistryFullAccess", "AllProductsFullAccess"];
const READING = new Set(["GET", "HEAD"]);

/** @param program distribution's registry. Absent: the endpoint says that it has none. @param folder where images are kept. */
export function imageRegistry(platform: Platform, folder: string, program: string | undefined): ImageRegistry {
  const hosts = new Map(platform.regions.map(({ name }) => [`rg.${name}.scw.cloud`, name]));
  let running: Promise<RunningRegistry> | undefined;
  const start = (path: string): Promise<RunningRegistry> => {
    running ??= runRegistry(path, folder).catch((error: unknown) => {
      running = undefined;
      throw error;
    });
    return running;
  };
  return {
    serves: (host) => hosts.has(host),
    answer: async (request) => {
      const caller = callerOf(platform, request.headers.authorization);
      const signIn = problem(401, "UNAUTHORIZED", "authentication required", {
        "www-authenticate": 'Basic realm="registry"',
      });
      if (caller === "refused") return signIn;
      if (/^\/v2\/?$/.test(request.path)) return caller === undefined ? signIn : json(200, {});
      const target = targetOf(request.path);
      if (target === undefined) return problem(404, "UNSUPPORTED", "no such operation");
      const namespace = platform
        .collection(NAMESPACE)
        .named(target.namespace)
        .find(({ region }) => region === hosts.get(request.host));
      if (namespace === undefined)
        return caller === undefined ? signIn : problem(404, "NAME_UNKNOWN", `no namespace ${target.namespace}`);
      const refused = refusal(platform, namespace, caller, request);
      if (refused !== undefined) return caller === undefined ? signIn : refused;
      if (program === undefined)
        return problem(501, "UNSUPPORTED", "this local Scaleway was started without a registry");
      const { port } = await start(program);
      const answer = await forward(port, request, namespace, target);
      notice(platform, namespace, target, request, answer);
      return answer;
    },
    stop: async () => (await running)?.stop(),
  };
}

interface Target {
  readonly namespace: string;
  readonly image: string;
  readonly rest: string;
}

function targetOf(path: string): Target | undefined {
  const [, namespace, image, rest] = /^\/v2\/([^/]+)\/(.+)\/((?:manifests|blobs|tags|referrers)\/.*)$/.exec(path) ?? [];
  return namespace === undefined || image === undefined || rest === undefined ? undefined : { namespace, image, rest };
}

/** The key's owner; undefined for nobody; `refused` for a key that is none, or has expired. */
function callerOf(platform: Platform, authorization: string | undefined): Caller | "refused" | undefined {
  if (authorization === undefined) return undefined;
  const [, encoded] = /^Basic (.+)$/i.exec(authorization) ?? [];
  const text = Buffer.from(encoded ?? "", "base64").toString();
  const caller = authenticate(platform, text.slice(text.indexOf(":") + 1));
  return caller === undefined || caller === "expired" ? "refused" : caller;
}

function refusal(
  platform: Platform,
  namespace: Namespace,
  caller: Caller | undefined,
  request: WireRequest,
): WireResponse | undefined {
  const reading = READING.has(request.method);
  if (caller?.isOwner === true || (reading && namespace.is_public)) return undefined;
  if (caller !== undefined) {
    const from = { ip: request.sourceIp, userAgent: request.headers["user-agent"] ?? "" };
    const held = permissionSetsOf(platform, caller, namespace.project_id, {
      request: { ...from, time: new Date(platform.clock.now()) },
    });
    if ((reading ? READ : WRITE).some((set) => held.has(set))) return undefined;
  }
  return problem(403, "DENIED", `insufficient permissions in namespace ${namespace.name}`);
}

/** Headers of one connection, and those that the proxy sets by itself. */
const OF_THE_CONNECTION = new Set(["connection", "keep-alive", "transfer-encoding", "host", "authorization"]);

const passed = (headers: Readonly<Record<string, string | string[] | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || OF_THE_CONNECTION.has(name) ? [] : [[name, String(value)]],
    ),
  );

function forward(port: number, request: WireRequest, namespace: Namespace, target: Target): Promise<WireResponse> {
  const query = ownQuery(request.rawQuery, namespace);
  const path = `/v2/${namespace.id}/${target.image}/${target.rest}${query === "" ? "" : `?${query}`}`;
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      {
        host: "127.0.0.1",
        port,
        path,
        method: request.method,
        headers: { ...passed(request.headers), host: request.host },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.once("error", reject);
        response.once("end", () =>
          resolve(answered(response.statusCode ?? 502, passed(response.headers), Buffer.concat(chunks))),
        );
      },
    );
    sent.once("error", reject);
    sent.end(request.body);
  });

  function answered(status: number, headers: Readonly<Record<string, string>>, body: Buffer): WireResponse {
    const { location, ...rest } = headers;
    const prefix = `/v2/${namespace.id}/`;
    const moved =
      location?.startsWith(prefix) === true ? `/v2/${namespace.name}/${location.slice(prefix.length)}` : location;
    return { status, headers: { ...rest, ...(moved === undefined ? {} : { location: moved }) }, body };
  }
}

/** A blob is taken over from an image of the same namespace only: whether the caller may read another is not asked here. */
function ownQuery(rawQuery: string, { id, name }: Namespace): string {
  const query = new URLSearchParams(rawQuery);
  const from = query.get("from");
  if (from === null) return rawQuery;
  if (from.startsWith(`${name}/`)) query.set("from", `${id}/${from.slice(name.length + 1)}`);
  else for (const key of ["from", "mount"]) query.delete(key);
  return query.toString();
}

const manifestShape = z.object({
  config: z.object({ size: z.number() }).optional(),
  layers: z.array(z.object({ size: z.number() })).optional(),
});

/** A manifest that the registry took is an image that the API lists. */
function notice(
  platform: Platform,
  namespace: Namespace,
  target: Target,
  request: WireRequest,
  answer: WireResponse,
): void {
  const [, reference] = /^manifests\/(.+)$/.exec(target.rest) ?? [];
  if (request.method !== "PUT" || answer.status !== 201 || reference === undefined) return;
  const { config, layers = [] } = manifestShape.safeParse(JSON.parse(request.body.toString())).data ?? {};
  notePush(platform, {
    namespace,
    image: target.image,
    tag: reference.startsWith("sha256:") ? undefined : reference,
    digest: `sha256:${createHash("sha256").update(request.body).digest("hex")}`,
    size: [config?.size ?? 0, ...layers.map(({ size }) => size)].reduce((sum, size) => sum + size, request.body.length),
  });
}

const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): WireResponse => ({
  status,
  headers: { "content-type": "application/json", "docker-distribution-api-version": "registry/2.0", ...headers },
  body: JSON.stringify(body),
});

/** An error as the OCI distribution specification words it. */
const problem = (
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): WireResponse => json(status, { errors: [{ code, message }] }, headers);
