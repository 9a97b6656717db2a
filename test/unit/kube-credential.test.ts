import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const program = join(import.meta.dirname, "../../cli/kube-credential.ts");
const run = (env: Readonly<Record<string, string>>) =>
  spawnSync(process.execPath, [program], { env: { PATH: process.env.PATH ?? "", ...env }, encoding: "utf8" });

describe("bastide-kube-credential", () => {
  it("hands over the caller's secret key as a kubeconfig's exec plug-in does", () => {
    const { status, stdout } = run({ SCW_SECRET_KEY: "11111111-2222-4333-8444-555555555555" });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      apiVersion: "client.authentication.k8s.io/v1",
      kind: "ExecCredential",
      status: { token: "11111111-2222-4333-8444-555555555555" },
    });
  });

  it("prints nothing and fails where there is no key", () => {
    const { status, stdout, stderr } = run({});
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("SCW_SECRET_KEY");
  });
});
