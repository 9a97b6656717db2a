import { stableJson } from "../../kernel/order.ts";
import { isComplete, isUsable, type Origin, type PartStatus } from "./status.ts";

const words: Readonly<Record<Origin, string>> = {
  official: "official, on PATH",
  built: "built from source",
  "stand-in": "stand-in",
  "first-party": "first-party",
  pinned: "locked npm package",
  "to-build": "to be built from source",
  missing: "MISSING",
};

/** Table for people: what each part is, where it comes from, why a run needs it, and what to do next. */
export function renderDoctor(parts: readonly PartStatus[]): string {
  const width = Math.max(...parts.map((p) => p.name.length));
  const lines = parts.flatMap((p) => {
    const version = p.origin === "missing" ? "" : ` ${p.version}`;
    return [
      `${p.name.padEnd(width)}  ${words[p.origin]}${version}`,
      `${" ".repeat(width)}    for: ${p.why}`,
      ...(p.path === undefined ? [] : [`${" ".repeat(width)}    at:  ${p.path}`]),
      ...(p.note === undefined ? [] : [`${" ".repeat(width)}    note: ${p.note}`]),
    ];
  });
  return `${lines.join("\n")}\n\n${advice(parts)}\n`;
}

/** The same as data; `complete` says whether a run can start without building, `usable` whether it can at all. */
export const doctorJson = (parts: readonly PartStatus[]): string =>
  stableJson({ schema: "bastide.toolchain/1", complete: isComplete(parts), usable: isUsable(parts), parts }, 2);

function advice(parts: readonly PartStatus[]): string {
  const named = (origin: Origin): string =>
    parts
      .filter((p) => p.origin === origin && p.name !== "go")
      .map((p) => p.name)
      .join(", ");
  const missing = named("missing");
  if (missing !== "") return `Missing from the clone: ${missing}. fix: \`git status\` shows what it lacks.`;
  const toBuild = named("to-build");
  if (toBuild === "") return "Complete: a run can start at once.";
  return parts.some((p) => p.name === "go" && p.origin === "missing")
    ? `To be built: ${toBuild}, but no Go fits. fix: install Go as above, or put official Pulumi binaries on PATH.`
    : `To be built: ${toBuild}. \`bastide toolchain build\` does it now, a run that needs it would do it first.`;
}
