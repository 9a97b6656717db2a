import { push } from "../../kernel/multimap.ts";
import { ANYBODY, bucketAccesses, lets } from "../facts/bucket-access.ts";
import { bucketKeys } from "../facts/bucket-keys.ts";
import { parsePolicy } from "../facts/bucket-policy.ts";
import { refAt } from "../facts/classification.ts";
import type { Estate } from "../facts/estate.ts";
import { perEstate } from "../facts/per-estate.ts";
import type { Holding } from "./grants.ts";
import { type Grip, OUTSIDE, SOMEBODY } from "./members.ts";
import { type Ground, weaker } from "./model.ts";
import type { Power } from "./permission-sets.data.ts";
import { ANYONE, type DataRight, type RightName } from "./right.ts";

const UNRESOLVED: Ground = "unresolved";

export const reaches = ({ path }: Holding, target: string): boolean => path.some((grip) => grip.to === target);

/** From a policy to what one of its rules reaches. */
export const reaching = ({ policy, rule, ground }: Holding, target: string): Grip => ({
  from: policy,
  to: target,
  by: policy,
  property: rule,
  ground,
});

/** Holdings of a power that reach a thing. */
export type On = (power: Power, urn: string, narrows?: boolean) => readonly Holding[];
export type Rows = (right: RightName, target: string, list: readonly Holding[]) => readonly DataRight[];

/** What each right on objects is in a bucket's policy. */
const ACTIONS: Readonly<Record<"read" | "write" | "delete", string>> = {
  read: "s3:GetObject",
  write: "s3:PutObject",
  delete: "s3:DeleteObject",
};

/** Only this version is an allow-list; what the older one does not deny, IAM decides alone. */
const ALLOW_LIST = "2023-04-17";

/** Rights on buckets: IAM and the bucket's own policy, and the key behind what is read. */
export function bucketRights(
  estate: Estate,
  on: On,
  everywhere: (power: Power) => readonly Holding[],
  rows: Rows,
): readonly DataRight[] {
  const accesses = bucketAccesses(estate);
  const keys = bucketKeys(estate);
  const lax = new Set(
    estate.facts("bucket-policy").flatMap(({ document: { value }, urn }) => {
      const version = value.known ? parsePolicy(value.value ?? "")?.version : ALLOW_LIST;
      return version === ALLOW_LIST || version === undefined ? [] : [urn];
    }),
  );
  return estate.facts("bucket").flatMap(({ urn }) => {
    const access = accesses.to(urn);
    const policy = access.known ? access.value : undefined;
    const isList = policy !== undefined && !policy.policies.some((p) => lax.has(p));
    const inProject = ({ principal, power }: Holding, id: string): boolean =>
      everywhere(power).some(
        (other) => mayBe(other.principal, principal) && (other.projects === "all" || names(other.projects, id, estate)),
      );
    const allowed = (list: readonly Holding[], right: keyof typeof ACTIONS): readonly Holding[] =>
      list.flatMap((holding) => {
        if (!access.known) return [{ ...holding, ground: UNRESOLVED }];
        if (!isList || policy === undefined) return [holding];
        const by = policy.allows.find((s) => lets(s, ACTIONS[right]) && admits(s, holding, inProject));
        if (by === undefined) return [];
        const [policyUrn = urn] = policy.policies;
        const grip: Grip = { from: policyUrn, to: urn, by: policyUrn, property: "policy", ground: "stated" };
        return [{ ...holding, path: [...holding.path, reaching(holding, policyUrn), grip] }];
      });
    const everybody = (right: keyof typeof ACTIONS): readonly DataRight[] => {
      if (!access.known) {
        // Who stands in a policy that nobody can read may be everybody.
        const [by = urn] = access.from.suppliers;
        const grip: Grip = { from: ANYONE, to: urn, by, property: access.from.property, ground: UNRESOLVED };
        return [{ principal: ANYONE, right, on: urn, how: "granted", path: [grip], ground: UNRESOLVED }];
      }
      const open = policy?.allows.some(
        (s) => lets(s, ACTIONS[right]) && (s.inverted || s.principals.includes(ANYBODY)),
      );
      if (open !== true) return [];
      const [by = urn] = policy?.policies ?? [];
      const grip: Grip = { from: ANYONE, to: urn, by, property: "policy", ground: "stated" };
      return [{ principal: ANYONE, right, on: urn, how: "granted", path: [grip], ground: "stated" }];
    };
    const readers = allowed(on("objects.read", urn), "read").flatMap((h) => withDecryption(h, urn, keys.of(urn), on));
    return [
      ...rows("read", urn, readers),
      ...rows("write", urn, allowed(on("objects.write", urn), "write")),
      ...rows("delete", urn, allowed(on("objects.delete", urn), "delete")),
      ...rows("rules", urn, on("buckets.rules", urn)),
      ...everybody("read"),
      ...everybody("write"),
      ...everybody("delete"),
      ...openTo(urn, estate),
    ];
  });
}

