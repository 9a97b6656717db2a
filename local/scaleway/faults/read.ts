import { readFileSync } from "node:fs";
import type { z } from "zod";
import { type Fault, inputError } from "../../../kernel/errors.ts";
import type { LocalRegion } from "../core/platform.ts";
import { type Operations, operationName } from "./operation.ts";
import { type FaultPlan, faultPlanSchema, type Match } from "./plan.ts";

/** What a plan may name: a fault on something that is not there would never strike, and nobody would notice. */
export interface PlanContext {
  readonly operations: Operations;
  readonly regions: readonly LocalRegion[];
}

/** The plan of a file. @throws BastideError naming every fault of the file. */
export function readFaultPlan(file: string, context: PlanContext): FaultPlan {
  let input: unknown;
  try {
    input = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw inputError("the faults file cannot be read", [
      {
        code: "faults.unreadable",
        path: file,
        got: cause instanceof Error ? cause.message : String(cause),
        want: "a JSON file of schema bastide.faults/1",
        fix: "see docs/faults.md for examples",
      },
    ]);
  }
  return checkFaultPlan(input, context);
}

/** @throws BastideError naming every fault of form, and every service, operation and locality that is not there. */
export function checkFaultPlan(input: unknown, context: PlanContext): FaultPlan {
  const parsed = faultPlanSchema.safeParse(input);
  const faults = parsed.success ? unknownNames(parsed.data, context) : parsed.error.issues.flatMap(faultsOf);
  if (!parsed.success || faults.length > 0)
    throw inputError(`the faults file has ${faults.length} ${faults.length === 1 ? "fault" : "faults"}`, faults);
  return parsed.data;
}

const written = (path: readonly PropertyKey[]): string => path.map(String).join(".") || "(file)";

function faultsOf(issue: z.core.$ZodIssue): readonly Fault[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({
      code: "faults.unknown-key",
      path: written([...issue.path, key]),
      got: `the key \`${key}\``,
      want: "only keys of the schema",
      fix: "correct the spelling, or remove it",
    }));
  const branches = issue.code === "invalid_union" ? issue.errors.flat().map((e) => e.message) : [];
  return [
    {
      code: "faults.malformed",
      path: written(issue.path),
      got: issue.message,
      want:
        branches.length > 0
          ? `one of the allowed forms (${[...new Set(branches)].join("; ")})`
          : "a value of the schema",
      fix: "see docs/schema/faults.schema.json",
    },
  ];
}

function unknownNames(plan: FaultPlan, { operations, regions }: PlanContext): readonly Fault[] {
  const localities = regions.flatMap(({ name, zones }) => [name, ...zones]);
  const localityFault = (path: string, name: string | undefined): readonly Fault[] =>
    name === undefined || localities.includes(name)
      ? []
      : [
          {
            code: "faults.unknown-locality",
            path,
            got: name,
            want: localities.join(", "),
            fix: "name a region or zone of this local Scaleway",
          },
        ];
  const matchFaults = (path: string, on: Match): readonly Fault[] => [
    ...(on.service === undefined || operations.services.has(on.service)
      ? []
      : [
          {
            code: "faults.unknown-service",
            path: `${path}.service`,
            got: on.service,
            want: [...operations.services].sort().join(", "),
            fix: "name a service that the local Scaleway has",
          },
        ]),
    ...(on.operation === undefined || operations.names.has(operationName(on.operation))
      ? []
      : [
          {
            code: "faults.unknown-operation",
            path: `${path}.operation`,
            got: on.operation,
            want: near(operationName(on.operation), operations.names),
            fix: "write it as the API reference does, or by its S3 name",
          },
        ]),
    ...localityFault(`${path}.locality`, on.locality),
  ];
  return [
    ...plan.faults.flatMap((rule, index) => matchFaults(`faults.${index}.on`, rule.on)),
    ...plan.losses.flatMap(({ locality, from, until }, index) => [
      ...localityFault(`losses.${index}.locality`, locality),
      ...(from !== undefined && "on" in from ? matchFaults(`losses.${index}.from.on`, from.on) : []),
      ...(until !== undefined && "on" in until ? matchFaults(`losses.${index}.until.on`, until.on) : []),
    ]),
  ];
}

const NEAREST = 5;

/** Operations that share most of their words with what was written. */
function near(written: string, names: ReadonlySet<string>): string {
  const words = (text: string): readonly string[] => text.split(/[ /{}]+/).filter((word) => word !== "");
  const wanted = new Set(words(written));
  const score = (name: string): number => words(name).reduce((sum, word) => sum + (wanted.has(word) ? 2 : -1), 0);
  const best = [...names].sort((a, b) => score(b) - score(a)).slice(0, NEAREST);
  return best.map((name) => name.replaceAll("{}", "{…}")).join(" | ");
}
