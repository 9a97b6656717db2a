import type { Estate } from "../../../../judge/facts/estate.ts";
import type { LoadBalancerFact } from "../../../../judge/facts/fact-edge.ts";
import { decide, fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";

function judgeBalancer({ urn, addresses, answered }: LoadBalancerFact, estate: Estate): Result {
  const property = "ipAddress";
  const about = { subject: urn, property, want: "one of the addresses that it was given" };
  if (!addresses.known) return undecided(about, addresses.from);
  if (addresses.value.length === 0) return pass({ ...about, property: "ipIds" }, "none given");
  // Before the answer nobody can tell, and there is a way that needs no telling.
  if (!answered.known)
    return fail({ ...about, property: "ipIds", want: "none" }, "addresses that may not be the only ones");
  const given: string[] = [];
  for (const ref of addresses.value) {
    const link = estate.link(ref, "public-address");
    const address = link.kind === "found" ? link.fact.address : undefined;
    if (address?.known !== true) {
      const from = link.kind === "unknown" ? link.from : { property: ref.property, suppliers: [] };
      return undecided(about, address?.known === false ? address.from : from);
    }
    if (address.value !== undefined) given.push(address.value);
  }
  return answered.value === undefined
    ? fail(about, null)
    : decide(about, answered, (address) => given.includes(address ?? ""));
}

export const balancersHaveNoFurtherAddress = rule({
  id: "TRP-08",
  title: "a load balancer is given no addresses, or answers with one of those",
  severity: "medium",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:13.2.a", "INT:R4", "ISO:A.8.20"],
  rationale:
    "Load balancers with `ipIds` were seen to get one more flexible address: an entrance that no firewall and no inventory knows. A " +
    "plan can't show whether, so it refuses; a state is judged by the address that was answered.",
  remedy:
    "Leave `ipIds` away and read the address from the load balancer; where one is there, release what nobody asked for.",
  judge: (estate) => estate.facts("load-balancer").map((fact) => judgeBalancer(fact, estate)),
});
