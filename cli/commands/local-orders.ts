import { type Command, InvalidArgumentError } from "commander";
import type { Condition, Order } from "../../local/scaleway/controls.ts";
import { PUBLIC_REGIONS } from "../../local/scaleway/core/platform.ts";
import { parseDuration } from "../../local/scaleway/duration.ts";
import type { FaultPlan } from "../../local/scaleway/faults/plan.ts";
import { readFaultPlan } from "../../local/scaleway/faults/read.ts";
import { orderLocal } from "../../local/scaleway/orders.ts";
import { OPERATIONS } from "../../local/scaleway/server.ts";
import { loadEnvironment } from "../../stacks/load.ts";
import { good, printData } from "../console.ts";
import { localWorld } from "../local-world.ts";
import { localDataDir } from "../paths.ts";
import { REHEARSAL } from "../start/rehearse.ts";

/** Regions that the local Scaleway of this clone has beside the public ones. */
export const localRegions = () => localWorld(loadEnvironment(REHEARSAL)).extraRegions;

/** A faults file, checked against what this local Scaleway has. */
export const localFaults = (file: string): FaultPlan =>
  readFaultPlan(file, { operations: OPERATIONS, regions: [...PUBLIC_REGIONS, ...localRegions()] });

const give = (order: Order): Promise<Condition> => orderLocal(localDataDir, order, localRegions());

const span = (text: string): number => {
  const ms = parseDuration(text);
  if (ms === undefined) throw new InvalidArgumentError("a duration is written 90d, 36h, 1h30m or 45s");
  return ms;
};

const instant = (text: string): string => {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new InvalidArgumentError("an instant is written 2027-01-31T12:00:00Z");
  return new Date(ms).toISOString();
};

interface DataFlags {
  readonly json?: true;
}

const clockText = ({ time, held }: Condition): string => `${time}${held ? " (held)" : ""}`;

async function tell(order: Order, flags: DataFlags): Promise<void> {
  const condition = await give(order);
  const { time, held } = condition;
  printData(flags.json === true ? JSON.stringify({ time, held }) : clockText(condition));
}

function registerClock(local: Command): void {
  const clock = local
    .command("clock")
    .description("the platform's time, which rotation, expiry, retention and scheduled deletion follow");
  const define = (name: string, description: string): Command =>
    clock.command(name).description(description).option("--json", "as JSON");
  define("show", "says what time it is there").action((flags: DataFlags) => tell({ do: "look" }, flags));
  define("advance", "moves it forward")
    .argument("<duration>", "e.g. 90d, 36h, 1h30m", span)
    .action((ms: number, flags: DataFlags) => tell({ do: "advance", ms }, flags));
  define("set", "moves it forward to an instant")
    .argument("<instant>", "e.g. 2027-01-31T12:00:00Z", instant)
    .action((time: string, flags: DataFlags) => tell({ do: "set-time", time }, flags));
  define("hold", "lets it stand still; only advance and set move it").action((flags: DataFlags) =>
    tell({ do: "hold" }, flags),
  );
  define("release", "lets it go on from where it stands").action((flags: DataFlags) => tell({ do: "release" }, flags));
}

const LISTED = 20;

function faultsText({ stormy, calls, struck }: Condition): string {
  const by = Map.groupBy(struck, ({ fault, kind }) => `${fault} (${kind})`);
  return [
    `${stormy ? "a plan of faults is at work" : "no plan of faults is at work"}; ${struck.length} of ${calls} calls were struck`,
    ...[...by].map(([name, hits]) => `  ${name}: ${hits.length}`),
    ...struck.slice(-LISTED).map((hit) => `  call ${hit.call}: ${hit.kind} on ${hit.operation}`),
  ].join("\n");
}

/** `local clock|faults|lose|regain`: what happens to the local Scaleway that no call of its API brings about. */
export function registerLocalOrders(local: Command): void {
  registerClock(local);
  local
    .command("faults")
    .description("says which faults came down; with FILE takes up a plan, with --clear ends it")
    .argument("[file]", "plan of faults (bastide.faults/1)")
    .option("--clear", "no more faults")
    .option("--json", "as JSON, every fault that came down")
    .action(async (file: string | undefined, flags: DataFlags & { readonly clear?: true }) => {
      const order: Order =
        flags.clear === true
          ? { do: "calm" }
          : file === undefined
            ? { do: "look" }
            : { do: "storm", plan: localFaults(file) };
      const condition = await give(order);
      printData(flags.json === true ? JSON.stringify(condition) : faultsText(condition));
    });
  const define = (name: "lose" | "regain", description: string): void => {
    local
      .command(name)
      .description(description)
      .argument("<locality>", "a region, its zones and its object storage included, or one zone")
      .action(async (locality: string) => {
        const { lost } = await give({ do: name, locality });
        good(lost.length === 0 ? "every region and zone is there" : `lost: ${lost.join(", ")}`);
      });
  };
  define("lose", "takes a region or zone away until it is regained");
  define("regain", "brings a lost region or zone back");
}
