import { rawAnswer } from "../../core/answer.ts";
import { notFound } from "../../core/problem.ts";
import { type Call, param, type Route } from "../../core/routes.ts";
import { SERVER, type Server } from "./server.ts";

/** Instance API v1: user data of a server by key, any bytes; `cloud-init` is what its first boot runs. */
const PATH = "/instance/v1/zones/:zone/servers/:id/user_data";

const serverOf = (call: Call): Server => call.platform.collection(SERVER).must(param(call, "id"), call.locality);

function change(call: Call, next: (data: Readonly<Record<string, string>>) => Record<string, string>): undefined {
  const server = serverOf(call);
  call.platform.collection(SERVER).put({ ...server, user_data: next(server.user_data) });
  return undefined;
}

export const userDataRoutes: readonly Route[] = [
  { method: "GET", path: PATH, handle: (call) => ({ user_data: Object.keys(serverOf(call).user_data) }) },
  {
    method: "GET",
    path: `${PATH}/:key`,
    handle: (call) => {
      const kept = serverOf(call).user_data[param(call, "key")];
      if (kept === undefined) throw notFound("instance_user_data", param(call, "key"));
      return rawAnswer("text/plain", Buffer.from(kept, "base64"));
    },
  },
  {
    method: "PATCH",
    path: `${PATH}/:key`,
    handle: (call) => change(call, (data) => ({ ...data, [param(call, "key")]: call.raw.toString("base64") })),
  },
  {
    method: "DELETE",
    path: `${PATH}/:key`,
    handle: (call) => change(call, ({ [param(call, "key")]: _, ...rest }) => rest),
  },
];
