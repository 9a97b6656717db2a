import { keepCompiled } from "../cli/compiled.ts";
import { byText } from "../kernel/order.ts";
import { ELEVEN } from "./eleven.data.ts";

// As the command line starts.
keepCompiled();
const { estateOfFiles } = await import("../cli/judge/files.ts");
const { takeLaw } = await import("../cli/judge/trusted-place.ts");
const { judgeEstate } = await import("../judge/kit/judge.ts");

/**
 * Child of `opa.ts`: judges one file under the eleven rules that are written in Rego as well, and prints what fails as
 * `[rule, subject, property]`. A rule that cannot know fails here too: the file has nothing that is not known.
 */
const [file = ""] = process.argv.slice(2);
const { law, rules } = await takeLaw({ environment: undefined, profile: "fr-health" });
const eleven = rules.filter((rule) => ELEVEN.includes(rule.id));
const before = process.cpuUsage();
const { findings } = judgeEstate(estateOfFiles([file]), law, eleven, { now: "2026-11-23T00:00:00.000Z" });
const cpu = process.cpuUsage(before);
const found = findings.filter((f) => ELEVEN.includes(f.rule)).map((f) => [f.rule, f.subject, f.property]);
process.stdout.write(
  JSON.stringify({
    rules: eleven.map((rule) => rule.id).sort(byText),
    cpu: (cpu.user + cpu.system) / 1e6,
    findings: found,
  }),
);
