import { mayHoldHealthData, standingOf, tagOf } from "../../../../judge/facts/classification.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import type { Resource } from "../../../../judge/facts/observed.ts";
import type { Law } from "../../../../judge/kit/law.ts";
import { fail, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { type Known, known } from "../../../../kernel/known.ts";
import { PRODUCTS } from "./products.data.ts";

const moduleOf = (type: string): string => (type.split(":")[1] ?? "").split("/")[0] ?? "";

/** The class of what a resource serves, where it serves something of this estate; else its own. */
function classOf(resource: Resource, estate: Estate): Known<string | undefined> {
  for (const fact of resource.facts) {
    if (fact.kind !== "serves") continue;
    const link = estate.linkAny(fact.source);
    if (link.kind === "found") return tagOf(link.fact, estate, "data-class");
    if (link.kind === "unknown") return { known: false, from: link.from };
  }
  const standing = standingOf(resource, estate);
  return standing.kind === "exempt" ? known("technical") : tagOf(resource, estate, "data-class");
}

function judgeProduct(resource: Resource, estate: Estate, law: Law): Result | undefined {
  const { urn, canonicalType } = resource;
  const listed = law.healthProducts.map((p) => p.product).sort();
  const about = { subject: urn, property: "type", want: listed };
  const module = moduleOf(canonicalType);
  const entry = Object.hasOwn(PRODUCTS, module) ? PRODUCTS[module] : undefined;
  if (entry !== undefined && entry.role !== "processes") return undefined;
  const dataClass = classOf(resource, estate);
  if (dataClass.known && !mayHoldHealthData(dataClass.value)) {
    return notApplicable(urn, "type", `data-class ${dataClass.value}`);
  }
  const product = entry?.product ?? `an unknown product (${module})`;
  if (listed.includes(product)) return pass(about, product);
  return dataClass.known ? fail(about, product) : undecided(about, dataClass.from);
}

export const healthStaysOnListedProducts = rule({
  id: "ISO-03",
  title: "health data are stored and processed only by products that the health contract lists",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["HDS:12", "HDS:13", "SRM:S", "SNC:A2.c", "SNC:8.3.b", "GDPR:28.3", "ISO:A.5.23"],
  rationale:
    "A provider's certificate covers the products that its contract names, not its catalogue. Edge, mail, hosting, serverless and most " +
    "managed services are not named in Scaleway's pages on health data; some have no location at all.",
  remedy:
    "Use object storage, block storage, Instances and Kapsule, or have the contract's list extended and declare it with its document.",
  judge: (estate, law) =>
    estate.resources
      .filter(
        (r) => r.raw.custom && (r.package === "scaleway" || r.package === "bastide") && !r.type.startsWith("pulumi:"),
      )
      .flatMap((resource) => judgeProduct(resource, estate, law) ?? []),
});
