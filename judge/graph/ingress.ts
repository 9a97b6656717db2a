import { readRange } from "./addresses.ts";
import { type Hop, weaker } from "./model.ts";
import { boxOf, intersect, isEmpty, type Packets, packets } from "./packets.ts";
import { delivered, type Move, type Sight } from "./steps.ts";
import { networksAt, vpcsAt } from "./topology.ts";

/** Ingress rules of a VPC: what comes into it from a range is put on one network, for one address, whatever it was addressed to. */
export function ingressMoves(vpc: string, set: Packets, sight: Sight): readonly Move[] {
  const { estate, nets } = sight.wires;
  return estate.facts("ingress-route").flatMap((rule) => {
    const [own] = vpcsAt(rule.vpc, rule.urn, estate).filter(({ id }) => id === vpc);
    if (own === undefined) return [];
    const source = rule.source.value;
    const from = source.known && source.value !== undefined ? readRange(source.value) : undefined;
    const come = from === undefined ? set : intersect(set, packets([boxOf(from.family, { from: from.range })]));
    if (isEmpty(come)) return [];
    const address = rule.address.value;
    const to = address.known && address.value !== undefined ? readRange(address.value) : undefined;
    return networksAt(rule.network, estate).nets.flatMap((named): readonly Move[] => {
      const net = nets.get(named.id);
      if (net === undefined || sight.without.has(named.id)) return [];
      const targets = to === undefined ? net.ranges : [to];
      const boxes = come.boxes.flatMap((box) =>
        targets.filter((a) => a.family === box.family).map(({ range }) => ({ ...box, to: range })),
      );
      const ground = weaker(
        weaker(own.ground, named.ground),
        from === undefined || to === undefined ? "unresolved" : "stated",
      );
      const hop: Hop = {
        kind: "ingress-rule",
        from: vpc,
        to: named.id,
        by: rule.urn,
        property: rule.network.property,
        ground,
      };
      return boxes.length === 0 ? [] : delivered(net, packets(boxes), [hop], sight);
    });
  });
}
