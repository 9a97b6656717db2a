import { execFile } from "node:child_process";
import { cp, mkdir } from "node:fs/promises";
import { basename, join, sep } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { toolError } from "../../../kernel/errors.ts";

/** The Terraform provider whose acceptance tests judge the local Scaleway; the same version that the toolchain bridges. */
export const PROVIDER = { path: "github.com/scaleway/terraform-provider-scaleway/v2", version: "v2.80.0" } as const;

const run = promisify(execFile);
const downloaded = z.object({ Dir: z.string() });

/** Settings under which the tests compile alike everywhere: no C compiler, no other Go, nobody's flags. */
export const GO_ENVIRONMENT: Readonly<Record<string, string>> = {
  CGO_ENABLED: "0",
  GOTOOLCHAIN: "local",
  GOWORK: "off",
  GOFLAGS: "-mod=readonly",
};

/** Folder of the module's sources in Go's module cache, fetched (and checked against Go's checksums) when absent. */
export async function providerModule(): Promise<string> {
  try {
    const { stdout } = await run("go", ["mod", "download", "-json", `${PROVIDER.path}@${PROVIDER.version}`], {
      cwd: sep,
      env: { ...process.env, ...GO_ENVIRONMENT },
    });
    return downloaded.parse(JSON.parse(stdout)).Dir;
  } catch (error) {
    throw toolError(
      "the provider's acceptance tests cannot be had",
      [
        {
          code: "conformance.provider-missing",
          path: "go mod download",
          got: error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error),
          want: `${PROVIDER.path} ${PROVIDER.version}`,
          fix: "put Go 1.26 or later on PATH, with a module proxy that it reaches",
        },
      ],
      error,
    );
  }
}

const isRecording = (path: string): boolean => basename(path).includes(".cassette.yaml");

/** Copies sources out of the read-only module cache, without the recordings: the tests run live and write their own. */
export async function copySources(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await cp(from, to, { recursive: true, filter: (source) => !isRecording(source) });
  await run("chmod", ["-R", "u+w", to]);
}

/** Folder of a service's tests inside the module. */
export const serviceFolder = (module: string, service: string): string => join(module, "internal", "services", service);
