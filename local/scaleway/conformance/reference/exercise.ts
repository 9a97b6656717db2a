import { STEPS, type Step } from "./exercise.data.ts";
import type { GoApi, Operation } from "./go-api.ts";

export interface Outcome {
  readonly api: string;
  readonly operation: Operation;
  readonly status: number;
  readonly body: unknown;
}

/** One call of the API under test. */
export type Ask = (
  method: string,
  path: string,
  body?: unknown,
) => Promise<{ readonly status: number; readonly body: unknown }>;

const LOCALITIES: Readonly<Record<string, string>> = { Region: "fr-par", Zone: "fr-par-1" };

/**
 * Makes one of everything, then asks every operation that is answered about it: what reads, what changes, and at last what
 * deletes. What an operation refuses is an outcome like any other.
 * @param answered whether the API under test has an operation. @param known ids that no call gives, by name.
 */
export async function exercise(
  apis: ReadonlyMap<string, GoApi>,
  answered: (operation: Operation) => boolean,
  ask: Ask,
  known: Readonly<Record<string, string>>,
): Promise<readonly Outcome[]> {
  // By `api/Name` for the paths of that API, and by name alone for bodies of any.
  const ids = new Map(Object.entries(known));
  const outcomes: Outcome[] = [];
  const perform = async (api: string, operation: Operation, step: Partial<Step>): Promise<void> => {
    const own = Object.entries(step.of ?? {}).map(([name, id]) => [`${api}/${name}`, filledIn(id, ids)] as const);
    const path = pathOf(api, operation.path, new Map([...ids, ...own]));
    if (path === undefined) return;
    const query = step.query === undefined ? "" : `?${filledIn(step.query, ids)}`;
    const body = operation.method === "GET" || operation.method === "DELETE" ? undefined : (step.body ?? {});
    const given = body === undefined ? undefined : JSON.parse(filledIn(JSON.stringify(body), ids));
    const { status, body: answer } = await ask(operation.method, `${path}${query}`, given);
    outcomes.push({ api, operation, status, body: answer });
    const id = status < 300 ? idIn(answer) : undefined;
    if (step.keep !== undefined && id !== undefined) {
      ids.set(`${api}/${step.keep}`, id);
      ids.set(step.keep, id);
    }
  };
  for (const step of STEPS) {
    const operation = apis.get(step.api)?.operations.find(({ name }) => name === step.operation);
    if (operation === undefined) throw new Error(`the reference has no ${step.operation} in ${step.api}`);
    if (answered(operation)) await perform(step.api, operation, step);
  }
  const done = new Set(STEPS.map((step) => `${step.api}/${step.operation}`));
  const rest = [...apis].flatMap(([api, { operations }]) =>
    operations
      .filter((operation) => answered(operation) && !done.has(`${api}/${operation.name}`))
      .map((operation) => ({ api, operation })),
  );
  for (const methods of [["GET"], ["PATCH"], ["POST", "PUT"]])
    for (const { api, operation } of rest) if (methods.includes(operation.method)) await perform(api, operation, {});
  // What was made last goes first: it stands on the others.
  for (const { api, operation } of rest.reverse()) if (operation.method === "DELETE") await perform(api, operation, {});
  return outcomes;
}

/** A path with every parameter filled in; undefined when something was never made. */
function pathOf(api: string, template: string, ids: ReadonlyMap<string, string>): string | undefined {
  let whole = true;
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = LOCALITIES[name] ?? ids.get(`${api}/${name}`);
    if (value === undefined) whole = false;
    return value ?? "";
  });
  return whole ? path : undefined;
}

const filledIn = (text: string, ids: ReadonlyMap<string, string>): string =>
  text.replaceAll(/\$([A-Z]\w+)/g, (whole, name: string) => ids.get(name) ?? whole);

/** How the APIs name what can be asked for again, the resource itself or the first of a list. */
const ID_FIELDS = ["id", "access_key", "revision", "ciphertext", "signature", "jti", "name"];

function idIn(answer: unknown): string | undefined {
  if (typeof answer !== "object" || answer === null) return undefined;
  const direct = ID_FIELDS.map((name): unknown => Reflect.get(answer, name)).find((id) => id !== undefined);
  if (typeof direct === "string" || typeof direct === "number") return String(direct);
  const inner = Object.values(answer).find((value) => typeof value === "object" && value !== null);
  return inner === undefined ? undefined : idIn(Array.isArray(inner) ? inner[0] : inner);
}
