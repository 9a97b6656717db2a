import { execFile } from "node:child_process";
import { realpath } from "node:fs/promises";
import { delimiter, dirname, join, sep } from "node:path";
import { promisify } from "node:util";
import { isExecutable } from "./go.ts";
import type { OfficialProbe } from "./parts.ts";

const run = promisify(execFile);

export type OfficialSearch =
  | { readonly found: "fitting"; readonly path: string; readonly version: string }
  | { readonly found: "unfit"; readonly path: string; readonly why: string }
  | { readonly found: "none" };

/** Folders of PATH, without those that hold our own links (of this clone or another). */
const searchPath = (env: Readonly<Record<string, string | undefined>>): readonly string[] =>
  (env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "" && !`${folder}${sep}`.includes(`${sep}.bastide${sep}`));

/** Looks for an official binary on PATH and asks it for its version. A first one that doesn't fit hides none behind it. */
export async function searchOfficial(
  name: string,
  probe: OfficialProbe,
  env: Readonly<Record<string, string | undefined>>,
): Promise<OfficialSearch> {
  let unfit: OfficialSearch = { found: "none" };
  for (const folder of searchPath(env)) {
    const path = join(folder, name);
    if (!(await isExecutable(path))) continue;
    const answer = await ask(path, probe, env);
    if ("version" in answer) return { found: "fitting", path, version: answer.version };
    if (unfit.found === "none") unfit = { found: "unfit", path, why: answer.why };
  }
  return unfit;
}

/** A program that ships in the folder of another one, links followed. */
export async function besideOf(path: string, name: string): Promise<string | undefined> {
  const neighbour = join(dirname(await realpath(path)), name);
  return (await isExecutable(neighbour)) ? neighbour : undefined;
}

async function ask(
  path: string,
  probe: OfficialProbe,
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly version: string } | { readonly why: string }> {
  const want = `wanted ${probe.want}`;
  try {
    const { stdout } = await run(path, [...probe.args], {
      env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
      timeout: 15_000,
    });
    const [text, major, minor, patch] = /(\d+)\.(\d+)\.(\d+)(?:[-+][\w.+-]+)?/.exec(stdout) ?? [];
    if (text === undefined) return { why: `it tells no version, ${want}` };
    const fits = text.includes("-") === false && probe.fits([Number(major), Number(minor), Number(patch)]);
    return fits ? { version: text } : { why: `it is ${text}, ${want}` };
  } catch (error) {
    const said = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return { why: `it does not tell its version (${said}), ${want}` };
  }
}
