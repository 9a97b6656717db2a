import type { Estate } from "../../../../judge/facts/estate.ts";
import { ELSEWHERE, INTERNET } from "../../../../judge/graph/model.ts";
import type { Pod } from "../../../../judge/graph/pod-contact.ts";
import { reachOutside } from "../../../../judge/graph/pod-reach.ts";
import { pods } from "../../../../judge/graph/pods.ts";
import { reachFrom, wires } from "../../../../judge/graph/reach.ts";
import type { Net } from "../../../../judge/graph/topology.ts";
import type { Result } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { isSensitive, isSensitivePod } from "./sensitive.ts";
import { verdictOn } from "./witness.ts";

function judgeNet(net: Net, estate: Estate): Result {
  const { arrivals, limits } = reachFrom(estate, net.id, { passingOnly: true });
  const out = arrivals.filter(({ to, path }) => {
    if (to !== INTERNET && to !== ELSEWHERE) return false;
    // Private nodes can't do without a NAT: the one opening that the platform forces, and every verdict names it.
    return !(net.tier === "compute" && path.every((hop) => hop.kind === "nat") && path[0]?.by !== net.id);
  });
  const about = { subject: net.id, property: "reach", want: "no way to the internet or out of the estate" };
  return verdictOn(about, out, limits, estate);
}

/** Pods leave by the proxy, whose list of names is judged by G7: a pod that leaves by itself has a second way. */
function judgePod(pod: Pod, estate: Estate): Result {
  const { arrivals, limits } = reachOutside(estate, pod, { passingOnly: true });
  const out = arrivals.filter(({ to }) => to === INTERNET || to === ELSEWHERE);
  const about = {
    subject: pod.id,
    property: "reach",
    want: "no way to the internet or out of the estate but the proxy",
  };
  return verdictOn(about, out, limits, estate);
}

export const dataReachesNoInternet = rule({
  id: "G1",
  title: "no way leads from a data or health network or workload out of the estate",
  severity: "critical",
  enforcement: "mandatory",
  waivable: false,
  controls: ["INT:R4", "RCF:7.A.5", "SNC:13.2.b", "EHDS:73.1.b", "ISO:A.8.12", "ISO:A.8.22"],
  rationale:
    "One route, one peering or one machine in two networks is enough to carry data out, and none of them shows on the network itself: " +
    "only following the packets does.",
  remedy:
    "Close the hop that should not be there: take the machine out of one of its networks, the connector or route away, or the gateway off " +
    "the network. Only `compute` may leave, by its own NAT, and pods by the proxy: deny their egress and name what they may call.",
  judge: (estate) => [
    ...[...wires(estate).nets.values()].filter(isSensitive).map((net) => judgeNet(net, estate)),
    ...pods(estate)
      .all.filter((pod) => isSensitivePod(pod, estate))
      .map((pod) => judgePod(pod, estate)),
  ],
});
