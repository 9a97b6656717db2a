import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** The engine's own checkpoint of a stack, as it lies on disk: nothing of ours has read or written it. */
const resource = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  custom: z.boolean(),
  protect: z.boolean().optional(),
  inputs: z.record(z.string(), z.unknown()).default({}),
  outputs: z.record(z.string(), z.unknown()).default({}),
  dependencies: z.array(z.string()).default([]),
  initErrors: z.array(z.string()).default([]),
});
export type Held = z.infer<typeof resource>;
const checkpoint = z.object({
  checkpoint: z.object({
    latest: z
      .object({ resources: z.array(resource).nullish(), pending_operations: z.array(z.unknown()).nullish() })
      .nullish(),
  }),
});

const read = (work: string, stack: string): z.infer<typeof checkpoint>["checkpoint"]["latest"] =>
  checkpoint.parse(JSON.parse(readFileSync(join(work, "state/.pulumi/stacks/bastide", `${stack}.json`), "utf8")))
    .checkpoint.latest;

export const held = (work: string, stack: string): readonly Held[] => read(work, stack)?.resources ?? [];
export const pending = (work: string, stack: string): number => read(work, stack)?.pending_operations?.length ?? 0;

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const ACCESS_KEY = /SCW[A-Z0-9]{17}/g;
const MAC = /\b02:00:00:[0-9A-Fa-f:]{8}\b/g;
/** A node is called after its pool and 16 digits of its own id, cut to 63 characters; its IPv6 address is the next free one of its network. */
const NODE = /(scw-[a-z0-9-]+)-[0-9a-f]{8,16}\b/g;
const NEXT_IPV6 = /\b(fd[0-9a-f]{2}(?::[0-9a-f]{1,4}){3})::[0-9a-f]{1,4}\b/g;
const NEXT_IPV4 = /"address":"\d+\.\d+\.\d+\.\d+","id":"[^"]*<an id>"/g;
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g;

const shortName = (urn: string): string => urn.slice(urn.lastIndexOf("$") + 1);

/** What stands for each id, key and public address that this very run was given: the resource that it was given for. */
export function meaningOf(resources: readonly Held[]): (text: string) => string {
  const names = new Map<string, string>();
  const means = (key: string, name: string): void => void (names.has(key) || names.set(key, name));
  for (const r of resources) {
    const own = r.id?.match(UUID)?.at(-1) ?? r.id?.match(ACCESS_KEY)?.[0];
    if (own !== undefined) means(own, `<${shortName(r.urn)}>`);
  }
  const addresses = resources.flatMap((r) =>
    r.type === "scaleway:network/publicGatewayIp:PublicGatewayIp"
      ? [
          [String(r.outputs.address), `<address of ${shortName(r.urn)}>`] as const,
          [String(r.outputs.address).split(".").reverse().join("-"), `<name of ${shortName(r.urn)}>`] as const,
        ]
      : [],
  );
  return (text) =>
    addresses
      .reduce(
        (t, [address, name]) =>
          t.replaceAll(new RegExp(`(?<![\\d.])${address.replaceAll(".", "\\.")}(?![\\d])`, "g"), name),
        text,
      )
      .replaceAll(UUID, (id) => names.get(id) ?? "<an id>")
      .replaceAll(ACCESS_KEY, (key) => names.get(key) ?? "<a key>")
      .replaceAll(MAC, "<a mac>")
      .replaceAll(NODE, "$1-<node>")
      .replaceAll(NEXT_IPV6, "$1::<next>")
      .replaceAll(NEXT_IPV4, "<a next address>")
      .replaceAll(INSTANT, "<an instant>");
}

const isSecret = (value: object): boolean => "4dabf18193072939515e22adb298388d" in value;

/** The bridge's own notes on how it last read a resource: another way after a read than after a create. */
const NOTES = new Set(["__meta", "__pulumi_raw_state_delta", "__defaults"]);
/** The local cluster's authority is a text with the cluster's id in it. */
const AUTHORITY = "clusterCa";

/**
 * A value with its secrets masked: they are drawn anew by each run, and encrypted anew each time.
 * @param sparing leaves out what is nothing: what a provider read back, not what was asked for.
 */
function masked(value: unknown, sparing = true): unknown {
  if (Array.isArray(value)) return value.map((part) => masked(part, sparing));
  if (value === null || typeof value !== "object") return value;
  if (isSecret(value)) return "<secret>";
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) =>
      NOTES.has(key) || (sparing && isNothing(part))
        ? []
        : [[key, key === AUTHORITY ? readable(part) : masked(part, sparing)]],
    ),
  );
}

/**
 * A property at its type's zero value says after a read what its absence says after a create, and the other way round: Terraform's
 * SDK v2, on which the provider is built, does not tell them apart.
 */
const isNothing = (value: unknown): boolean =>
  value === null ||
  value === "" ||
  value === false ||
  (typeof value === "object" && !isSecret(value) && Object.keys(value).length === 0);

const readable = (value: unknown): string => Buffer.from(String(value), "base64").toString("utf8");

const VERSION = "scaleway:secrets/version:Version";

/** A secret's versions are counted up and a number never comes back: which one a run was given is no more than an id. */
const numbered = ({ type, id, outputs }: Held): { readonly id: string | undefined; readonly outputs: unknown } =>
  type === VERSION
    ? {
        id: id?.replace(/\/\d+$/, "/<revision>"),
        outputs: { ...outputs, id: undefined, revision: undefined, srn: undefined },
      }
    : { id, outputs };

/** A state as it would read in any run: one line a resource, by URN. */
export function normalised(resources: readonly Held[]): ReadonlyMap<string, string> {
  const meaning = meaningOf(resources);
  return new Map(
    resources.map((r) => [
      r.urn,
      meaning(
        JSON.stringify({
          id: numbered(r).id,
          protect: r.protect ?? false,
          inputs: masked(r.inputs, false),
          outputs: masked(numbered(r).outputs),
          // A set: the engine writes them down in any order.
          dependencies: [...r.dependencies].sort(),
          initErrors: r.initErrors,
        }),
      ),
    ]),
  );
}