const mayBe = (one: string, other: string): boolean => one === other || one === SOMEBODY || other === SOMEBODY;

/** A statement names who acts, or one of the groups that it acts through, or its project. */
function admits(
  statement: { readonly principals: readonly string[]; readonly inverted: boolean },
  holding: Holding,
  inProject: (holding: Holding, id: string) => boolean,
): boolean {
  const { principal, path } = holding;
  if (statement.inverted) return true;
  const names = new Set([principal, ...path.map((grip) => grip.from)]);
  return statement.principals.some((text) => {
    if (text === ANYBODY || names.has(text) || names.has(SOMEBODY)) return true;
    const [kind, id] = text.split(":");
    if (kind === "project_id") return id !== undefined && inProject(holding, id);
    return id !== undefined && names.has(`${OUTSIDE}${id}`);
  });
}

/** Whether a project of this id is among some nodes. */
const names = (projects: ReadonlySet<string>, id: string, estate: Estate): boolean =>
  projects.has(`${OUTSIDE}${id}`) || [...projects].some((urn) => idOf(urn, estate) === id);

const idOf = (urn: string, estate: Estate): string | undefined => {
  const id = estate.resource(urn)?.raw.id;
  return typeof id === "string" ? id : undefined;
};

/** What is stored under a key of Key Manager is read only by who may decrypt with it as well. */
function withDecryption(
  reader: Holding,
  bucket: string,
  keys: ReturnType<ReturnType<typeof bucketKeys>["of"]>,
  on: On,
): readonly Holding[] {
  if (!keys.known) return [{ ...reader, ground: "unresolved" }];
  const needed = keys.value.flatMap(({ key, config, assumed }) =>
    key === undefined ? [] : [{ key, config, assumed }],
  );
  const [first] = needed;
  if (first === undefined) return [reader];
  for (const { key, config, assumed } of needed) {
    const holders = on("keys.decrypt", key, true);
    const own = holders.find((h) => h.principal === reader.principal);
    const found = own ?? holders.find((h) => mayBe(h.principal, reader.principal));
    if (found === undefined) continue;
    const grip: Grip = { from: bucket, to: key, by: config, property: "rules", ground: assumed ? "assumed" : "stated" };
    const ground = own === undefined ? UNRESOLVED : weaker(weaker(reader.ground, found.ground), grip.ground);
    const reads = reader.path.at(-1)?.to === bucket ? reader.path : [...reader.path, reaching(reader, bucket)];
    return [{ ...reader, path: [...reads, grip, ...found.path.slice(-1), reaching(found, key)], ground }];
  }
  return [];
}

interface Opening {
  readonly by: string;
  readonly property: string;
  readonly ground: Ground;
}

/** Buckets opened by their access lists, or by one set beside them. */
const openings = perEstate((estate): ReadonlyMap<string, readonly Opening[]> => {
  const of = new Map<string, Opening[]>();
  for (const { urn, open } of estate.facts("openness")) {
    if (open.property === "corsRules" || open.property.startsWith("corsRules[")) continue;
    if (open.value.known && !open.value.value) continue;
    const opening: Opening = { by: urn, property: open.property, ground: open.value.known ? "stated" : UNRESOLVED };
    push(of, urn, opening);
    const own = estate.resource(urn);
    const bucket = own === undefined ? undefined : estate.link(refAt(own, "bucket"), "bucket");
    if (bucket?.kind === "found" && bucket.fact.urn !== urn) push(of, bucket.fact.urn, opening);
  }
  return of;
});

const openTo = (bucket: string, estate: Estate): readonly DataRight[] =>
  (openings(estate).get(bucket) ?? []).map(({ by, property, ground }) => {
    const grip: Grip = { from: ANYONE, to: bucket, by, property, ground };
    return { principal: ANYONE, right: "read", on: bucket, how: "granted", path: [grip], ground };
  });
