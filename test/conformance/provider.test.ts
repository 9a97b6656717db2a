import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { judgeService } from "../../local/scaleway/conformance/judge-service.ts";
import { providerModule } from "../../local/scaleway/conformance/provider-module.ts";
import type { Service } from "../../local/scaleway/conformance/service.ts";
import { terraform } from "../../local/scaleway/conformance/terraform.ts";
import { testBinaries } from "../../local/scaleway/conformance/test-binary.ts";

/** A quick sample of what `npm run conformance` runs in full: the provider's own acceptance tests, live. */
const SAMPLE = {
  vpc: ["TestAccVPC_Basic", "TestAccVPCPrivateNetwork_Basic"],
  ipam: ["TestAccIPAMIP_Basic"],
  vpcgw: ["TestAccVPCPublicGatewayIP_Basic"],
  object: ["TestAccObjectBucket_ObjectLock"],
  keymanager: ["TestAccKeyManagerKey_Basic", "TestAccDataSourceVerify_Basic"],
  k8s: ["TestAccACL_RulesOrder"],
  iam: ["TestAccPolicy_Condition", "TestAccUser_Member"],
  secret: ["TestAccSecret_Protected"],
  cockpit: ["TestAccToken_Basic"],
} as const satisfies Partial<Record<Service, readonly string[]>>;
const services = Object.keys(SAMPLE) as (keyof typeof SAMPLE)[];

const BUILD_MS = 25 * 60_000;
const TEST_MS = 3 * 60_000;

describe("the provider's acceptance tests against the local Scaleway", () => {
  const logs = mkdtempSync(join(tmpdir(), "bastide-provider-test-"));
  let module: string;
  let program: string;
  let binaries: ReadonlyMap<Service, string>;

  beforeAll(async () => {
    module = await providerModule();
    const say = (line: string): void => void process.stdout.write(`${line}\n`);
    binaries = await testBinaries(module, services, say);
    program = await terraform(say);
  }, BUILD_MS);
  afterAll(() => rmSync(logs, { recursive: true, force: true }));

  it.each(services)(
    "%s",
    async (service) => {
      const wanted: readonly string[] = SAMPLE[service];
      const binary = binaries.get(service) ?? "";
      const matches = (test: string): boolean => wanted.includes(test);
      const result = await judgeService({ service, module, binary, terraform: program, logs, parallel: 2, matches });
      expect(result.failed).toEqual([]);
      expect([...result.passed].sort()).toEqual([...wanted].sort());
    },
    TEST_MS,
  );
});
