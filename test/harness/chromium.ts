import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type BrowserContext, type BrowserContextOptions, chromium } from "playwright-core";
import { repository } from "./pages.ts";

/** What a browser is called on Linux distributions, the system's own first. */
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"] as const;

const onPath = (): string | undefined =>
  (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((file) => existsSync(file));

const isDebian = (): boolean =>
  existsSync("/etc/os-release") && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync("/etc/os-release", "utf8"));

/**
 * A Chromium: the one on PATH, else Debian's, installed where that is allowed (as root) and announced. Elsewhere it throws with the name
 * of the package: a layer without its browser fails, it is never skipped.
 */
export function chromiumPath(): string {
  const found = onPath();
  if (found !== undefined) return found;
  if (isDebian() && process.getuid?.() === 0) {
    process.stderr.write("no Chromium on PATH: installing Debian's package `chromium` (about 100 MB)\n");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", ["update"], { stdio: "ignore", env });
    execFileSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { stdio: "ignore", env });
    const installed = onPath();
    if (installed !== undefined) return installed;
  }
  throw new Error(
    "no Chromium on PATH: install the package `chromium` (apt-get install chromium, dnf install chromium)",
  );
}

const FLAGS = [
  ...[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
  ],
  ...["--disable-component-update", "--disable-sync"],
];

export interface Browser {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

/** A browser of its own with an empty profile. Nothing of it is kept. */
export async function openBrowser(options: BrowserContextOptions = {}): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), "bastide-chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    ...options,
    executablePath: chromiumPath(),
    headless: true,
    args: FLAGS,
  });
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** Where a screenshot is kept for people to look at; not in git. */
export function screenshotFile(name: string): string {
  const folder = join(repository, ".bastide", "test", "screenshots");
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.png`);
}
