import { estateOf } from "../judge/facts/estate.ts";
import { lawForForeign } from "../judge/kit/law.ts";
import { committedRules } from "../policy-packs/bastide/rules/index.ts";
import { manyRules, type ProofSize, proofEstate } from "./graph-estate.ts";
import { line, median } from "./measure.ts";

/** The rules that need the whole graph. */
const PROOF: readonly string[] = ["G1", "G2", "G8", "G9", "G13"];

const SIZES: readonly ProofSize[] = [
  { networks: 500, workloads: 5_000 },
  { networks: 1_000, workloads: 10_000 },
  { networks: 4_000, workloads: 40_000 },
];
const ROUNDS = 5;

interface Cost {
  readonly wall: number;
  readonly cpu: number;
  readonly found: number;
}

/** One proof on a fresh estate, its decoding left out: that is the bench `judge`'s. */
function proveOnce(resources: Parameters<typeof estateOf>[1]): Cost {
  const estate = estateOf("state", resources);
  const law = lawForForeign("fr-health");
  const rules = committedRules().filter((rule) => PROOF.includes(rule.id));
  const started = performance.now();
  const before = process.cpuUsage();
  const results = rules.flatMap((rule) => rule.judge(estate, law, "2026-01-01T00:00:00Z"));
  const { user, system } = process.cpuUsage(before);
  return {
    wall: (performance.now() - started) / 1000,
    cpu: (user + system) / 1_000_000,
    found: results.filter((result) => result.outcome === "fail").length,
  };
}

/**
 * The isolation proof (design §7: 1,000 networks and 10,000 workloads in at most 1 s, growing nearly linearly), and what a filter of very
 * many rules costs.
 */
export async function benchGraph(): Promise<void> {
  const medians = SIZES.map((size) => {
    const resources = proofEstate(size);
    proveOnce(resources);
    const costs = Array.from({ length: ROUNDS }, () => proveOnce(resources));
    const wall = median(costs.map((c) => c.wall));
    const cpu = median(costs.map((c) => c.cpu));
    const what = `${size.networks} networks, ${size.workloads} workloads (${costs[0]?.found ?? 0} holes)`;
    const budgeted = size.networks === 1_000;
    line(`${what}: proof`, `${wall.toFixed(2)} s`, budgeted ? "1 s" : "none");
    line(`${what}: CPU`, `${cpu.toFixed(2)} s`, "none");
    return cpu;
  });
  const [, k1, k4] = medians;
  line(
    "CPU of 4,000 networks / CPU of 1,000",
    ((k4 ?? Number.NaN) / (k1 ?? Number.NaN)).toFixed(1),
    "none (linear: 4)",
  );
  line("heap at the end", `${(process.memoryUsage().heapUsed / 1e6).toFixed(0)} MB`, "none");
  for (const rules of [255, 5_000, 20_000]) {
    const { cpu } = proveOnce(manyRules(rules));
    line(`one filter of ${rules} overlapping rules: CPU`, `${cpu.toFixed(2)} s`, "none");
  }
}
