import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { held, meaningOf, normalised, pending } from "./state.ts";
import { query } from "./store.ts";
import { FOUNDATION } from "./world.ts";

const BOOTSTRAP = "rehearsal.bootstrap";

const window = (a: string, b: string): string => {
  const at = [...a].findIndex((c, i) => c !== b[i]);
  const from = Math.max(0, at - 60);
  return `…${a.slice(from, at + 80)}… instead of …${b.slice(from, at + 80)}…`;
};

/** In what the state of a run differs from a calm one's: nothing, or a line for each resource. */
export function stateDifferences(work: string, calm: string): readonly string[] {
  const [got, want] = [normalised(held(work, FOUNDATION)), normalised(held(calm, FOUNDATION))];
  const left = pending(work, FOUNDATION);
  return [
    ...(left === 0 ? [] : [`${left} pending operations`]),
    ...[...want.keys()].filter((urn) => !got.has(urn)).map((urn) => `missing: ${urn}`),
    ...[...got.keys()].filter((urn) => !want.has(urn)).map((urn) => `not in a calm run: ${urn}`),
    ...[...got].flatMap(([urn, text]) => {
      const other = want.get(urn);
      return other === undefined || other === text
        ? []
        : [`${urn.slice(urn.lastIndexOf("$") + 1)}: ${window(text, other)}`];
    }),
  ];
}

/**
 * What exists at Scaleway without anybody asking for it by a resource: made by the platform itself. Every other record has to be in
 * a state.
 */
const IMPLICIT: Readonly<Record<string, string>> = {
  "iam.user": "the organization's owner",
  "iam.api-key": "the owner's key: any more than that one shows in the numbers",
  "cockpit.alert-manager": "one a project, switched on by a resource that has the project's id",
  "vpc.acl": "one a VPC and address family: a setting, with the VPC's id",
  "account.project default": "the default project",
  "vpc.vpc default": "the default VPC of a project, made when somebody lists them",
  "block.volume": "root volumes of servers",
  "ipam.ip": "addresses that servers, gateways and clusters take in their networks",
  "vpc.route": "routes to a network's own range",
  "instance.server": "nodes of a cluster",
  "instance.private-nic": "interfaces of nodes",
  "instance.security-group": "the default group of a project",
};

interface Unclaimed {
  readonly kind: string;
  readonly what: string;
}

/** Records of the store that no resource of any state is. */
function unclaimed(work: string): readonly Unclaimed[] {
  const resources = [...held(work, BOOTSTRAP), ...held(work, FOUNDATION)];
  const ids = new Set(
    resources.flatMap((r) =>
      r.id === undefined || !r.custom ? [] : [r.id.split("/").at(-1) ?? "", ...r.id.split("/")],
    ),
  );
  const meaning = meaningOf(resources);
  const records = query(work, "SELECT kind, id, name, locality, project FROM records ORDER BY sequence").flatMap((r) =>
    ids.has(String(r.id))
      ? []
      : [{ kind: String(r.kind), what: meaning(`${r.name} in ${r.locality} of ${r.project}`) }],
  );
  const buckets = query(work, "SELECT name, region FROM s3_bucket").flatMap((b) =>
    resources.some((r) => r.id?.startsWith(`${b.region}/${b.name}@`) === true || r.id === `${b.region}/${b.name}`)
      ? []
      : [{ kind: "s3.bucket", what: String(b.name) }],
  );
  return [...records, ...buckets];
}

const secretSchema = z.object({
  id: z.string(),
  versions: z.array(z.object({ revision: z.number(), status: z.string() })),
});

/** A version that is deleted can be restored for a week, and read no more. */
const GONE: ReadonlySet<string> = new Set(["deleted", "scheduled_for_deletion"]);

