import type { Estate } from "../../../../judge/facts/estate.ts";
import type { Arrival } from "../../../../judge/graph/explore.ts";
import { flowMatrix, type Matrix, type MissingFlow, readFlows } from "../../../../judge/graph/flow-matrix.ts";
import { trafficOf, wires } from "../../../../judge/graph/reach.ts";
import type { Law } from "../../../../judge/kit/law.ts";
import { fail, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { EPHEMERAL_PORTS } from "../../../../stacks/flows.ts";
import { isSensitive } from "./sensitive.ts";
import { verdictOn } from "./witness.ts";

const WANT = "the declared flows between networks, no more and no fewer";

function judgeSource(net: string, matrix: Matrix, estate: Estate): Result {
  const more = matrix.undeclared.get(net) ?? [];
  const witnesses = more.map(({ to, packets, arrival }) => ({
    path: arrival.path,
    ground: arrival.ground,
    more: { undeclared: to, traffic: trafficOf(packets), others: more.length - 1 },
  }));
  return verdictOn({ subject: net, property: "flows", want: WANT }, witnesses, matrix.limits, estate);
}

/**
 * A program that is not ours has declared its flows in its filters at best: what one accepting rule lets pass is taken as meant, whatever gets
 * to or from a sensitive network in another way is not.
 */
function isMeant(estate: Estate): (from: string, arrival: Arrival) => boolean {
  const { nets } = wires(estate);
  const sensitive = new Set([...nets.values()].filter(isSensitive).map((net) => net.id));
  return (from, { to, path }) =>
    !(sensitive.has(from) || sensitive.has(to)) ||
    path.every((hop) => hop.kind === "routed" && hop.property.startsWith("rules["));
}

function judgeMissing({ flow, family, from, to }: MissingFlow, estate: Estate): Result {
  const about = { subject: from ?? "stack", property: "flows", want: WANT, path: to === undefined ? [] : [to] };
  // A range that is not known may be the very one that the rules name.
  const unclear = [from, to].find((id) => id !== undefined && wires(estate).nets.get(id)?.rangesKnown === false);
  if (unclear !== undefined) return undecided(about, { property: "ipv4Subnet", suppliers: [unclear] });
  return fail(about, { missing: flow.name, family });
}

function judgeAll(estate: Estate, law: Law): readonly Result[] {
  const nets = [...wires(estate).nets.keys()];
  if (nets.length === 0) return [];
  const foreign = law.environment === null && law.flows.length === 0;
  const matrix = flowMatrix(estate, readFlows(law.flows), {
    clientPorts: EPHEMERAL_PORTS,
    ...(foreign ? { meant: isMeant(estate) } : {}),
  });
  return [
    ...nets.map((net) => judgeSource(net, matrix, estate)),
    ...matrix.missing.map((missing) => judgeMissing(missing, estate)),
  ];
}

export const flowsEqualTheDeclared = rule({
  id: "G13",
  title: "the flows between networks are the declared ones, no more and no fewer",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:13.1.a", "RCF:7.B.1", "RCF:7.A.4", "IR:6.8.2.e", "ISO:A.8.22"],
  rationale:
    "A matrix of flows that somebody keeps beside the program describes what was once wanted. Found from the resources, it is what is " +
    "there, and a difference is either a hole or a broken service.",
  remedy:
    "Change the filter, route or machine that the way names, or declare the flow in the settings with its reason and owner (which takes effect " +
    "once merged).",
  judge: (estate, law) => judgeAll(estate, law),
});
