import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A few pages of Scaleway's API for the plug-in's tests: Key Manager and export jobs with the status codes and bodies of
 * the provider's recordings, and a queue of answers that come instead (faults). It is not the local Scaleway.
 */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly body: Record<string, unknown>;
  readonly token: string | undefined;
}

export interface Instead {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** The request is carried out before this answer goes out: what a lost answer looks like. */
  readonly afterAll?: boolean;
}

export type Key = Record<string, unknown> & { id: string; name: string; region: string };

export interface ScalewayDouble {
  readonly url: string;
  readonly seen: Seen[];
  readonly keys: Map<string, Key>;
  readonly jobs: Map<string, Record<string, unknown>>;
  /** Answers for the next requests of a method, in order. */
  readonly instead: { method: string; answer: Instead }[];
  /** Level that the API gives whatever was asked; undefined: as asked. */
  level: string | undefined;
  close(): Promise<void>;
}

const notFound = (resource: string, id: string): Instead => ({
  status: 404,
  body: { message: "resource is not found", resource, resource_id: id, type: "not_found" },
});

export async function scalewayDouble(): Promise<ScalewayDouble> {
  const seen: Seen[] = [];
  const keys = new Map<string, Key>();
  const jobs = new Map<string, Record<string, unknown>>();
  const instead: ScalewayDouble["instead"] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://double");
    const body = await bodyOf(request);
    const method = request.method ?? "";
    const token = request.headers["x-auth-token"];
    seen.push({ method, path: url.pathname, body, token: typeof token === "string" ? token : undefined });
    const index = instead.findIndex((i) => i.method === method);
    const fault = index < 0 ? undefined : instead.splice(index, 1)[0]?.answer;
    const own = fault === undefined || fault.afterAll === true ? answer(method, url, body) : undefined;
    const { status, body: out, headers = {} } = fault ?? own ?? { status: 500 };
    if (status === 0) return void request.socket.destroy();
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(out === undefined ? undefined : JSON.stringify(out));
  });
  const double: Omit<ScalewayDouble, "url" | "close"> = { seen, keys, jobs, instead, level: undefined };

  function answer(method: string, url: URL, body: Record<string, unknown>): Instead {
    const [, product, , , region = "", items, id = "", verb] = url.pathname.split("/");
    if (product === "key-manager" && items === "keys") return keyAnswer(method, region, id, verb, body, url);
    if (product === "audit-trail" && items === "export-jobs") return jobAnswer(method, id, body, url);
    return notFound("path", url.pathname);
  }

  function keyAnswer(
    method: string,
    region: string,
    id: string,
    verb: string | undefined,
    body: Record<string, unknown>,
    url: URL,
  ): Instead {
    if (id === "") {
      if (method === "POST") return { status: 200, body: newKey(region, body) };
      const found = [...keys.values()].filter((k) => k.name === url.searchParams.get("name"));
      return { status: 200, body: { keys: found, total_count: found.length } };
    }
    const key = keys.get(id);
    if (key === undefined) return notFound("key", id);
    if (method === "GET") return { status: 200, body: key };
    if (verb === "protect" || verb === "unprotect") key.protected = verb === "protect";
    else if (method === "PATCH") Object.assign(key, body);
    else if (method === "DELETE") {
      if (key.protected === true)
        return {
          status: 412,
          body: {
            message: "precondition is not respected",
            help_message: "cannot delete a protected key",
            precondition: "protected_resource",
            type: "precondition_failed",
          },
        };
      key.state = "scheduled_for_deletion";
      key.deletion_requested_at = "2026-11-23T12:00:00Z";
      return { status: 204 };
    }
    return { status: 200, body: key };
  }

  function newKey(region: string, body: Record<string, unknown>): Key {
    const { unprotected, protection_level, ...rest } = body;
    const key: Key = {
      description: null,
      rotation_policy: null,
      ...rest,
      id: randomUUID(),
      name: String(body.name),
      state: body.origin === "external" ? "pending_key_material" : "enabled",
      rotation_count: 1,
      created_at: new Date().toISOString(),
      updated_at: new Date().toISOString(),
      rotated_at: new Date().toISOString(),
      protected: unprotected !== true,
      locked: false,
      deletion_requested_at: null,
      protection_level: double.level ?? protection_level,
      region,
    };
    keys.set(key.id, key);
    return key;
  }

  function jobAnswer(method: string, id: string, body: Record<string, unknown>, url: URL): Instead {
    if (method === "POST") {
      const job = { ...body, id: randomUUID(), created_at: new Date().toISOString(), last_run_at: null };
      jobs.set(job.id, job);
      return { status: 200, body: job };
    }
    if (method === "DELETE") return jobs.delete(id) ? { status: 204 } : notFound("export_job", id);
    const name = url.searchParams.get("name");
    const page = Number(url.searchParams.get("page") ?? 1);
    const size = Number(url.searchParams.get("page_size") ?? 20);
    const found = [...jobs.values()].filter((j) => name === null || j.name === name);
    return {
      status: 200,
      body: { export_jobs: found.slice((page - 1) * size, page * size), total_count: found.length },
    };
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(double, {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  return text === "" ? {} : JSON.parse(text);
}
