import type { Route } from "../../core/routes.ts";
import { routesBy } from "./compare.ts";
import type { GoApi } from "./go-api.ts";
import { NOT_BUILT } from "./not-built.data.ts";
import { REFERENCE_APIS } from "./services.data.ts";

/** The README's part on the reference: for each API how many operations are answered, and why the others are not. */
export function renderReference(apis: ReadonlyMap<string, GoApi>, routes: readonly Route[], sdk: string): string {
  const routeOf = routesBy(routes);
  const rows = [...apis].map(([api, { operations }]) => {
    const answered = operations.filter((operation) => routeOf(operation) !== undefined).length;
    return { api, all: operations.length, answered };
  });
  const sum = (of: "all" | "answered"): number => rows.reduce((total, row) => total + row[of], 0);
  const unanswered = [...apis].flatMap(([api, { operations }]) =>
    operations.filter((operation) => routeOf(operation) === undefined).map(({ name }) => `${api} ${name}`),
  );
  const reasons = NOT_BUILT.map(({ operations, reason }) => {
    const names = unanswered.filter((name) => operations.test(name)).map((name) => `\`${name.split(" ")[1]}\``);
    return `- ${names.join(", ")}: ${reason}`;
  });
  return [
    `scaleway-sdk-go ${sdk}.`,
    "",
    "| API | operations | answered | not built |",
    "|---|---|---|---|",
    ...rows.map(
      ({ api, all, answered }) =>
        `| ${REFERENCE_APIS[api]} (\`${api}\`) | ${all} | ${answered} | ${all === answered ? "–" : all - answered} |`,
    ),
    `| all | ${sum("all")} | ${sum("answered")} | ${sum("all") - sum("answered")} |`,
    "",
    "Not built, so that they answer 501:",
    "",
    ...reasons,
  ].join("\n");
}
