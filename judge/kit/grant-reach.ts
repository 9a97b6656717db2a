import type { Estate } from "../facts/estate.ts";
import type { GrantsFact } from "../facts/fact.ts";
import type { GrantScope } from "../facts/fact-identity.ts";
import type { Resource } from "../facts/observed.ts";
import type { Ref } from "../facts/reference.ts";
import type { Holders, Member } from "./holders.ts";

const BUCKET = "scaleway:object/bucket:Bucket";
const KEYS: readonly string[] = ["scaleway:keymanager/key:Key", "bastide:keymanager:Key"];
const SECRET = "scaleway:secrets/secret:Secret";

/** Permission sets by which content can be read, written or decrypted, and what it is the content of; absent is everything. */
const CONTENT: readonly { readonly set: RegExp; readonly of?: readonly string[] }[] = [
  { set: /^AllProducts/ },
  { set: /^ObjectStorage(FullAccess|ReadOnly|Objects)/, of: [BUCKET] },
  { set: /^SecretManager(FullAccess|SecretAccess)/, of: [SECRET] },
  { set: /^KeyManager(FullAccess|KeyEncrypt|KeyDecrypt|KeySign)/, of: KEYS },
];

/** Whether one of these sets gives the content of this resource. A bucket with a policy is opened by that policy alone. */
function gives(sets: readonly string[], { canonicalType, urn }: Resource, governed: ReadonlySet<string>): boolean {
  if (governed.has(urn)) return false;
  return CONTENT.some(
    ({ set, of }) => (of === undefined || of.includes(canonicalType)) && sets.some((s) => set.test(s)),
  );
}

/**
 * A grant on the content of a project reaches what stands there. Who makes and configures without reading is no reader of both
 * sides: the deployer above all, whose object rights no bucket's policy lets in.
 */
export function reach(grants: GrantsFact, governed: ReadonlySet<string>, estate: Estate, holders: Holders): void {
  for (const principal of grants.principals) {
    const link = estate.link(principal, "principal");
    if (link.kind !== "found") continue;
    const { urn } = link.fact;
    if (!grants.rules.known) {
      holders.blind("principal", urn, grants.rules.from);
      continue;
    }
    const scopes = estate.factOf("grant-scopes", grants.urn)?.scopes;
    for (const [index, { permissionSets }] of grants.rules.value.entries()) {
      const sets = permissionSets.value;
      if (!sets.known) holders.blind("principal", urn, sets.from);
      else {
        const scope = scopes?.known === true ? scopes.value[index] : undefined;
        for (const { resource, assumed } of membersOf(scope, sets.value, urn, estate, holders)) {
          if (gives(sets.value, resource, governed)) holders.add("principal", urn, resource, link.assumed || assumed);
        }
      }
    }
  }
}

/** What stands in the projects of a grant; everything for one of the organisation, and nothing known for one that can't be read. */
function membersOf(
  scope: GrantScope | undefined,
  sets: readonly string[],
  principal: string,
  estate: Estate,
  holders: Holders,
): readonly Member[] {
  if (!sets.some((s) => CONTENT.some(({ set }) => set.test(s)))) return [];
  const { organization, projects } = scope ?? {};
  if (organization?.known !== true || (organization.value ?? "") !== "") return holders.everywhere();
  if (projects?.known !== true) {
    holders.blind("principal", principal, projects?.from ?? { property: "rules", suppliers: [] });
    return [];
  }
  return projects.value.flatMap((project) => {
    const reached = projectsBehind(project, estate);
    if (reached.length === 0) holders.blind("principal", principal, { property: project.property, suppliers: [] });
    return reached.flatMap(({ key, assumed }) =>
      holders.membersOf("project", key).map((m) => ({ ...m, assumed: m.assumed || assumed })),
    );
  });
}

/** The project that a grant names; before ids are known, every project that its rules are derived from. */
function projectsBehind(project: Ref, estate: Estate): readonly { readonly key: string; readonly assumed: boolean }[] {
  const link = estate.linkAny(project);
  if (link.kind === "found") return [{ key: link.fact.urn, assumed: link.assumed }];
  if (link.kind === "outside") return [{ key: link.id, assumed: false }];
  const behind = project.kind === "absent" ? [] : project.suppliers.flatMap((urn) => estate.resource(urn) ?? []);
  const projects = behind.filter((r) => r.canonicalType === "scaleway:account/project:Project");
  const others = behind.filter((r) => r.raw.custom && !projects.includes(r) && r.facts.every((f) => f.kind !== "key"));
  return others.length > 0 ? [] : projects.map((r) => ({ key: r.urn, assumed: true }));
}
