import { z } from "zod";
import type { Platform } from "../../core/platform.ts";
import { invalidArguments, Problem } from "../../core/problem.ts";
import { byTag, type Call, crud, param, parseInput, type Route } from "../../core/routes.ts";
import { ADDRESS } from "../ipam/addresses.ts";
import { macAddress } from "../public-address.ts";
import { bootDisk } from "./images.ts";
import { instant } from "./instant.ts";
import { addressesOf, INSTANCE_IP, setAddresses } from "./ips.ts";
import { PLACEMENT_GROUP } from "./placement-groups.ts";
import { dropNic, nicsOf } from "./private-nics.ts";
import { defaultGroup, SECURITY_GROUP } from "./security-groups.ts";
import { SERVER, type Server } from "./server.ts";
import { dynamicIp, refuseProtected } from "./server-actions.ts";
import { SERVER_TYPES, type ServerType } from "./server-types.ts";
import { serverView } from "./server-view.ts";
import { free, setVolumes, slotInput } from "./server-volumes.ts";

/** Instance API v1: servers. A new one is stopped until it is told to power on. */
const shared = {
  name: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  dynamic_ip_required: z.boolean().nullish(),
  boot_type: z.string().nullish(),
  commercial_type: z.string().nullish(),
  volumes: z.record(z.string(), slotInput).nullish(),
  public_ips: z.array(z.string()).nullish(),
  placement_group: z.string().nullish(),
  protected: z.boolean().nullish(),
  admin_password_encryption_ssh_key_id: z.string().nullish(),
};
const createInput = z.object({
  ...shared,
  commercial_type: z.string(),
  image: z.string().nullish(),
  project: z.string().nullish(),
  security_group: z.string().nullish(),
  public_ip: z.string().nullish(),
});
const patchInput = z.object({ ...shared, security_group: z.object({ id: z.string() }).nullish() });

const SERVER_MAC = "de:00:01";

function typeOf(name: string): ServerType {
  const type = SERVER_TYPES.get(name);
  if (type === undefined)
    throw invalidArguments({ argument: "commercial_type", reason: "constraint", help: `${name} is no server type` });
  return type;
}

function create(call: Call): Server {
  const { platform, locality } = call;
  const input = parseInput(createInput, call.input);
  const type = typeOf(input.commercial_type);
  const project = input.project ?? platform.defaultProjectId;
  const image = input.image ?? null;
  const disk = image === null ? undefined : bootDisk(platform, image, locality);
  if (disk !== undefined && disk.arch !== type.arch)
    throw invalidArguments({
      argument: "image",
      reason: "constraint",
      help: `${disk.arch} does not run on ${type.name}`,
    });
  if (typeof input.placement_group === "string")
    platform.collection(PLACEMENT_GROUP).must(input.placement_group, locality);
  const group =
    typeof input.security_group === "string"
      ? platform.collection(SECURITY_GROUP).must(input.security_group, locality)
      : defaultGroup(platform, locality, project);
  const id = platform.ids.uuid();
  const name = input.name ?? `srv-${id.slice(0, 8)}`;
  const now = instant(platform);
  const owner = { id, name, project, zone: locality, image, commercial_type: type.name };
  const ips = input.public_ips ?? (typeof input.public_ip === "string" ? [input.public_ip] : []);
  refuseTaken(call, id, ips);
  setAddresses(platform, id, locality, ips);
  return {
    ...owner,
    hostname: name,
    organization: platform.organizationId,
    arch: type.arch,
    boot_type: input.boot_type ?? "local",
    volumes: setVolumes(platform, owner, {}, input.volumes ?? (image === null ? {} : { "0": {} })),
    tags: input.tags ?? [],
    state: "stopped",
    heading: null,
    protected: input.protected ?? false,
    dynamic_ip_required: input.dynamic_ip_required ?? false,
    dynamic_ip: null,
    mac_address: macAddress(platform, SERVER_MAC),
    creation_date: now,
    modification_date: now,
    security_group: group.id,
    placement_group: input.placement_group ?? null,
    user_data: {},
    filesystems: [],
    admin_password_encryption_ssh_key_id: input.admin_password_encryption_ssh_key_id ?? null,
  };
}

function refuseTaken({ platform, locality }: Call, serverId: string, ids: readonly string[]): void {
  for (const id of ids) {
    const holder = platform.collection(INSTANCE_IP).must(id, locality).server;
    if (holder !== null && holder !== serverId)
      throw new Problem(400, "invalid_request_error", `ip ${id} is already attached to server ${holder}`);
  }
}

