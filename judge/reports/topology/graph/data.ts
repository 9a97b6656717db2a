import { byText, sortedUnique } from "../../../../kernel/order.ts";
import type { Resource } from "../../../facts/observed.ts";
import type { DataRight, RightName } from "../../../graph/right.ts";
import { rightsOf } from "../../../graph/rights.ts";
import { count, label, safe, shortName } from "../../wording.ts";
import { anchorOf, type MapReader, tagOf } from "../reading.ts";
import type { Drawing, DrawnEdge, DrawnNode } from "./drawing.ts";

const WORDS: Readonly<Record<RightName, string>> = {
  read: "read",
  write: "write",
  delete: "delete",
  decrypt: "decrypt",
  rules: "change rules",
  export: "take out",
};
const ORDER: readonly RightName[] = ["read", "write", "delete", "decrypt", "rules", "export"];

/** One row of who may do what with which data: for the drawing, and as text beside it. */
export interface RightRow {
  readonly principals: readonly string[];
  readonly domain: string;
  readonly rights: readonly RightName[];
  /** Only by reading the engine's state or by holding another's key. */
  readonly indirect: boolean;
  readonly by: readonly string[];
}

export interface DataModel {
  readonly domains: ReadonlyMap<string, readonly Resource[]>;
  readonly rows: readonly RightRow[];
}

/** A bucket's domain as tagged; a bucket without one stands for itself. */
const domainOf = (r: Resource): string => tagOf(r, "domain") || safe(r.name);

/**
 * Who may do what with each data domain, over buckets. Principals with exactly the same rights are one: two hundred of a kind are one
 * box that names how many it stands for.
 */
export function dataModel({ estate }: MapReader): DataModel {
  const domains = new Map<string, Resource[]>();
  for (const { urn } of estate.facts("bucket")) {
    const bucket = estate.resource(urn);
    if (bucket !== undefined) domains.set(domainOf(bucket), [...(domains.get(domainOf(bucket)) ?? []), bucket]);
  }
  const ofBucket = new Map([...domains].flatMap(([name, buckets]) => buckets.map((b) => [b.urn, name] as const)));
  const held = new Map<string, Map<string, DataRight[]>>();
  for (const right of rightsOf(estate)) {
    const domain = ofBucket.get(right.on);
    if (domain === undefined) continue;
    const mine = held.get(right.principal) ?? new Map<string, DataRight[]>();
    held.set(right.principal, mine.set(domain, [...(mine.get(domain) ?? []), right]));
  }
  const alike = new Map<string, string[]>();
  for (const [principal, mine] of [...held].sort(([a], [b]) => byText(a, b))) {
    const key = signature(mine);
    alike.set(key, [...(alike.get(key) ?? []), principal]);
  }
  const rows = [...alike.values()].flatMap((principals) =>
    [...(held.get(principals[0] ?? "") ?? [])].map(([domain, rights]): RightRow => rowOf(principals, domain, rights)),
  );
  return { domains, rows };
}

const signature = (mine: ReadonlyMap<string, readonly DataRight[]>): string =>
  [...mine]
    .map(([domain, rights]) => `${domain}: ${namesOf(rights).join(",")} ${rights.every((r) => r.how !== "granted")}`)
    .sort(byText)
    .join("; ");

const namesOf = (rights: readonly DataRight[]): readonly RightName[] =>
  ORDER.filter((name) => rights.some((r) => r.right === name));

const rowOf = (principals: readonly string[], domain: string, rights: readonly DataRight[]): RightRow => ({
  principals,
  domain,
  rights: namesOf(rights),
  indirect: rights.every((r) => r.how !== "granted"),
  by: sortedUnique(rights.flatMap((r) => r.path.map((grip) => grip.by))),
});

export const rightWords = ({ rights, indirect }: Pick<RightRow, "rights" | "indirect">): string =>
  `${rights.map((r) => WORDS[r]).join(", ")}${indirect ? " (by state or another's key)" : ""}`;

export const principalName = (principal: string): string =>
  principal.startsWith("urn:pulumi:") ? shortName(principal).replace(/^identity-/, "") : safe(principal);

/** Principals on the left, data domains on the right, what one may do with the other between them. */
export function dataDrawing(reader: MapReader, { domains, rows }: DataModel): Drawing {
  const groups = new Map(rows.map((r) => [r.principals.join("\n"), r.principals] as const));
  const people = [...groups].map(([id, principals]): DrawnNode => {
    const [first = "", ...others] = principals;
    const kind = first.startsWith("urn:pulumi:") ? (label(first).split(" ")[0] ?? "") : "outside";
    return {
      id,
      anchor: anchorOf(`data ${id}`),
      title: others.length === 0 ? principalName(first) : `${count(principals.length, kind.toLowerCase())}`,
      lines: others.length === 0 ? [kind.toLowerCase()] : [`${principalName(first)} and ${others.length} more`],
      style: "principal",
      mark: reader.markOf(principals),
      urns: principals,
    };
  });
  const stores = [...domains]
    .sort(([a], [b]) => byText(a, b))
    .map(([name, buckets]): DrawnNode => {
      const classes = sortedUnique(buckets.map((b) => tagOf(b, "data-class")).filter((c) => c !== ""));
      return {
        id: `domain ${name}`,
        anchor: anchorOf(`data domain ${name}`),
        title: name,
        lines: [classes.join(", ") || "no class", count(buckets.length, "bucket")],
        style: `domain c-${/^[a-z-]+$/.test(classes[0] ?? "") ? classes[0] : "none"}`,
        mark: reader.markOf(buckets.map((b) => b.urn)),
        urns: buckets.map((b) => b.urn),
      };
    });
  const edges = rows.map(
    (r): DrawnEdge => ({
      from: r.principals.join("\n"),
      to: `domain ${r.domain}`,
      words: "",
      style: r.indirect ? "unresolved" : r.rights.includes("read") || r.rights.includes("export") ? "reads" : "inside",
      urns: r.by,
    }),
  );
  return { nodes: [...people, ...stores], edges, groups: [], direction: "LR" };
}
