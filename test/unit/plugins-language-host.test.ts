import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import languageService from "@pulumi/pulumi/proto/language_grpc_pb.js";
import language from "@pulumi/pulumi/proto/language_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveHost } from "../../local/plugins/language-nodejs/host.ts";
import { runtimeOptions } from "../../local/plugins/language-nodejs/options.ts";
import { programDependencies, requiredPlugins } from "../../local/plugins/language-nodejs/packages.ts";
import { repoRoot } from "../harness/built-toolchain.ts";

let program: string;
beforeAll(() => {
  program = mkdtempSync(join(tmpdir(), "bastide-program-"));
  const write = (path: string, content: unknown): void => {
    mkdirSync(dirname(join(program, path)), { recursive: true });
    writeFileSync(join(program, path), JSON.stringify(content));
  };
  write("package.json", {
    dependencies: { "@acme/cloud": "^1.0.0", plain: "*", absent: "2.x" },
    devDependencies: { tool: "3" },
  });
  write("package-lock.json", {
    packages: {
      "": {},
      "node_modules/plain": { version: "9.1.0" },
      "node_modules/a/node_modules/@b/c": { version: "0.1.0" },
    },
  });
  write("node_modules/@acme/cloud/package.json", {
    version: "1.2.3",
    pulumi: { resource: true, name: "acme", server: "github://somewhere" },
  });
  write("node_modules/plain/package.json", { version: "9.1.0" });
});
afterAll(() => rmSync(program, { recursive: true }));

describe("what a program depends on", () => {
  it("names resource plug-ins by their packages", () => {
    expect(requiredPlugins(program)).toEqual([{ name: "acme", version: "1.2.3" }]);
    expect(
      requiredPlugins(repoRoot)
        .map((p) => p.name)
        .sort(),
    ).toEqual(expect.arrayContaining(["random", "scaleway"]));
  });
  it("lists direct packages by what is installed, transitive ones by the lock", () => {
    expect(programDependencies(program, false)).toEqual([
      { name: "tool", version: "3" },
      { name: "@acme/cloud", version: "1.2.3" },
      { name: "plain", version: "9.1.0" },
      { name: "absent", version: "2.x" },
    ]);
    expect(programDependencies(program, true)).toEqual([
      { name: "plain", version: "9.1.0" },
      { name: "@b/c", version: "0.1.0" },
    ]);
  });
});

describe("runtime options", () => {
  const of = (options: Record<string, string | boolean>): unknown =>
    runtimeOptions(struct.Struct.fromJavaScript(options));
  it("have the official defaults", () =>
    expect(runtimeOptions(undefined)).toEqual({ typescript: true, nodeargs: [], tsconfig: undefined }));
  it("are read", () =>
    expect(of({ typescript: false, nodeargs: "--a  --b=1" })).toMatchObject({
      typescript: false,
      nodeargs: ["--a", "--b=1"],
    }));
  it("are refused by name", () => {
    expect(() => of({ typescript: "no" })).toThrow(/typescript: want true or false/);
    expect(() => of({ bun: true })).toThrow(/runtime option bun/);
  });
});

describe("the host on the wire", () => {
  let client: InstanceType<typeof languageService.LanguageRuntimeClient>;
  beforeAll(async () => {
    const port = await serveHost({ engineAddress: "127.0.0.1:1", version: "3.270.0" });
    client = new languageService.LanguageRuntimeClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  });
  afterAll(() => client.close());
  const info = (): InstanceType<typeof language.ProgramInfo> =>
    new language.ProgramInfo().setProgramDirectory(program).setRootDirectory(program).setEntryPoint("index.js");

  it("gives the engine no address to download from", async () => {
    const request = new language.GetRequiredPackagesRequest().setInfo(info());
    const answer = await new Promise<{ getPackagesList(): { toObject(): object }[] }>((resolve, reject) =>
      client.getRequiredPackages(request, (error, value) => (error ? reject(error) : resolve(value))),
    );
    expect(answer.getPackagesList().map((p) => p.toObject())).toMatchObject([
      { name: "acme", version: "1.2.3", kind: "resource", server: "" },
    ]);
  });

  it("says that the SDK is missing, instead of running", async () => {
    const request = new language.RunRequest().setInfo(info()).setPwd(program).setMonitorAddress("127.0.0.1:1");
    const failure = await new Promise<grpc.ServiceError | null>((resolve) => client.run(request, resolve));
    expect(failure?.details).toMatch(/SDK is not installed for .*npm ci/);
  });

  it("refuses to install, and says what to run", async () => {
    const stream = client.installDependencies(new language.InstallDependenciesRequest().setDirectory(program));
    const failure = await new Promise<Error>((resolve) => stream.on("error", resolve).on("data", () => undefined));
    expect(failure).toMatchObject({
      code: grpc.status.FAILED_PRECONDITION,
      details: expect.stringContaining(`npm ci in ${program}`),
    });
  });

  it("refuses to generate, and says who does", async () => {
    const failure = await new Promise<grpc.ServiceError | null>((resolve) =>
      client.pack(new language.PackRequest(), resolve),
    );
    expect(failure).toMatchObject({
      code: grpc.status.UNIMPLEMENTED,
      details: expect.stringContaining("official pulumi-language-nodejs"),
    });
  });
});

describe("launching", () => {
  it("finds no TypeScript that Pulumi's policy runner would hand to ts-node and die of", () => {
    const sdk = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json"));
    expect(() => sdk.resolve("typescript")).toThrow(/Cannot find module/);
  });

  it("tells the engine, in its words, when a pack has no policy runner", () => {
    const launcher = join(repoRoot, "local/plugins/analyzer-policy-nodejs/main.ts");
    const run = spawnSync(process.execPath, [launcher, "127.0.0.1:1", "."], { cwd: program, encoding: "utf8" });
    expect(run.status).toBe(1);
    expect(run.stderr).toContain("Cannot find module '@pulumi/pulumi/cmd/run-policy-pack'");
  });

  it("starts the first-party plug-in under Node 24, wherever it is called from", () => {
    const run = spawnSync(join(repoRoot, "plugins/bastide/pulumi-resource-bastide"), ["-version"], {
      cwd: program,
      encoding: "utf8",
      env: { PATH: "/usr/bin:/bin" },
    });
    expect(run).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });
});
