import { createHash } from "node:crypto";
import type { Log, ReportingDescriptor, Result } from "sarif";
import { sortedUnique } from "../../../kernel/order.ts";
import { MAX_RESULTS, SCHEMA } from "../../reports/sarif.ts";
import { label, safe, safeJson, shortName } from "../../reports/wording.ts";
import type { Change, Risk } from "../change.ts";
import { lineOf } from "../lines.ts";
import { remarks, sentence, sides, tally, whereOf } from "../words.ts";
import type { ReviewRenderer, ReviewReport } from "./form.ts";

const LEVELS: Readonly<Record<Risk, Result.level>> = {
  refused: "error",
  "needs consent": "error",
  "needs review": "warning",
  low: "note",
  none: "none",
};

const ruleOf = (c: Change): string => `${c.topic}/${c.aspect.replaceAll(/[^a-z]+/gi, "-").replace(/-$/, "")}`;

/** SARIF 2.1.0, one result a change, at the construct's line where that is known. What only closes something is informational. */
export const sarif: ReviewRenderer = (report) => {
  const { review, version } = report;
  const shown = review.changes.slice(0, MAX_RESULTS);
  const ids = sortedUnique(shown.map(ruleOf));
  const rules = ids.map((id): ReportingDescriptor => ({ id, shortDescription: { text: id.replaceAll("-", " ") } }));
  const log: Log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Bastide review", semanticVersion: version, rules } },
        automationDetails: { id: `bastide-review/${review.head.subject.replaceAll(/[^\w.-]+/g, "-")}/` },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: [`${sides(review)}: ${tally(review)}`, ...remarks(review)].map((text) => ({
              level: "note" as const,
              message: { text },
            })),
          },
        ],
        results: shown.map((c) => resultOf(c, ids, report)),
        properties: { ...review, changes: review.changes.length },
      },
    ],
  };
  return safeJson(log);
};

function resultOf(c: Change, ids: readonly string[], { artefact }: ReviewReport): Result {
  const where = whereOf(c, safe);
  const file = c.source?.file ?? artefact;
  const physical = {
    artifactLocation: { uri: encodeURI(file), uriBaseId: "%SRCROOT%" },
    region: { startLine: Math.max(1, c.source?.line ?? 1) },
  };
  const isOpen = typeof c.after === "object";
  return {
    ruleId: ruleOf(c),
    ruleIndex: ids.indexOf(ruleOf(c)),
    kind: c.risk === "none" ? "informational" : isOpen ? "open" : "review",
    level: c.risk === "none" || isOpen ? "none" : LEVELS[c.risk],
    message: {
      text: `${c.risk}: ${sentence(lineOf(c), safe)}${where === "" ? "" : ` (${where})`}`,
    },
    locations: [
      {
        logicalLocations: [{ name: shortName(c.subject), fullyQualifiedName: c.subject }],
        ...(file === "" ? {} : { physicalLocation: physical }),
      },
    ],
    partialFingerprints: { "bastide-review/1": fingerprint(c) },
    ...(c.path.length === 0
      ? {}
      : {
          relatedLocations: c.path.map((step, index) => ({
            id: index + 1,
            logicalLocations: [{ name: shortName(step), fullyQualifiedName: step }],
            message: { text: `step ${index + 1}: ${label(step)}` },
          })),
        }),
    properties: { ...c },
  };
}

const fingerprint = (c: Change): string =>
  createHash("sha256")
    .update([c.topic, c.aspect, c.subject, c.target ?? "", c.what, c.property].join("\n"))
    .digest("hex")
    .slice(0, 32);
