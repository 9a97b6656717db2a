import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { KUBERNETES_VERSION } from "../../components/platform/kubernetes-provider.ts";
import { goParts, PURPOSES } from "../../local/toolchain/parts.ts";
import { versions } from "../../local/toolchain/versions.ts";
import { builtToolchain, repoRoot } from "../harness/built-toolchain.ts";

const goMod = (part: string): string =>
  readFileSync(join(repoRoot, "local", "toolchain", "go", part, "go.mod"), "utf8");
const packageJson = JSON.parse(readFileSync(join(repoRoot, "package.json"), "utf8"));

describe("one version, wherever it is written", () => {
  test("go.mod pins what versions.ts says", () => {
    expect(goMod("engine")).toContain(`github.com/pulumi/pulumi/pkg/v3 v${versions.engine}\n`);
    expect(goMod("scaleway")).toContain(
      `github.com/scaleway/terraform-provider-scaleway/v2 v${versions.scalewayUpstream}\n`,
    );
    expect(goMod("kubernetes")).toContain(`require k8s.io/kubernetes v${versions.kubernetes}\n`);
    expect(goMod("etcd")).toContain(`require go.etcd.io/etcd/server/v3 v${versions.etcd}\n`);
    expect(goMod("kwok")).toContain(`require sigs.k8s.io/kwok v${versions.kwok}\n`);
    expect(goMod("crane")).toContain(`require github.com/google/go-containerregistry v${versions.crane}\n`);
    expect(goMod("opa")).toContain(`require github.com/open-policy-agent/opa v${versions.opa}\n`);
    expect(goMod("registry")).toContain(`require github.com/distribution/distribution/v3 v${versions.registry}\n`);
  });

  test("the API server's staging modules are of its own minor and patch", () => {
    const replaced = [...goMod("kubernetes").matchAll(/^\tk8s\.io\/\S+ => k8s\.io\/\S+ v0\.(\S+)$/gm)];
    expect(replaced.length).toBeGreaterThan(25);
    expect(new Set(replaced.map((m) => `1.${m[1]}`))).toEqual(new Set([versions.kubernetes]));
    // The store speaks the protocol of the client that is compiled into the API server.
    expect(goMod("kubernetes")).toContain(`go.etcd.io/etcd/client/v3 v${versions.etcd} // indirect\n`);
  });

  test("sources ask for no newer Go than the toolchain does", () => {
    for (const { source } of goParts) {
      const asked = /^go (\d+\.\d+)/m.exec(goMod(source))?.[1];
      expect(Number(asked?.split(".")[1])).toBeLessThanOrEqual(Number(versions.go.split(".")[1]));
    }
  });

  test("the npm packages are of the same versions, exactly pinned", () => {
    expect(packageJson.dependencies["@pulumiverse/scaleway"]).toBe(versions.scaleway);
    expect(packageJson.dependencies["@pulumi/kubernetes"]).toBe(versions.kubernetesSdk);
    expect(KUBERNETES_VERSION).toBe(versions.kubernetesSdk);
    expect(packageJson.dependencies["@pulumi/random"]).toMatch(new RegExp(`^${versions.randomMajor}\\.`));
  });

  test("the built programs say them", async () => {
    const { binDir, env, programs } = await builtToolchain(PURPOSES);
    const ask = (name: string, ...args: string[]): string =>
      execFileSync(join(binDir, name), args, { encoding: "utf8", env: { ...process.env, ...env() } }).trim();
    expect(ask("pulumi", "version")).toBe(`v${versions.engine}`);
    expect(ask("pulumi-resource-scaleway", "-version")).toBe(versions.scaleway);
    expect(ask("pulumi-resource-kubernetes", "-version")).toBe(versions.kubernetesSdk);
    const say = (name: string): string => execFileSync(programs.get(name) ?? name, ["--version"], { encoding: "utf8" });
    for (const program of ["kube-apiserver", "kube-controller-manager", "kube-scheduler"])
      expect(say(program), program).toBe(`Kubernetes v${versions.kubernetes}\n`);
    expect(say("etcd")).toContain(`etcd Version: ${versions.etcd}\n`);
    expect(say("kwok")).toContain(`kwok version v${versions.kwok} `);
    expect(say("registry")).toContain(` v${versions.registry}\n`);
    expect(execFileSync(programs.get("crane") ?? "crane", ["version"], { encoding: "utf8" })).toBe(
      `v${versions.crane}\n`,
    );
  });
});
