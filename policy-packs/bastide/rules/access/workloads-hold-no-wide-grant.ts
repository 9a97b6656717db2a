import { type Deployer, isDeployer } from "../../../../judge/facts/deployer.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import type { GrantRule, GrantsFact } from "../../../../judge/facts/fact.ts";
import type { Resource } from "../../../../judge/facts/observed.ts";
import { idsLeftBy } from "../../../../judge/graph/conditions.ts";
import { isPublished, powersOf } from "../../../../judge/graph/permission-sets.ts";
import { type About, decide, fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";
import { type Known, known } from "../../../../kernel/known.ts";

/** Sets over everything: nobody's, not even the deployer's. */
const BOUNDLESS = /^(AllProducts|OrganizationManager$|IAMManager$)/;

/** Sets that grant rights, or hold a whole product or cluster: the deployer's alone. */
const WIDE = /(^IAM.*Manager|^ProjectManager|FullAccess|^KubernetesSystemMastersGroupAccess)$/;

/** Whether the policy is bound to the application that the bootstrap layer makes to deploy, and to nobody else. */
function boundToDeployer(fact: GrantsFact, policy: Resource, estate: Estate): Known<Deployer> {
  const bound = fact.principals.filter((p) => p.kind !== "absent");
  const [only] = bound;
  return only === undefined || bound.length > 1 ? known({ is: false }) : isDeployer(only, policy, estate);
}

/** Allowed to the deployer, refused to everybody else. */
function deployersOnly(about: About, deployer: Known<Deployer>, got: Known<unknown>): Result {
  const proof = deployer.known ? deployer.value.ground : undefined;
  return decide({ ...about, proof }, deployer, ({ is }) => is, got);
}

function judgeSets({ permissionSets }: GrantRule, urn: string, deployer: Known<Deployer>): Result {
  const { property, value } = permissionSets;
  const about = { subject: urn, property, want: "permission sets of single actions" };
  if (!value.known) return undecided(about, value.from);
  const boundless = value.value.filter((set) => BOUNDLESS.test(set));
  if (boundless.length > 0) return fail(about, boundless);
  const strange = value.value.filter((set) => !isPublished(set));
  // A set that is newer than the table, or a slip: what it grants can't be told.
  if (strange.length > 0) return fail({ ...about, want: "permission sets that Scaleway has published" }, strange);
  const wide = value.value.filter((set) => WIDE.test(set));
  return wide.length === 0 ? pass(about, value.value) : deployersOnly(about, deployer, known(wide));
}

function judgeReach({ organization }: GrantRule, urn: string, deployer: Known<Deployer>): Result {
  const { property, value } = organization;
  const about = { subject: urn, property, want: "projects, not the organisation" };
  // A value that is not known yet is still there: the grant is organisation-wide.
  if (value.known && (value.value === undefined || value.value === "")) return pass(about, null);
  return deployersOnly(about, deployer, value.known ? known("the whole organisation") : value);
}

/** Without a condition on single keys, the right to decrypt in a project is that of each key in it, of today and of tomorrow. */
function judgeKeys({ permissionSets, condition }: GrantRule, urn: string, estate: Estate): readonly Result[] {
  const sets = permissionSets.value;
  // A whole product is refused by its name already.
  const decrypts = (set: string): boolean => !WIDE.test(set) && powersOf(set).includes("keys.decrypt");
  if (!sets.known || !sets.value.some(decrypts)) return [];
  const { property, value } = condition;
  const about = { subject: urn, property, want: 'keys that are named: resource.id == "…"' };
  // Composed of ids that are not there yet: what it is made of says whether it may name keys.
  const named = !value.known && value.from.suppliers.some((s) => estate.factOf("key", s) !== undefined);
  if (named) return [pass({ ...about, proof: "assumed" }, "composed of keys")];
  return [decide(about, value, (text) => idsLeftBy(text) !== "all")];
}

function judgeGrants(fact: GrantsFact, policy: Resource, estate: Estate): readonly Result[] {
  const about = { subject: fact.urn, property: "rules", want: "rules that are known" };
  if (!fact.rules.known) return [undecided(about, fact.rules.from)];
  const deployer = boundToDeployer(fact, policy, estate);
  return fact.rules.value.flatMap((r) => [
    judgeSets(r, fact.urn, deployer),
    judgeReach(r, fact.urn, deployer),
    ...judgeKeys(r, fact.urn, estate),
  ]);
}

export const workloadsHoldNoWideGrant = resourceRule({
  id: "IAM-01",
  title:
    "no workload holds a full-access, rights-granting or organisation-wide grant, or decrypts with a whole project's keys",
  severity: "critical",
  enforcement: "mandatory",
  waivable: true,
  controls: [
    "ADM:R39",
    "SNC:9.3.a",
    "IR:11.2.2.a",
    "IR:11.3.2.c",
    "RCF:10.C.2",
    "ISO:A.5.15",
    "ISO:A.5.18",
    "ISO:A.8.2",
  ],
  rationale:
    "Who may do everything in a product, or grant rights, can read health data whatever the other rules say. Only the application " +
    "that deploys, made apart in the bootstrap layer, may hold the sets without which nothing can be made. `KeyManagerKeyDecrypt` on a " +
    "project opens every key of it unless a condition names the keys.",
  remedy:
    'Grant the sets of the single actions that the workload needs, on `projectIds`; decryption with `condition: resource.id == "<key>"`.',
  judgeOne: (resource, estate) =>
    resource.facts.flatMap((fact) => (fact.kind === "grants" ? judgeGrants(fact, resource, estate) : [])),
});