function update(server: Server, call: Call): Server {
  const { platform, locality } = call;
  const patch = parseInput(patchInput, call.input);
  const type = typeOf(patch.commercial_type ?? server.commercial_type);
  if (type.name !== server.commercial_type && server.state !== "stopped")
    throw new Problem(400, "invalid_request_error", "server should be stopped to change its commercial type");
  if (patch.security_group) platform.collection(SECURITY_GROUP).must(patch.security_group.id, locality);
  if (typeof patch.placement_group === "string")
    platform.collection(PLACEMENT_GROUP).must(patch.placement_group, locality);
  if (patch.public_ips) {
    refuseTaken(call, server.id, patch.public_ips);
    setAddresses(platform, server.id, locality, patch.public_ips);
  }
  const name = patch.name ?? server.name;
  const dynamic_ip_required = patch.dynamic_ip_required ?? server.dynamic_ip_required;
  const owner = { ...server, name, commercial_type: type.name, dynamic_ip_required };
  return {
    ...owner,
    dynamic_ip: dynamicIp(platform, owner),
    hostname: name,
    arch: type.arch,
    tags: patch.tags ?? server.tags,
    boot_type: patch.boot_type ?? server.boot_type,
    protected: patch.protected ?? server.protected,
    volumes: patch.volumes ? setVolumes(platform, owner, server.volumes, patch.volumes) : server.volumes,
    security_group: patch.security_group?.id ?? server.security_group,
    placement_group: patch.placement_group === undefined ? server.placement_group : patch.placement_group,
    admin_password_encryption_ssh_key_id:
      patch.admin_password_encryption_ssh_key_id === undefined
        ? server.admin_password_encryption_ssh_key_id
        : patch.admin_password_encryption_ssh_key_id || null,
    modification_date: instant(platform),
  };
}

/** Deletion, as against termination: the server has to be off, and its disks stay. */
function remove(server: Server, { platform }: Call): boolean {
  refuseProtected(server);
  if (server.state !== "stopped") throw new Problem(400, "invalid_request_error", "instance should be powered off.");
  for (const slot of Object.values(server.volumes)) free(platform, slot);
  for (const nic of nicsOf(platform, server.id)) dropNic(platform, nic.id);
  setAddresses(platform, server.id, server.zone, []);
  return false;
}

/**
 * A whole server as a client read it, in the form in which changes are told. What it holds beyond those (states, dates,
 * addresses of its own) is not a client's to change, and is passed over.
 */
const wholeInput = z.object({
  ...shared,
  public_ips: z.array(z.object({ id: z.string() })).nullish(),
  placement_group: z.object({ id: z.string() }).nullish(),
  security_group: z.object({ id: z.string() }).nullish(),
});

function replace(call: Call): unknown {
  const { platform } = call;
  const whole = parseInput(wholeInput, call.input);
  const input = {
    ...whole,
    public_ips: whole.public_ips?.map(({ id }) => id),
    placement_group: whole.placement_group === undefined ? undefined : (whole.placement_group?.id ?? null),
  };
  const servers = platform.collection(SERVER);
  const next = update(servers.must(param(call, "id"), call.locality), { ...call, input });
  return { server: serverView(platform, servers.put(next)) };
}

const hasAddress = (platform: Platform, server: Server, wanted: string): boolean =>
  server.dynamic_ip?.address === wanted ||
  addressesOf(platform, server.id).some((ip) => ip.address === wanted) ||
  platform
    .collection(ADDRESS)
    .all()
    .some(
      (a) => a.address.split("/")[0] === wanted && nicsOf(platform, server.id).some((n) => n.id === a.resource?.id),
    );

const inNetwork = (platform: Platform, server: Server, network: string): boolean =>
  nicsOf(platform, server.id).some((nic) => nic.private_network_id === network);

const PATH = "/instance/v1/zones/:zone/servers";

const generic = crud<Server>({
  path: PATH,
  items: "servers",
  envelope: "server",
  of: (p) => p.collection(SERVER),
  filters: {
    name: (s, v) => s.name.includes(v),
    tags: byTag,
    project: (s, v) => s.project === v,
    organization: (s, v) => s.organization === v,
    commercial_type: (s, v) => s.commercial_type === v,
    state: (s, v) => s.state === v,
    servers: (s, v) => s.id === v,
    private_ip: (s, v, { platform }) => hasAddress(platform, s, v),
    with_ip: (s, v, { platform }) => hasAddress(platform, s, v),
    without_ip: (s, v, { platform }) =>
      v !== "true" || (s.dynamic_ip === null && addressesOf(platform, s.id).length === 0),
    private_network: (s, v, { platform }) => inNetwork(platform, s, v),
    private_networks: (s, v, { platform }) => inNetwork(platform, s, v),
    private_nic_mac_address: (s, v, { platform }) =>
      nicsOf(platform, s.id).some((nic) => nic.mac_address.toLowerCase() === v.toLowerCase()),
  },
  order: { parameter: "order", unasked: "creation_date_desc" },
  create,
  update,
  remove,
  view: (server, { platform }) => serverView(platform, server),
});

export const serverRoutes: readonly Route[] = [...generic, { method: "PUT", path: `${PATH}/:id`, handle: replace }];
