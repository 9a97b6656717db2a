import { benchFloor } from "./floor.ts";
import { benchGate } from "./gate.ts";
import { benchGraph } from "./graph.ts";
import { benchJudge } from "./judge.ts";

/** `npm run bench [-- gate|judge|graph|floor]`: measures, prints, decides nothing. Exit 2 for a bench that there is not. */
const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  gate: benchGate,
  judge: benchJudge,
  graph: benchGraph,
  floor: benchFloor,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
  process.stderr.write(`no such bench: ${unknown.join(", ")}; there are ${Object.keys(BENCHES).join(", ")}\n`);
  process.exitCode = 2;
} else {
  for (const name of asked.length === 0 ? Object.keys(BENCHES) : asked) await BENCHES[name]?.();
}
