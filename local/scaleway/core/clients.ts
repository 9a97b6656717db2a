import { readdir, readFile, readlink } from "node:fs/promises";
import { basename } from "node:path";

/**
 * Which process is at the other end of a loopback connection, as far as the kernel tells: Linux lists every connection with
 * an inode, and every process the inodes that it holds. A process that is gone by then, or another user's, stays unknown.
 */
export const UNKNOWN_CLIENT = "unknown";

/** @param port of the client's end. @returns the program's name; for an interpreter with the script that it runs. */
export async function clientOfPort(port: number | undefined): Promise<string> {
  try {
    const inode = port === undefined ? undefined : await inodeOf(port);
    return (inode === undefined ? undefined : await holderOf(inode)) ?? UNKNOWN_CLIENT;
  } catch {
    return UNKNOWN_CLIENT; // No /proc, or it changed under our eyes.
  }
}

/** Columns of /proc/net/tcp: number, local address, remote address, state, queues, timer, retransmits, uid, timeout, inode. */
async function inodeOf(port: number): Promise<string | undefined> {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  for (const table of ["/proc/self/net/tcp", "/proc/self/net/tcp6"]) {
    const row = (await readFile(table, "utf8"))
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      .find((columns) => columns[1]?.endsWith(wanted) === true && columns[3] === "01");
    if (row !== undefined) return row[9];
  }
  return undefined;
}

async function holderOf(inode: string): Promise<string | undefined> {
  const link = `socket:[${inode}]`;
  for (const pid of await readdir("/proc")) {
    if (!/^\d+$/.test(pid)) continue;
    const held = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const fd of held) if ((await readlink(`/proc/${pid}/fd/${fd}`).catch(() => "")) === link) return nameOf(pid);
  }
  return undefined;
}

async function nameOf(pid: string): Promise<string> {
  const words = (await readFile(`/proc/${pid}/cmdline`, "utf8")).split("\0").filter((word) => word !== "");
  const program = basename(words[0] ?? UNKNOWN_CLIENT);
  const script = /^(node|python3?|ruby)/.test(program)
    ? words.slice(1).find((word) => !word.startsWith("-"))
    : undefined;
  return script === undefined || !/\.[cm]?[jt]s$|\.py$|\.rb$/.test(script) ? program : `${program} ${basename(script)}`;
}
