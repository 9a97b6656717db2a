import { allKnown, type Known, known, mapKnown, type Origin } from "../../kernel/known.ts";
import { type OrderedIndex, orderedIndex } from "../../kernel/multimap.ts";
import { bucketAccesses } from "./bucket-access.ts";
import { mayHoldHealthData, tagOf } from "./classification.ts";
import type { Estate } from "./estate.ts";
import type { GrantsFact } from "./fact.ts";
import type { GrantScope } from "./fact-identity.ts";
import { perEstate } from "./per-estate.ts";
import { projectOf, tagByProject } from "./project.ts";
import type { Ref } from "./reference.ts";

/**
 * What somebody can do that should not come together in one hand. Each is a duty, gathered from permission sets and bucket
 * policies alike; where it is not known whether a right reaches what counts, it is held with its origin.
 */
export const DUTIES = ["keys", "data", "rights", "log-deletion", "administration", "export", "review"] as const;
export type Duty = (typeof DUTIES)[number];

export interface Held {
  /** URN of the policy that gives it. */
  readonly by: string;
  /** Permission set or action. */
  readonly right: string;
  /** Why it is not sure that it reaches what counts. */
  readonly unsure?: Origin;
}
export type Duties = ReadonlyMap<Duty, Held>;

/** Two duties that no one may hold together, and why. */
export const INCOMPATIBLE: readonly (readonly [Duty, Duty, string])[] = [
  ["keys", "data", "whoever administers keys decrypts what they read"],
  ["rights", "data", "whoever grants rights grants themselves the data"],
  ["log-deletion", "administration", "whoever administers deletes the trace"],
  ["export", "review", "whoever hands data out approves it themselves"],
];

/**
 * What a set must reach to count: projects whose keys and secrets may protect health data; objects of health or of logs, which a
 * set opens only where no bucket policy stands before them (version 2023-04-17 denies whatever it does not list); or anything.
 */
type Reach = "health" | "health-objects" | "log-objects" | "anything";

const SETS: readonly (readonly [Duty, RegExp, Reach])[] = [
  ["keys", /^KeyManager(FullAccess|KeyCreate|KeyWrite|KeyDelete)$/, "health"],
  ["data", /^ObjectStorage(FullAccess|ObjectsRead|ReadOnly)$/, "health-objects"],
  ["data", /^(KeyManager(FullAccess|KeyDecrypt)|SecretManager(FullAccess|SecretAccess))$/, "health"],
  ["rights", /^(IAM(Policy|Group|Application)?Manager|IAMFullAccess|OrganizationManager)$/, "anything"],
  ["log-deletion", /^ObjectStorage(FullAccess|ObjectsDelete)$/, "log-objects"],
  ["administration", /^(IAM\w*Manager|OrganizationManager|ProjectManager)$/, "anything"],
  ["administration", /^(Instances|Kubernetes|VPC|VPCGateway|PrivateNetworks|KeyManager)FullAccess$/, "anything"],
];

const EVERYTHING = /^AllProducts/;

/** A bucket as a permission set sees it. */
interface Shelf {
  readonly project: Known<string>;
  readonly health: Known<boolean>;
  readonly log: Known<boolean>;
  /** Whether no policy narrows who may come. */
  readonly open: Known<boolean>;
}

interface Projects {
  /** Classes seen in each project; what nobody saw may hold anything. */
  readonly classes: ReturnType<typeof tagByProject>;
  /** By project, those of which it is not known under each. */
  readonly shelves: OrderedIndex<Shelf>;
}

function projectsIn(estate: Estate): Projects {
  const accesses = bucketAccesses(estate);
  const shelves = estate.facts("bucket").flatMap(({ urn }): readonly Shelf[] => {
    const resource = estate.resource(urn);
    if (resource === undefined) return [];
    return [
      {
        project: projectOf(resource, estate),
        health: mapKnown(tagOf(resource, estate, "data-class"), mayHoldHealthData),
        log: mapKnown(tagOf(resource, estate, "tier"), (tier) => tier === undefined || tier === "log"),
        open: mapKnown(accesses.to(urn), (access) => access === undefined),
      },
    ];
  });
  return {
    classes: tagByProject(estate, "data-class"),
    shelves: orderedIndex(shelves, ({ project }) => (project.known ? [project.value] : "every")),
  };
}

