import { z } from "zod";
import { parseCidr } from "../../../../kernel/cidr.ts";
import { invalidArguments, notFound } from "../../core/problem.ts";
import { type Call, param, parseInput, type Route } from "../../core/routes.ts";
import { GATEWAY, type Gateway, gatewayView } from "./gateways.ts";

/**
 * Public Gateways v2: who may reach the SSH bastion, and with which keys. A bastion is born open to every address; its ranges
 * are set by calls of their own. It copies the SSH keys of its project when it is switched on and when it is told to refresh.
 */
const PATH = "/vpc-gw/v2/zones/:zone/gateways/:id";

const range = (text: string): string => {
  const parsed = parseCidr(text);
  if (parsed?.family !== 4)
    throw invalidArguments({ argument: "ip_ranges", reason: "constraint", help: `${text} is no IPv4 range` });
  return parsed.text;
};

const change = (call: Call, next: (gateway: Gateway) => Partial<Gateway>): Gateway => {
  const gateways = call.platform.collection(GATEWAY);
  const gateway = gateways.must(param(call, "id"), call.locality);
  return gateways.put({ ...gateway, ...next(gateway), updated_at: call.platform.clock.stamp() });
};

export const bastionRoutes: readonly Route[] = [
  {
    method: "PUT",
    path: `${PATH}/bastion-allowed-ips`,
    handle: (call) => {
      const { ip_ranges } = parseInput(z.object({ ip_ranges: z.array(z.string()).nullable() }), call.input);
      const ranges = (ip_ranges ?? []).map(range);
      return { ip_ranges: change(call, () => ({ bastion_allowed_ips: ranges })).bastion_allowed_ips };
    },
  },
  {
    method: "POST",
    path: `${PATH}/bastion-allowed-ips`,
    handle: (call) => {
      const added = range(parseInput(z.object({ ip_range: z.string() }), call.input).ip_range);
      const gateway = change(call, (g) => ({ bastion_allowed_ips: [...new Set([...g.bastion_allowed_ips, added])] }));
      return { ip_ranges: gateway.bastion_allowed_ips };
    },
  },
  {
    method: "DELETE",
    path: `${PATH}/bastion-allowed-ips/:address/:prefix`,
    handle: (call) => {
      const gone = `${param(call, "address")}/${param(call, "prefix")}`;
      change(call, (g) => {
        if (!g.bastion_allowed_ips.includes(gone)) throw notFound("bastion_allowed_ip", gone);
        return { bastion_allowed_ips: g.bastion_allowed_ips.filter((r) => r !== gone) };
      });
      return undefined;
    },
  },
  {
    method: "POST",
    path: `${PATH}/refresh-ssh-keys`,
    handle: (call) =>
      gatewayView(
        change(call, () => ({ bastion_keys_at: call.platform.clock.stamp() })),
        call,
      ),
  },
];
