#!/usr/bin/env node
// Plain JavaScript, because it runs before anything is installed, on the Node that the machine has (20 or later).
// It installs the locked packages when they are missing or stale, then hands over to the pinned Node 24.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const say = (line) => process.stderr.write(`${line}\n`);

/** Prints what is wrong and what to do, and ends with the code of "the tool could not do its job". */
function refuse(what, fix) {
  say(`bastide: ${what}\n  fix: ${fix}`);
  process.exit(3);
}

if (process.platform !== "linux") {
  refuse(
    `runs on Linux only, this is ${process.platform}`,
    "use a Linux machine or container (x64 or arm64) with Node 20+ and Go 1.26+",
  );
}
if (Number(process.versions.node.split(".")[0]) < 20) {
  refuse(
    `needs Node 20 or later to start, this is ${process.versions.node}`,
    "install Node 20+ and run the command again",
  );
}
const node = join(root, "node_modules", `node-linux-${process.arch}`, "bin", "node");
const stamp = join(root, "node_modules", ".bastide-lock-digest");
const digest = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .digest("hex");
const installed = () => existsSync(node) && existsSync(stamp) && readFileSync(stamp, "utf8") === digest;

const alive = (pid) => {
  try {
    process.kill(pid, 0);
    // A zombie was killed and holds nothing.
    return !/\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch (error) {
    return error.code === "EPERM";
  }
};

/** One installer at a time; the lock of a dead process is taken over. */
async function withInstallLock(work) {
  const lock = join(root, ".bastide", "install.lock");
  mkdirSync(dirname(lock), { recursive: true });
  for (let waited = 0; ; waited += 1) {
    try {
      const handle = openSync(lock, "wx");
      writeSync(handle, String(process.pid));
      closeSync(handle);
      break;
    } catch (error) {
      if (error.code !== "EEXIST")
        refuse(`cannot write ${lock}: ${error.message}`, "check the permissions and the free space of the clone");
      const owner = Number(readFileSync(lock, "utf8"));
      // An empty file is a lock being written right now, or one left by a crash: after ten seconds it counts as dead.
      if ((owner > 0 && !alive(owner)) || (owner === 0 && waited > 10)) rmSync(lock, { force: true });
      else if (waited % 15 === 0) say(`bastide: another run (pid ${owner}) is installing the packages; waiting`);
      await sleep(1000);
    }
  }
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

async function install() {
  await withInstallLock(() => {
    if (installed()) return;
    const { bavail, bsize } = statfsSync(root);
    if (bavail * bsize < 1.5e9)
      refuse("less than 1.5 GB free on the disk of the clone", "free some space and run the command again");
    say("bastide: installing the locked npm packages (about half a minute, 500 MB)");
    rmSync(stamp, { force: true });
    const npm = spawnSync("npm", ["ci", "--no-fund", "--no-audit", "--loglevel=error"], {
      cwd: root,
      stdio: ["ignore", 2, 2],
    });
    if (npm.status !== 0 || !existsSync(node)) {
      refuse(
        npm.error ? `npm could not be started: ${npm.error.message}` : `npm ci ended with ${npm.status ?? npm.signal}`,
        "see npm's message above; the npm registry must be reachable, and platform packages (optional dependencies) allowed",
      );
    }
    writeFileSync(stamp, digest);
  });
}

/** Runs a program under the pinned Node; signals to this process reach it, so that it can stop what it started. */
function run(args) {
  return new Promise((resolve) => {
    const child = spawn(node, ["--disable-warning=ExperimentalWarning", ...args], { stdio: "inherit" });
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
    child.on("error", (error) =>
      refuse(`the pinned Node could not be started: ${error.message}`, "delete node_modules and run the command again"),
    );
    child.on("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 143)));
  });
}

const [command, ...args] = process.argv.slice(2);
if (command === "clean") {
  // Removal must work even when node_modules is broken, so it is done here; a running local Scaleway is stopped first.
  if (installed()) await run([join(root, "cli", "main.ts"), "local", "stop", "--quiet"]);
  const cache = process.env.BASTIDE_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "bastide");
  const made = ["out", ".bastide", "node_modules"].map((name) => join(root, name));
  for (const path of args.includes("--cache") ? [...made, cache] : made) rmSync(path, { recursive: true, force: true });
  say(
    args.includes("--cache")
      ? `bastide: removed out/, .bastide/, node_modules/ and ${cache}`
      : "bastide: removed out/, .bastide/ and node_modules/; `npm run clean -- --cache` removes the built toolchain too",
  );
  process.exit(0);
}
if (!installed()) await install();
process.exit(
  await (command === "test"
    ? run([join(root, "test", "run.ts"), ...args])
    : run([join(root, "cli", "main.ts"), ...process.argv.slice(2)])),
);