/** Whether something in a project counts. */
function reaches(project: string, reach: Exclude<Reach, "anything">, { classes, shelves }: Projects): Known<boolean> {
  const values = classes.of.get(project);
  if (values === undefined) return known(true);
  if (reach === "health") return known([...values].some(mayHoldHealthData));
  const counts = shelves.under([project]).map((shelf) => {
    const here = mapKnown(shelf.project, (it) => it === project);
    return every([here, shelf.open, reach === "health-objects" ? shelf.health : shelf.log]);
  });
  return some(counts);
}

/** All of them: surely not as soon as one surely is not. */
const every = (flags: readonly Known<boolean>[]): Known<boolean> =>
  flags.find((flag) => flag.known && !flag.value) ?? flags.find((flag) => !flag.known) ?? known(true);

/** One of them: surely as soon as one surely is. */
const some = (flags: readonly Known<boolean>[]): Known<boolean> =>
  flags.find((flag) => flag.known && flag.value) ?? flags.find((flag) => !flag.known) ?? known(false);

/** Whether a rule's scope reaches what counts; unknown where only some of the projects that it may mean do. */
function scopeReaches(scope: GrantScope | undefined, reach: Reach, projects: Projects, estate: Estate): Known<boolean> {
  if (reach === "anything" || scope === undefined) return known(true);
  const { organization, projects: named } = scope;
  if (!organization.known || (organization.value !== undefined && organization.value !== "")) return known(true);
  if (!named.known) return named;
  if (named.value.length === 0) return known(true);
  return some(
    named.value.map((ref): Known<boolean> => {
      const link = estate.link(ref, "project");
      if (link.kind === "found") return reaches(link.fact.urn, reach, projects);
      if (link.kind === "outside") return reaches(link.id, reach, projects);
      if (link.kind === "absent") return known(true);
      const candidates = link.from.suppliers.filter((urn) => estate.factOf("project", urn) !== undefined);
      const any = some(candidates.map((urn) => reaches(urn, reach, projects)));
      return candidates.length > 0 && any.known && !any.value ? known(false) : { known: false, from: link.from };
    }),
  );
}

export interface Rights {
  /** Duties that one IAM policy gives; unknown where its rules or sets are. */
  readonly ofPolicy: (grants: GrantsFact) => Known<Duties>;
}

export const rightsIn = perEstate((estate): Rights => {
  const projects = projectsIn(estate);
  return {
    ofPolicy: (grants) => {
      if (!grants.rules.known) return grants.rules;
      const scopes = estate.factOf("grant-scopes", grants.urn)?.scopes;
      const sets = allKnown(grants.rules.value.map((rule) => rule.permissionSets.value));
      if (!sets.known) return sets;
      const held = new Map<Duty, Held>();
      sets.value.forEach((names, index) => {
        const scope = scopes?.known ? scopes.value[index] : undefined;
        for (const name of names) {
          for (const [duty, pattern, reach] of SETS) {
            if (!pattern.test(name) && !EVERYTHING.test(name)) continue;
            const counts = scopeReaches(scope, reach, projects, estate);
            if (counts.known && !counts.value) continue;
            hold(held, duty, { by: grants.urn, right: name, ...(counts.known ? {} : { unsure: counts.from }) });
          }
        }
      });
      return known(held);
    },
  };
});

/** Adds a right to what is held; one that is sure counts more than one that is not. */
export function hold(held: Map<Duty, Held>, duty: Duty, next: Held): void {
  const before = held.get(duty);
  if (before === undefined || (before.unsure !== undefined && next.unsure === undefined)) held.set(duty, next);
}

/** What stands for a principal: its URN, its id, or for one that is not known what supplies it. */
export function principalOf(ref: Ref, estate: Estate): string {
  const link = estate.link(ref, "principal");
  if (link.kind === "found") return link.fact.urn;
  if (link.kind === "outside") return link.id;
  return ref.kind === "absent" ? "nobody" : `unknown ${ref.property} by ${ref.suppliers.join(" ")}`;
}