/** Versions of secrets, which lie within their secret's record: each that can still be read has to be in a state. */
function unclaimedVersions(work: string): readonly string[] {
  const ids = new Set([...held(work, BOOTSTRAP), ...held(work, FOUNDATION)].flatMap((r) => r.id ?? []));
  return query(work, "SELECT name, locality, body FROM records WHERE kind = 'secret-manager.secret'").flatMap((r) => {
    const { id, versions } = secretSchema.parse(JSON.parse(String(r.body)));
    return versions
      .filter((v) => !GONE.has(v.status) && !ids.has(`${r.locality}/${id}/${v.revision}`))
      .map((v) => `secret-manager.version ${v.revision} of ${r.name}`);
  });
}

const counted = (all: readonly Unclaimed[]): ReadonlyMap<string, number> =>
  new Map([...Map.groupBy(all, ({ kind, what }) => `${kind} ${what}`)].map(([key, group]) => [key, group.length]));

const isImplicit = ({ kind, what }: Unclaimed): boolean =>
  Object.keys(IMPLICIT).some((known) => known === kind || `${kind} ${what}`.startsWith(`${known} `));

/** What lies at Scaleway and in no state: of a kind that nothing makes by itself, or more of it than after a calm run. */
export function orphans(work: string, calm: string): readonly string[] {
  const here = unclaimed(work);
  const usual = counted(unclaimed(calm));
  const strange = here.filter((u) => !isImplicit(u)).map(({ kind, what }) => `${kind} ${what}`);
  const more = [...counted(here)].flatMap(([key, n]) =>
    (usual.get(key) ?? 0) < n ? [`${n - (usual.get(key) ?? 0)} more: ${key}`] : [],
  );
  return [...strange, ...more, ...unclaimedVersions(work)];
}

/** What a teardown that was cut off left, other than what a calm one leaves: scheduled keys and secrets, and defaults of the platform. */
export function teardownDifferences(work: string, calm: string): readonly string[] {
  const [here, usual] = [counted(unclaimed(work)), counted(unclaimed(calm))];
  const stays = held(work, FOUNDATION).filter((r) => r.custom);
  return [
    ...stays.map((r) => `still in the state: ${r.urn}`),
    ...(pending(work, FOUNDATION) === 0 ? [] : ["pending operations"]),
    ...[...new Set([...here.keys(), ...usual.keys()])].flatMap((key) => {
      const [got, want] = [here.get(key) ?? 0, usual.get(key) ?? 0];
      return got === want ? [] : [`${got} instead of ${want}: ${key}`];
    }),
  ];
}

const filesUnder = (dir: string): readonly string[] =>
  readdirSync(dir, { recursive: true, encoding: "utf8" })
    .map((file) => join(dir, file))
    .filter((file) => statSync(file).isFile());

/** Every secret of a run that lies at Scaleway or opens the state. @throws when there are too few to prove anything. */
export function canariesOf(work: string): readonly string[] {
  const canaries = query(work, "SELECT kind, body FROM records WHERE kind IN ('iam.api-key', 'secret-manager.secret')")
    .flatMap(({ kind, body }) => {
      const record = JSON.parse(String(body));
      if (kind === "iam.api-key") return [String(record.secret_key)];
      return record.versions.flatMap((v: { data: string }) => [v.data, Buffer.from(v.data, "base64").toString("utf8")]);
    })
    .concat(readFileSync(join(work, "passphrase"), "utf8"))
    .filter((canary: string) => canary.length > 7);
  if (canaries.length < 10)
    throw new Error(`only ${canaries.length} secrets to look for: the look would prove nothing`);
  return canaries;
}

/** Files, and the output itself, in which a secret of the run stands in plain. */
export function leaks(work: string, output: string, canaries = canariesOf(work)): readonly string[] {
  const told = (text: string): boolean => canaries.some((canary) => text.includes(canary));
  const [local, passphrase] = [join(work, "local"), join(work, "passphrase")];
  const files = filesUnder(work).filter((file) => !file.startsWith(local) && file !== passphrase);
  return [...files.filter((file) => told(readFileSync(file, "utf8"))), ...(told(output) ? ["the output"] : [])];
}
