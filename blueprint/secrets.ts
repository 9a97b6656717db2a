import type { RegionFact } from "../stacks/catalogue.ts";
import type { PlanContext } from "./context.ts";
import { dataProject } from "./keys.ts";
import type { Key } from "./model/common.ts";
import type { ApiKeySpec } from "./model/identity.ts";
import type { SecretSpec, SecretsSpec } from "./model/storage.ts";
import { keyOf } from "./naming.ts";
import { applicationKey, principals } from "./principals.ts";

export const customerSecretKey = (region: string, domain: string): Key => keyOf("secrets", region, "customer", domain);

/** 256 bits, the size of an AES-256 key. */
const CUSTOMER_KEY_BYTES = 32;

/**
 * Secrets of one region: the customer keys of the domains, in every region, because a replica that can't be decrypted once
 * its home is lost is no replica; and both API keys of each application, beside the workloads that use them.
 */
export function planSecrets(context: PlanContext, region: RegionFact, apiKeys: readonly ApiKeySpec[]): SecretsSpec {
  return {
    region: region.name,
    secrets: [
      ...customerKeys(context, region),
      ...keyPairs(context, region, apiKeys),
      ...platformSecrets(context, region),
    ],
  };
}

function customerKeys(context: PlanContext, region: RegionFact): readonly SecretSpec[] {
  return context.domains
    .filter((domain) => domain.customerEncryption !== undefined)
    .map((domain) => ({
      ...context.planned(customerSecretKey(region.name, domain.name), {
        tier: "data",
        dataClass: domain.dataClass,
        owner: domain.owner,
      }),
      region: region.name,
      project: dataProject(domain),
      path: `/domains/${domain.name}`,
      description: `Customer key of ${domain.name}`,
      content:
        region === context.home
          ? { kind: "random-bytes", length: CUSTOMER_KEY_BYTES }
          : { kind: "same-as", secret: customerSecretKey(context.home.name, domain.name) },
    }));
}

function keyPairs(context: PlanContext, region: RegionFact, apiKeys: readonly ApiKeySpec[]): readonly SecretSpec[] {
  return principals(context).flatMap((principal) =>
    apiKeys
      .filter((apiKey) => apiKey.application === applicationKey(principal.name))
      .map(
        (apiKey): SecretSpec => ({
          ...context.planned(keyOf("secrets", region.name, principal.name, apiKey.slot), {
            tier: principal.tier,
            dataClass: principal.raw ? "health-raw" : "technical",
          }),
          region: region.name,
          project: principal.raw ? "data-raw" : "network",
          path: `/applications/${principal.name}`,
          description: `Secret half of the API key in slot ${apiKey.slot} of ${principal.name}`,
          content: { kind: "api-key", apiKey: apiKey.key },
        }),
      ),
  );
}

/**
 * Secrets that parts of the platform share among themselves, each random and the same in every region. They lie beside the customer
 * keys, where the applications that work with the data may read: those of `network` open every application's own key.
 */
export const PLATFORM_SECRETS = ["database", "catalog", "trino", "mlflow"] as const;
export type PlatformSecret = (typeof PLATFORM_SECRETS)[number];

export const platformSecretKey = (region: string, name: PlatformSecret): Key =>
  keyOf("secrets", region, "platform", name);

const PLATFORM_SECRET_LENGTH = 40;

const platformSecrets = (context: PlanContext, region: RegionFact): readonly SecretSpec[] =>
  PLATFORM_SECRETS.map((name) => ({
    ...context.planned(platformSecretKey(region.name, name), { tier: "compute" }),
    region: region.name,
    project: "data",
    path: "/platform",
    description: `Shared secret of the platform's ${name}`,
    content:
      region === context.home
        ? { kind: "random-password", length: PLATFORM_SECRET_LENGTH }
        : { kind: "same-as", secret: platformSecretKey(context.home.name, name) },
  }));
