import { z } from "zod";
import { regionOfZone } from "../../core/platform.ts";
import { invalidArguments } from "../../core/problem.ts";
import { type Call, param, parseInput, type Route } from "../../core/routes.ts";
import type { Settle } from "../../core/transitions.ts";
import { FILESYSTEM } from "../file.ts";
import { SERVER, type Server } from "./server.ts";
import { serverView } from "./server-view.ts";

/** Instance API v1: file systems of a server. `attaching` → `available`, `detaching` → gone. */
const PATH = "/instance/v1/zones/:zone/servers/:id";
const input = z.object({ filesystem_id: z.string() });

/** Transitions of a server's file systems, apart from its own. */
export const SERVER_FILESYSTEMS = { kind: "instance.server-filesystems" } as const;

function change(call: Call, next: (server: Server, filesystem: string) => Server["filesystems"]): unknown {
  const { platform, locality } = call;
  const { filesystem_id } = parseInput(input, call.input);
  const filesystem = platform.collection(FILESYSTEM).must(filesystem_id, regionOfZone(locality));
  const servers = platform.collection(SERVER);
  const server = servers.must(param(call, "id"), locality);
  platform.later(SERVER_FILESYSTEMS, server.id);
  return { server: serverView(platform, servers.put({ ...server, filesystems: next(server, filesystem.id) })) };
}

export const settleServerFilesystems: Settle = (platform, id) => {
  const servers = platform.collection(SERVER);
  const server = servers.find(id);
  if (server === undefined) return;
  const left = server.filesystems.filter((f) => f.state !== "detaching");
  servers.put({ ...server, filesystems: left.map((f) => ({ ...f, state: "available" })) });
};

export const serverFilesystemRoutes: readonly Route[] = [
  {
    method: "POST",
    path: `${PATH}/attach-filesystem`,
    handle: (call) =>
      change(call, (server, id) => {
        if (server.filesystems.some((f) => f.filesystem_id === id))
          throw invalidArguments({ argument: "filesystem_id", reason: "constraint", help: "is attached already" });
        return [...server.filesystems, { filesystem_id: id, state: "attaching" }];
      }),
  },
  {
    method: "POST",
    path: `${PATH}/detach-filesystem`,
    handle: (call) =>
      change(call, (server, id) =>
        server.filesystems.map((f) => (f.filesystem_id === id ? { ...f, state: "detaching" } : f)),
      ),
  },
];
