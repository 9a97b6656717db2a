import { inputError } from "../../kernel/errors.ts";
import { byKey, sortedUnique } from "../../kernel/order.ts";
import { NOTHING_KNOWN, type ProgramFacts } from "../facts/program.ts";
import type { RawEstate, RawStep } from "../facts/raw.ts";
import { ownersIn, urnParts } from "./engine-resource.ts";

/** Names of the stacks that own these URNs, in order, as one text. */
export const stackNames = (urns: readonly string[]): string =>
  sortedUnique(ownersIn(urns).map((owner) => urnParts(owner).stack)).join(", ");

/** The environment of a stack name: what stands before the layer (`rehearsal.foundation` → `rehearsal`). */
export const environmentOf = (stack: string): string => stack.split(".")[0] ?? stack;

/** What must agree for two files to be one estate. */
const identity = (estate: RawEstate): readonly string[] =>
  sortedUnique(
    ownersIn(estate.resources.map((r) => r.urn)).map((owner) => {
      const { project, stack } = urnParts(owner);
      return `project ${project}, environment ${environmentOf(stack)}`;
    }),
  );

/**
 * Several files as one estate. They must come through the same door, agree on project and environment, and name no
 * resource twice; each disagreement is a fault of one input error (exit 2). Steps are kept in file order.
 */
export function combineEstates(files: readonly { readonly file: string; readonly estate: RawEstate }[]): RawEstate {
  const estates = files.map((f) => f.estate);
  const [first] = estates;
  if (first === undefined) throw inputError("nothing to judge", [noFile]);
  const faults = [...disagreements(files), ...duplicates(files)];
  if (faults.length > 0) throw inputError("the files are not one estate", faults);
  const steps = estates.flatMap((e): readonly RawStep[] => e.steps ?? []);
  return {
    door: first.door,
    subject: stackNames(estates.flatMap((e) => e.resources.map((r) => r.urn))),
    resources: estates.flatMap((e) => e.resources).sort(byKey((r) => r.urn)),
    steps: estates.every((e) => e.steps === undefined) ? undefined : steps,
    notSeen: sortedUnique(estates.flatMap((e) => e.notSeen)),
    program: joined(estates.flatMap((e) => e.program ?? [])),
  };
}

/**
 * An estate with what other stacks of the same environment already hold: their resources are judged along, their plan and their blind
 * spots are not its own. It no longer counts as blind for other stacks. @throws BastideError exit 2: another environment's, or one
 * resource twice.
 */
export function beside(
  estate: RawEstate,
  others: readonly { readonly file: string; readonly estate: RawEstate }[],
): RawEstate {
  if (others.length === 0) return estate;
  const own = { file: estate.subject, estate };
  const same = others.map(({ file, estate: other }) => ({ file, estate: { ...other, door: estate.door } }));
  const faults = [...disagreements([own, ...same]), ...duplicates([own, ...same])];
  if (faults.length > 0) throw inputError("the stacks are not one estate", faults);
  return {
    ...estate,
    resources: [...estate.resources, ...others.flatMap((o) => o.estate.resources)].sort(byKey((r) => r.urn)),
    notSeen: estate.notSeen.filter((spot) => spot !== "other-stacks"),
  };
}

/** What the files tell of the program; where they differ, what is less usual is told: a passphrase hides no other provider. */
function joined(programs: readonly ProgramFacts[]): ProgramFacts {
  const providers = programs.flatMap((p) => p.secretsProvider ?? []);
  return programs.reduce((all, p) => ({ ...p, ...defined(all) }), {
    ...NOTHING_KNOWN,
    secretsProvider: providers.find((name) => name !== "passphrase") ?? providers[0],
  });
}

const defined = (p: ProgramFacts): Partial<ProgramFacts> =>
  Object.fromEntries(Object.entries(p).filter(([, value]) => value !== undefined));

const noFile = {
  code: "input.no-file",
  path: "FILE",
  got: "none",
  want: "a stack export or a `pulumi preview --json` file",
  fix: "name one, or `-` for standard input",
};

type Named = { readonly file: string; readonly estate: RawEstate };

function disagreements(files: readonly Named[]) {
  const doors = sortedUnique(files.map((f) => f.estate.door));
  const identities = sortedUnique(files.flatMap((f) => identity(f.estate)));
  if (doors.length <= 1 && identities.length <= 1) return [];
  const told = files.map((f) => `${f.file}: ${f.estate.door}, ${some(identity(f.estate))}`).join("; ");
  return [
    {
      code: "input.not-one-estate",
      path: files.map((f) => f.file).join(", "),
      got: told,
      want: "files of one kind, one project and one environment",
      fix: "judge them one by one",
    },
  ];
}

/** The first few, and how many more. */
const some = (items: readonly string[]): string =>
  items.length <= 3 ? items.join(" and ") : `${items.slice(0, 3).join(", ")} and ${items.length - 3} more`;

function duplicates(files: readonly Named[]) {
  const owner = new Map<string, string>();
  return files.flatMap(({ file, estate }) =>
    estate.resources.flatMap((r) => {
      const before = owner.get(r.urn);
      owner.set(r.urn, file);
      return before === undefined ? [] : [duplicateFault(r.urn, before, file)];
    }),
  );
}

const duplicateFault = (urn: string, before: string, file: string) => ({
  code: "input.duplicate-urn",
  path: urn,
  got: before === file ? `twice in ${file}` : `in ${before} and in ${file}`,
  want: "each resource once",
  fix: "name each stack's file once",
});
