import { stateStatements } from "./access.ts";
import { planBucket } from "./bucket.ts";
import type { PlanContext } from "./context.ts";
import { planApiKeys } from "./credentials.ts";
import { ORGANIZATION_SETS, STATE_SETS } from "./deployer.ts";
import { STATE_FORMAT } from "./format.ts";
import { planKey } from "./keys.ts";
import type { BootstrapSpec } from "./model/blueprint.ts";
import { keyOf } from "./naming.ts";
import { DEPLOYER_KEY } from "./principals.ts";

/** What must exist before the rest: the state's bucket and key, and the deployer. Applied once, by a person. */
export function planBootstrap(context: PlanContext): BootstrapSpec {
  const region = context.home.name;
  const onlyFrom = context.settings.admin.sources;
  const projectKey = "bootstrap-project";
  const stateKey = planKey(context, {
    key: "bootstrap-state-key",
    region,
    purpose: "state",
    project: "bootstrap",
    description: "State of the engine",
    tier: "admin",
  });
  return {
    format: STATE_FORMAT,
    region,
    project: { key: projectKey, name: context.name(projectKey), description: "State of the engine, and who deploys" },
    stateKey,
    stateBucket: planBucket(context, {
      key: "bootstrap-state",
      use: "state",
      region,
      project: "bootstrap",
      encryptionKey: stateKey.key,
      statements: stateStatements(),
    }),
    deployer: {
      ...context.planned(DEPLOYER_KEY, { tier: "admin" }),
      description: "Makes and changes everything that the plan names; reads no data, no secret, no key",
    },
    deployerPolicy: {
      ...context.planned("bootstrap-policy-deployer", { tier: "admin" }),
      description: "Identities, projects, the audit trail's export, and the engine's state",
      principal: { kind: "application", key: DEPLOYER_KEY },
      rules: [
        { permissionSets: ORGANIZATION_SETS, projects: [], organization: true, onlyFrom },
        { permissionSets: STATE_SETS, projects: ["bootstrap"], onlyFrom },
        {
          permissionSets: ["KeyManagerKeyDecrypt", "KeyManagerKeyEncrypt"],
          projects: ["bootstrap"],
          onlyKeys: [stateKey.key],
          onlyFrom,
        },
      ],
    },
    deployerKeys: planApiKeys(context, {
      key: keyOf("bootstrap", "key", "deployer"),
      application: DEPLOYER_KEY,
      project: "bootstrap",
      of: "deployer",
    }),
  };
}
