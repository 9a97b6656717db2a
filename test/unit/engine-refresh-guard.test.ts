import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refreshStack } from "../../cli/engine/refresh.ts";
import type { Run, Stack } from "../../cli/engine/stack.ts";
import { type LocalScaleway, startLocalScaleway } from "../../local/scaleway/server.ts";

/**
 * The provider takes 403 for "gone". The engine is played, with what its refresh leaves in the state; the store that is asked again is
 * the local Scaleway, through the same child process as in a real run.
 */
const TYPE = "scaleway:object/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const URN = `urn:pulumi:e.foundation::bastide::${TYPE}::vault-encryption`;
const dataDir = mkdtempSync(join(tmpdir(), "bastide-refresh-guard-"));
let local: LocalScaleway;

beforeAll(async () => {
  local = await startLocalScaleway({ dataDir });
});
afterAll(async () => {
  await local.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Seen from outside: the child finds the local Scaleway by its environment, as the engine's providers do. */
async function call(script: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
    env: { ...local.env },
    cwd: import.meta.dirname,
  });
  return stdout;
}

/** A bucket of the default project, and a key of an application that may do nothing. */
const SETTING = `
  import { AwsClient } from "aws4fetch";
  const { SCW_ACCESS_KEY: accessKeyId, SCW_SECRET_KEY: secret, SCW_DEFAULT_ORGANIZATION_ID: organization_id } = process.env;
  const s3 = new AwsClient({ accessKeyId, secretAccessKey: secret, region: "fr-par", service: "s3" });
  const bucket = "https://vault.s3.fr-par.scw.cloud/";
  const must = async (answer) => { const text = await answer.text(); if (!answer.ok) throw new Error(text); return text; };
  await must(await s3.fetch(bucket, { method: "PUT" }));
  const api = async (path, body) => JSON.parse(await must(await fetch("https://api.scaleway.com/iam/v1alpha1/" + path, {
    method: "POST", headers: { "X-Auth-Token": secret, "content-type": "application/json" }, body: JSON.stringify(body) })));
  const { id } = await api("applications", { name: "nobody", organization_id });
  const { access_key, secret_key } = await api("api-keys", { application_id: id, description: "" });
  process.stdout.write(JSON.stringify({ SCW_ACCESS_KEY: access_key, SCW_SECRET_KEY: secret_key }));`;

const state = (resources: readonly unknown[]): string => JSON.stringify({ version: 3, deployment: { resources } });
const encryption = () => ({
  urn: URN,
  type: TYPE,
  custom: true,
  id: "fr-par/vault",
  inputs: { bucket: "vault", region: "fr-par", projectId: local.env.SCW_DEFAULT_PROJECT_ID },
  outputs: {},
});

const ENDED: Run = { code: 0, events: [], refusals: [], errors: [], changes: { delete: 1 }, stdout: "", stderr: "" };

/** An engine whose refresh took the encryption for gone. */
function engine() {
  const before = state([encryption()]);
  const imported: string[] = [];
  let refreshes = 0;
  let now = before;
  const never = (): never => {
    throw new Error("not asked in a refresh");
  };
  const stack: Stack = {
    name: "e.foundation",
    ensure: never,
    preview: never,
    up: never,
    destroy: never,
    command: never,
    refresh: async () => {
      refreshes += 1;
      now = state([]);
      return ENDED;
    },
    exportState: async () => now,
    importState: async (text) => {
      imported.push(text);
      now = text;
    },
  };
  return { stack, imported, before, refreshes: () => refreshes };
}

describe("a refresh after which an encryption is gone from the state", () => {
  it("that this key may not read is stopped, and the state is as before", async () => {
    const key: Readonly<Record<string, string>> = JSON.parse(await call(SETTING));
    const { stack, imported, before } = engine();
    const context = { pulumi: "", env: { ...local.env, ...key } };
    await expect(refreshStack(stack, context, () => undefined)).rejects.toThrow(/refresh\.unreadable[\s\S]*403/);
    expect(imported).toEqual([before]);
    expect(await stack.exportState()).toBe(before);
  });
  it("that really is gone is told, and the state forgets it", async () => {
    const { stack, imported } = engine();
    const told = await refreshStack(stack, { pulumi: "", env: local.env }, () => undefined);
    expect(told.gone).toEqual(["vault-encryption"]);
    expect(imported).toEqual([]);
  });
});

describe("a refresh while a region is away", () => {
  it("is refused before the engine asks for anything, and goes on once the region is back", async () => {
    const context = { pulumi: "", env: local.env };
    const { stack, imported, refreshes } = engine();
    local.controls.carryOut({ do: "lose", locality: "fr-par" });
    const refused = expect(refreshStack(stack, context, () => undefined)).rejects;
    await refused.toThrow(/fr-par\s+\[refresh\.region-silent\][\s\S]*fix: /);
    expect([refreshes(), imported]).toEqual([0, []]);
    local.controls.carryOut({ do: "regain", locality: "fr-par" });
    await refreshStack(stack, context, () => undefined);
    expect(refreshes()).toBe(1);
  }, 60_000);
  it("goes on when it is another one's region", async () => {
    const { stack, refreshes } = engine();
    local.controls.carryOut({ do: "lose", locality: "nl-ams" });
    await refreshStack(stack, { pulumi: "", env: local.env }, () => undefined);
    local.controls.carryOut({ do: "regain", locality: "nl-ams" });
    expect(refreshes()).toBe(1);
  });
  it("goes on when the key may not look at the region's networks: that is an answer", async () => {
    const key: Readonly<Record<string, string>> = JSON.parse(await call(SETTING.replaceAll("vault", "other-vault")));
    const { stack, refreshes } = engine();
    await expect(refreshStack(stack, { pulumi: "", env: { ...local.env, ...key } }, () => undefined)).rejects.toThrow(
      /refresh\.unreadable/,
    );
    expect(refreshes()).toBe(1);
  });
});
