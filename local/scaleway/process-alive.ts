import { readFileSync } from "node:fs";

/** Whether a process runs. One that was killed and not yet reaped (a zombie) does not: what it held is nobody's. */
export function processAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  try {
    // The state is the first field after the name in parentheses, which may itself hold any character.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return !/^ [ZX]/.test(stat.slice(stat.lastIndexOf(")") + 1));
  } catch {
    return false;
  }
}
