import type { RawEstate } from "../../judge/facts/raw.ts";
import { RENDERERS } from "../../judge/reports/renderers.ts";
import type { Format, Report } from "../../judge/reports/report.ts";
import { topologyPage } from "../../judge/reports/topology/page.ts";
import { step } from "../console.ts";
import { writeWhole } from "../judge/output.ts";
import { takeLaw } from "../judge/trusted-place.ts";
import { reportFor } from "../judge/verdict-of.ts";

const WRITTEN: readonly Format[] = ["json", "sarif", "markdown", "html", "csv"];

/** Judges the state that the run left, and writes every report of it. */
export const writeReports = (estate: RawEstate, environment: string, out: string): Promise<Report> =>
  step("verdict on the resulting state", async () => {
    const bench = await takeLaw({ law: undefined, environment, profile: "fr-health" });
    const report = reportFor({ estate, bench, now: new Date().toISOString(), all: false, artefact: "Pulumi.yaml" });
    for (const format of WRITTEN) writeWhole(out, RENDERERS[format].file, RENDERERS[format].render(report));
    writeWhole(out, "topology.html", topologyPage(estate, report));
    return report;
  });
