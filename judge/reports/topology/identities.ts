import { byKey, sortedUnique } from "../../../kernel/order.ts";
import type { Resource } from "../../facts/observed.ts";
import { type RawValue, UNKNOWN } from "../../facts/raw.ts";
import { safe } from "../wording.ts";
import type { Identity } from "./model.ts";
import { anchorOf, inner, listOf, type MapReader, refOf } from "./reading.ts";

const KINDS: Readonly<Record<string, { readonly kind: Identity["kind"]; readonly property: string }>> = {
  "scaleway:iam/application:Application": { kind: "application", property: "applicationId" },
  "scaleway:iam/group:Group": { kind: "group", property: "groupId" },
  "scaleway:iam/user:User": { kind: "user", property: "userId" },
};

/** Who may do what: applications, groups and users with their policies, how many rules carry a condition, and their keys. */
export function identitiesOf(reader: MapReader): readonly Identity[] {
  const { resources } = reader.estate;
  const policies = resources.filter((r) => r.canonicalType === "scaleway:iam/policy:Policy");
  const keys = resources.filter((r) => r.canonicalType === "scaleway:iam/apiKey:ApiKey");
  return resources
    .flatMap((r) => {
      const kind = KINDS[r.canonicalType];
      return kind === undefined ? [] : [identity(reader, r, kind, policies, keys)];
    })
    .sort(byKey((i) => `${i.kind} ${i.name}`));
}

function identity(
  reader: MapReader,
  r: Resource,
  { kind, property }: { readonly kind: Identity["kind"]; readonly property: string },
  policies: readonly Resource[],
  keys: readonly Resource[],
): Identity {
  const names = (other: Resource): boolean => {
    const link = reader.estate.linkAny(refOf(other, property));
    return link.kind === "found" && link.fact.urn === r.urn;
  };
  const own = policies.filter(names);
  const ownKeys = keys.filter(names);
  const rules = own.flatMap((p) => listOf(p, "rules"));
  return {
    anchor: anchorOf(r.urn),
    kind,
    name: safe(r.name),
    policies: own.length,
    conditions: rules.filter((rule) => inner(rule, "condition") !== "").length,
    keys: ownKeys.length,
    permissions: sortedUnique(rules.flatMap(permissionSets)),
    mark: reader.markOf([r, ...own, ...ownKeys].map(({ urn }) => urn)),
  };
}

function permissionSets(rule: RawValue): readonly string[] {
  if (rule === null || typeof rule !== "object" || Array.isArray(rule)) return [];
  const names = Object.entries(rule).find(([key]) => key === "permissionSetNames")?.[1];
  if (names === UNKNOWN) return ["(not known yet)"];
  return Array.isArray(names) ? names.flatMap((name) => (typeof name === "string" ? [safe(name)] : [])) : [];
}
