import { evaluate } from "@marcbachmann/cel-js";
import type { RawObject, RawResource, RawValue } from "../../judge/facts/raw.ts";

/**
 * Asks, for each principal, each action and each thing, whether Scaleway would let it happen: from the documents alone (IAM's overview, permission
 * sets, policy conditions, bucket policies, SSE-KMS), with no part of the graph. One question at a time; slow is fine, clever is not.
 */

type Kind = "bucket" | "key" | "secret" | "registry";
interface Thing {
  readonly urn: string;
  readonly kind: Kind;
  /** Bare id; a bucket's is its name. */
  readonly id: string;
  readonly project: string | undefined;
}

/** `<right> <kind>` → permission sets that let it happen, as the reference of permission sets lists them. */
const SETS: Readonly<Record<string, readonly string[]>> = {
  "read bucket": [
    "ObjectStorageReadOnly",
    "ObjectStorageObjectsRead",
    "ObjectStorageFullAccess",
    "AllProductsReadOnly",
  ],
  "write bucket": ["ObjectStorageObjectsWrite", "ObjectStorageFullAccess"],
  "delete bucket": ["ObjectStorageObjectsDelete", "ObjectStorageBucketsDelete", "ObjectStorageFullAccess"],
  "rules bucket": ["ObjectStorageBucketsWrite", "ObjectStorageBucketPolicyFullAccess", "ObjectStorageFullAccess"],
  "decrypt key": ["KeyManagerKeyDecrypt", "KeyManagerFullAccess"],
  "delete key": ["KeyManagerKeyDelete", "KeyManagerFullAccess"],
  "rules key": ["KeyManagerKeyWrite", "KeyManagerFullAccess"],
  "read secret": ["SecretManagerSecretAccess", "SecretManagerFullAccess"],
  "write secret": ["SecretManagerSecretCreate", "SecretManagerSecretWrite", "SecretManagerFullAccess"],
  "delete secret": ["SecretManagerSecretDelete", "SecretManagerFullAccess"],
  "read registry": ["ContainerRegistryReadOnly", "ContainerRegistryFullAccess", "AllProductsReadOnly"],
  "write registry": ["ContainerRegistryFullAccess"],
};
const EVERYTHING = "AllProductsFullAccess";
const GIVES_RIGHTS: readonly string[] = ["IAMManager", "OrganizationManager"];

/** What one action on objects is called in a bucket's policy. */
const ACTIONS: Readonly<Record<string, string>> = {
  read: "s3:GetObject",
  write: "s3:PutObject",
  delete: "s3:DeleteObject",
};

/** Requests are made now or later; what ends before it has ended. */
const TODAY = new Date("2026-11-24T00:00:00Z");

/** Requests of which at least one makes each attribute that conditions ask for true, and one false. */
const REQUESTS = ["192.0.2.1", "198.51.100.9"].flatMap((ip) =>
  ["terraform/1", "spark", "terraform/1 spark", "other"].map((user_agent) => ({ ip, user_agent, time: TODAY })),
);

const text = (v: unknown): string | undefined => (typeof v === "string" ? v : undefined);
const list = (v: RawValue | undefined): readonly RawValue[] => (Array.isArray(v) ? v : []);
const texts = (v: RawValue | undefined): readonly string[] => list(v).flatMap((one) => text(one) ?? []);
const isRecord = (v: RawValue | undefined): v is RawObject => typeof v === "object" && v !== null && !Array.isArray(v);
const record = (v: RawValue | undefined): RawObject => (isRecord(v) ? v : {});
const bare = (id: string): string => id.slice(id.lastIndexOf("/") + 1);

/** `<principal> <right> <thing>` */
export interface Answers {
  readonly granted: ReadonlySet<string>;
  /** What somebody can do as somebody else. */
  readonly borrowed: ReadonlySet<string>;
}

export class PermissionWalker {
  readonly #resources: readonly RawResource[];
  readonly #things: readonly Thing[];
  readonly #principals: readonly string[];

  constructor(resources: readonly RawResource[]) {
    this.#resources = resources;
    const things = (token: string, kind: Kind): readonly Thing[] =>
      this.#of(token).map((r) => ({ urn: r.urn, kind, id: bare(String(r.id)), project: text(r.inputs.projectId) }));
    this.#things = [
      ...things("object/bucket:", "bucket"),
      ...things("keymanager/key:", "key"),
      ...things("secrets/secret:", "secret"),
      ...things("registry/namespace:", "registry"),
    ];
    const named = this.#of("iam/policy:").flatMap((p) => this.#boundTo(p));
    const members = [...this.#groups().values()].flat();
    const here = ["iam/application:", "iam/user:", "iam/group:"].flatMap((t) =>
      this.#of(t).map((r) => bare(String(r.id))),
    );
    this.#principals = [...new Set([...here, ...named, ...members])];
  }

