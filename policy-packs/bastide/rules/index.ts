import type { Rule } from "../../../judge/kit/rule.ts";
import { controlPlanesAdmitNamedSources } from "./isolation/control-planes-admit-named-sources.ts";
import { dataNetworksLearnNoDefaultRoute } from "./isolation/data-networks-learn-no-default-route.ts";
import { nodesHaveNoPublicAddress } from "./isolation/nodes-have-no-public-address.ts";
import { healthBucketsAreEncryptedWithOwnKeys } from "./keys/health-buckets-are-encrypted-with-own-keys.ts";
import { resourcesRestInTheJurisdiction } from "./locality/resources-rest-in-the-jurisdiction.ts";

/** The pack's only list of rules. Its ids are committed apart (`ids.ts`), so that a rule can't get lost unnoticed. */
export const rules: readonly Rule[] = [
  resourcesRestInTheJurisdiction,
  nodesHaveNoPublicAddress,
  dataNetworksLearnNoDefaultRoute,
  controlPlanesAdmitNamedSources,
  healthBucketsAreEncryptedWithOwnKeys,
];
