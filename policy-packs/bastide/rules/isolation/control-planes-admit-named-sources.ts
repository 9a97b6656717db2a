import { declaredSources, dependenciesAgree } from "../../../../judge/facts/declared.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import type { ClusterFact, ControlPlaneAclFact, ControlPlaneSource } from "../../../../judge/facts/fact.ts";
import type { Resource } from "../../../../judge/facts/observed.ts";
import type { Law } from "../../../../judge/kit/law.ts";
import { isAnySource, isWithin } from "../../../../judge/kit/ranges.ts";
import { type About, decide, fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { type Rule, rule } from "../../../../judge/kit/rule.ts";
import type { DeclaredSource } from "../../../../kernel/declaration.ts";
import type { Origin } from "../../../../kernel/known.ts";
import { push } from "../../../../kernel/multimap.ts";

const WANT = "ranges of administrators, or addresses of gateways of this estate";

/** What a component says the sources are, in order, where the real list is derived from exactly those resources. */
function trusted(acl: Resource, estate: Estate): readonly DeclaredSource[] {
  const sources = declaredSources(acl, estate) ?? [];
  const refs = sources.flatMap((s) => (s.kind === "gateway-ip" ? [s.of] : []));
  return refs.length > 0 && dependenciesAgree(acl, "aclRules", refs, estate) ? sources : [];
}

/** Addresses of the estate's own gateways as ranges of one. */
const gatewayRanges = (estate: Estate): readonly string[] =>
  estate
    .facts("gateway-address")
    .flatMap(({ address }) => (address.known && address.value !== undefined ? [`${address.value}/32`] : []));

/**
 * Whether a range is one that an administrator may come from: narrow, and where the law names ranges, inside one of them or a
 * gateway's own address. While resources are still coming, that gateway may be among them.
 */
function judgeRange(about: About, text: string, estate: Estate, law: Law): Result {
  if (isAnySource(text)) return fail(about, text);
  if (law.adminSources === null || isWithin(text, [...law.adminSources, ...gatewayRanges(estate)]))
    return pass(about, text);
  return estate.partial ? undecided(about, { property: about.property, suppliers: [] }) : fail(about, text);
}

function judgeSource(
  { range, everyScalewayAddress }: ControlPlaneSource,
  told: DeclaredSource | undefined,
  acl: Resource,
  estate: Estate,
  law: Law,
): readonly Result[] {
  const subject = acl.urn;
  const every = decide(
    { subject, property: everyScalewayAddress.property, want: false },
    everyScalewayAddress.value,
    (v) => v !== true,
  );
  const open = everyScalewayAddress.value.known && everyScalewayAddress.value.value === true;
  if (open) return [every];
  const about = { subject, property: range.property, want: WANT };
  if (range.value.known) {
    const text = range.value.value;
    return [every, text === undefined ? fail(about, null) : judgeRange(about, text, estate, law)];
  }
  return [
    every,
    told?.kind === "gateway-ip" ? pass({ ...about, proof: "declared" }, told) : undecided(about, range.value.from),
  ];
}

/** A list that is unknown as a whole, by what the component declares. */
function judgeDeclared(sources: readonly DeclaredSource[], acl: Resource, estate: Estate, law: Law): readonly Result[] {
  return sources.map((source, index) => {
    const about = { subject: acl.urn, property: `aclRules[${index}].ip`, want: WANT, proof: "declared" } as const;
    if (source.kind === "gateway-ip") return pass(about, source);
    return judgeRange(about, source.cidr, estate, law);
  });
}

function judgeAcl(fact: ControlPlaneAclFact, acl: Resource, estate: Estate, law: Law): readonly Result[] {
  const { nobody, sources } = fact;
  const property = "aclRules";
  if (nobody.value.known && nobody.value.value === true) {
    return [pass({ subject: acl.urn, property: nobody.property, want: true }, true)];
  }
  const told = trusted(acl, estate);
  if (!sources.known) {
    const about = { subject: acl.urn, property, want: WANT };
    return told.length > 0 ? judgeDeclared(told, acl, estate, law) : [undecided(about, sources.from)];
  }
  if (sources.value.length === 0) return [fail({ subject: acl.urn, property, want: WANT }, [])];
  const fits = told.length === sources.value.length;
  return sources.value.flatMap((source, i) => judgeSource(source, fits ? told[i] : undefined, acl, estate, law));
}

/** The ACLs of an estate, each resolved once: which cluster has which, and the first one that may be anybody's. */
interface Acls {
  readonly of: ReadonlyMap<string, readonly { readonly urn: string; readonly assumed: boolean }[]>;
  readonly unclear: Origin | undefined;
}

function aclsOf(estate: Estate): Acls {
  const of = new Map<string, { readonly urn: string; readonly assumed: boolean }[]>();
  let unclear: Origin | undefined;
  for (const acl of estate.facts("control-plane-acl")) {
    const link = estate.link(acl.cluster, "cluster");
    if (link.kind === "unknown") unclear ??= link.from;
    if (link.kind !== "found") continue;
    const own = { urn: acl.urn, assumed: link.assumed };
    push(of, link.fact.urn, own);
  }
  return { of, unclear };
}

/** A cluster is born open to everybody: an ACL of this estate must be its own. */
function judgeCluster(cluster: ClusterFact, acls: Acls): Result {
  const about = { subject: cluster.urn, property: "acl", want: "a kubernetes/acl of its own" };
  const own = acls.of.get(cluster.urn) ?? [];
  const [first] = own;
  if (first !== undefined) {
    const assumed = own.every((acl) => acl.assumed);
    return pass({ ...about, path: [first.urn], proof: assumed ? "assumed" : undefined }, first.urn);
  }
  return acls.unclear === undefined ? fail(about, "no ACL: open to 0.0.0.0/0") : undecided(about, acls.unclear);
}

const judgeOne: NonNullable<Rule["judgeOne"]> = (resource, estate, law) =>
  resource.facts.flatMap((fact) => (fact.kind === "control-plane-acl" ? judgeAcl(fact, resource, estate, law) : []));

export const controlPlanesAdmitNamedSources = rule({
  id: "NET-10",
  title: "each control plane admits named administration sources only",
  severity: "critical",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:9.6.e", "IR:6.7.2.d", "ADM:R16", "ADM:R19", "NSA:authz", "ISO:A.8.20"],
  rationale:
    "A Kapsule API server has a public address and lets in 0.0.0.0/0 until an ACL says otherwise; `scalewayRanges` lets in every " +
    "other customer of Scaleway.",
  remedy:
    "Give the cluster a `kubernetes.Acl` with the bastion's and administrators' ranges (or `noIpAllowed: true`), without " +
    "`scalewayRanges`, and keep it from deletion: deleting it opens the cluster again.",
  judgeOne,
  judge: (estate, law, now) => {
    const acls = aclsOf(estate);
    return [
      ...estate.facts("cluster").map((cluster) => judgeCluster(cluster, acls)),
      ...estate.resources.flatMap((resource) => judgeOne(resource, estate, law, now)),
    ];
  },
});