  #of(token: string): readonly RawResource[] {
    return this.#resources.filter((r) => r.type.startsWith(`scaleway:${token}`));
  }

  #boundTo(policy: RawResource): readonly string[] {
    return ["applicationId", "userId", "groupId"].flatMap((name) => text(policy.inputs[name]) ?? []);
  }

  /** Members of each group, as its own resource lists them or another joins them. */
  #groups(): ReadonlyMap<string, readonly string[]> {
    const found = new Map<string, string[]>();
    const add = (group: string, members: readonly string[]): void => {
      found.set(group, [...(found.get(group) ?? []), ...members]);
    };
    for (const g of this.#of("iam/group:"))
      add(String(g.id), [...texts(g.inputs.applicationIds), ...texts(g.inputs.userIds)]);
    for (const m of this.#of("iam/groupMembership:")) {
      add(
        text(m.inputs.groupId) ?? "",
        [m.inputs.applicationId, m.inputs.userId].flatMap((v) => text(v) ?? []),
      );
    }
    return found;
  }

  /** Everybody whose rights a principal has: its own, and those of each group that it is in. */
  #hats(principal: string): ReadonlySet<string> {
    const hats = new Set([principal]);
    for (let grew = true; grew; ) {
      grew = false;
      for (const [group, members] of this.#groups()) {
        if (hats.has(group) || !members.some((m) => hats.has(m))) continue;
        hats.add(group);
        grew = true;
      }
    }
    return hats;
  }

  /** Rules by which a principal may do something with a kind of thing, if place and condition allow. */
  #rules(principal: string, what: string): readonly RawObject[] {
    const hats = this.#hats(principal);
    return this.#of("iam/policy:")
      .filter((policy) => this.#boundTo(policy).some((bound) => hats.has(bound)))
      .flatMap((policy) => list(policy.inputs.rules).map(record))
      .filter((rule) =>
        texts(rule.permissionSetNames).some((set) => set === EVERYTHING || SETS[what]?.includes(set) === true),
      );
  }

  #iam(principal: string, right: string, thing: Thing): boolean {
    return this.#rules(principal, `${right} ${thing.kind}`).some((rule) => {
      const projects = texts(rule.projectIds);
      const placed = projects.length === 0 || thing.project === undefined || projects.includes(thing.project);
      return placed && this.#holds(text(rule.condition), thing);
    });
  }

  /** Whether some request fulfils a condition. Attributes of the resource are known for keys alone; of other products any may be meant. */
  #holds(condition: string | undefined, thing: Thing): boolean {
    if (condition === undefined || condition.trim() === "") return true;
    const mentioned = [...condition.matchAll(/"([^"]*)"/g)].map((m) => m[1] ?? "");
    const ids = thing.kind === "key" ? [thing.id] : ["some-other-id", ...mentioned];
    return ids.some((id) => REQUESTS.some((request) => evaluate(condition, { request, resource: { id } }) === true));
  }

  #policyOf(bucket: Thing): RawObject | undefined {
    const set = this.#of("object/bucketPolicy:").find((p) => p.inputs.bucket === bucket.id);
    return set === undefined ? undefined : record(JSON.parse(String(set.inputs.policy)));
  }

  /** Whether a bucket's policy lists a principal, or everybody, for an action. */
  #listed(principal: string | undefined, right: string, bucket: Thing): boolean {
    const action = ACTIONS[right] ?? "";
    return list(this.#policyOf(bucket)?.Statement)
      .map(record)
      .some((statement) => {
        const fits = (pattern: string): boolean =>
          pattern === action || (pattern.endsWith("*") && action.startsWith(pattern.slice(0, -1)));
        if (statement.Effect !== "Allow" || !texts(statement.Action).some(fits)) return false;
        return texts(record(statement.Principal).SCW).some((named) => {
          if (named === "*") return true;
          const [kind, id] = named.split(":");
          if (principal === undefined) return false;
          if (kind !== "project_id") return id === principal;
          return this.#rules(principal, `${right} bucket`).some((rule) => {
            const projects = texts(rule.projectIds);
            return (projects.length === 0 || projects.includes(id ?? "")) && this.#holds(text(rule.condition), bucket);
          });
        });
      });
  }

  #decrypts(principal: string, bucket: Thing): boolean {
    const keys = this.#of("object/bucketServerSideEncryptionConfiguration:")
      .filter((config) => config.inputs.bucket === bucket.id)
      .flatMap((config) => list(config.inputs.rules).map(record))
      .flatMap((rule) => text(record(rule.applyServerSideEncryptionByDefault).kmsMasterKeyId) ?? []);
    return (
      keys.length === 0 ||
      keys.some((id) => this.#things.some((t) => t.kind === "key" && t.id === id && this.#iam(principal, "decrypt", t)))
    );
  }

  /** Whether a principal may do something with a thing by its own credentials. */
  #may(principal: string, right: string, thing: Thing): boolean {
    if (!this.#iam(principal, right, thing)) return false;
    if (thing.kind !== "bucket" || right === "rules") return true;
    const document = this.#policyOf(thing);
    // Of the older version nothing is documented that would narrow.
    const narrows = document !== undefined && document.Version === "2023-04-17";
    if (narrows && !this.#listed(principal, right, thing)) return false;
    return right !== "read" || this.#decrypts(principal, thing);
  }

  #name(principal: string): string {
    return (
      this.#resources.find((r) => r.type.startsWith("scaleway:iam/") && r.id === principal)?.urn ??
      `outside:${principal}`
    );
  }

  #granted(): ReadonlySet<string> {
    const found = new Set<string>();
    for (const what of Object.keys(SETS)) {
      const [right = "", kind] = what.split(" ");
      for (const thing of this.#things.filter((t) => t.kind === kind)) {
        for (const p of this.#principals)
          if (this.#may(p, right, thing)) found.add(`${this.#name(p)} ${right} ${thing.urn}`);
        const open = kind === "bucket" && right in ACTIONS && this.#listed(undefined, right, thing);
        if (open) found.add(`anyone ${right} ${thing.urn}`);
      }
    }
    for (const p of this.#principals) {
      const hats = this.#hats(p);
      const rules = this.#of("iam/policy:")
        .filter((policy) => this.#boundTo(policy).some((bound) => hats.has(bound)))
        .flatMap((policy) => list(policy.inputs.rules).map(record));
      if (
        rules.some(
          (rule) => texts(rule.permissionSetNames).some((s) => GIVES_RIGHTS.includes(s)) && this.#everHolds(rule),
        )
      )
        found.add(`${this.#name(p)} rules organization`);
    }
    return found;
  }

  #everHolds(rule: RawObject): boolean {
    return this.#holds(text(rule.condition), { urn: "", kind: "registry", id: "", project: undefined });
  }

  /** Whose API key comes into the hands of whoever reads a thing. */
  #keysIn(thing: string): readonly string[] {
    const keys = this.#of("iam/apiKey:");
    const owners = (some: readonly RawResource[]): readonly string[] =>
      some
        .flatMap((k) => [k.inputs.applicationId, k.inputs.userId].flatMap((v) => text(v) ?? []))
        .map((p) => this.#name(p));
    const versions = this.#of("secrets/version:").filter((v) =>
      thing.endsWith(`::${bare(text(v.inputs.secretId) ?? "?")}`),
    );
    const made = versions.flatMap((v) => v.propertyDependencies.data ?? []);
    const isState = thing.includes("/bucket:") && /state$/.test(thing);
    return [...owners(keys.filter((k) => made.includes(k.urn))), ...(isState ? owners(keys) : [])];
  }

  answers(): Answers {
    const granted = this.#granted();
    const borrowed = new Set<string>();
    const rows = [...granted].map((row) => row.split(" "));
    for (const principal of new Set(rows.map(([p = ""]) => p))) {
      const as = new Set([principal]);
      for (let grew = true; grew; ) {
        grew = false;
        for (const [p = "", right, on = ""] of rows) {
          if (!as.has(p) || right !== "read") continue;
          for (const owner of this.#keysIn(on)) {
            if (as.has(owner)) continue;
            as.add(owner);
            grew = true;
          }
        }
      }
      as.delete(principal);
      for (const [p = "", right, on] of rows) if (as.has(p)) borrowed.add(`${principal} ${right} ${on}`);
    }
    return { granted, borrowed };
  }

  /** `<principal> <thing>` of everything that can be carried out of the organisation. */
  exports({ granted, borrowed }: Answers): ReadonlySet<string> {
    const rows = [...new Set([...granted, ...borrowed])].map((row) => row.split(" "));
    const isOut = (p: string): boolean => p === "anyone" || p.startsWith("outside:");
    const readOutside = new Set(rows.filter(([p = "", right]) => right === "read" && isOut(p)).map(([, , on]) => on));
    const found = new Set<string>();
    for (const [p = "", right, on] of rows) {
      if (right !== "read") continue;
      const drops = rows.some(([q, r, to]) => q === p && r === "write" && to !== on && readOutside.has(to));
      if (isOut(p) || drops) found.add(`${p} ${on}`);
    }
    return found;
  }
}
