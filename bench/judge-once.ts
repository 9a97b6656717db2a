import { keepCompiled } from "../cli/compiled.ts";

// As the command line starts.
keepCompiled();
const { estateOfFiles } = await import("../cli/judge/files.ts");
const { takeLaw } = await import("../cli/judge/trusted-place.ts");
const { reportFor } = await import("../cli/judge/verdict-of.ts");
const { RENDERERS } = await import("../judge/reports/renderers.ts");

/**
 * Child of `judge.ts`: judges one file in a process of its own, from the file to SARIF, and prints what that cost as JSON. Peak
 * memory and `processCpu` are those of the whole process, its start and imports included.
 */
const [file = ""] = process.argv.slice(2);
const bench = await takeLaw({ environment: undefined, profile: "fr-health" });
const started = performance.now();
const before = process.cpuUsage();
const estate = estateOfFiles([file]);
const report = reportFor({ estate, bench, now: "2026-11-23T00:00:00.000Z", all: false, artefact: file });
const sarif = RENDERERS.sarif.render(report);
const seconds = (performance.now() - started) / 1000;
const cpu = process.cpuUsage(before);
const whole = process.cpuUsage();
const { resources, fail } = report.verdict.counts;
process.stdout.write(
  JSON.stringify({
    resources,
    fail,
    sarifBytes: sarif.length,
    seconds,
    cpu: (cpu.user + cpu.system) / 1e6,
    processCpu: (whole.user + whole.system) / 1e6,
    peakMb: process.resourceUsage().maxRSS / 1024,
  }),
);
