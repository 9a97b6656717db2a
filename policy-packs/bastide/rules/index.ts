import type { Rule } from "../../../judge/kit/rule.ts";
import { byText } from "../../../kernel/order.ts";
import { administrationEntersByABastion } from "./access/administration-enters-by-a-bastion.ts";
import { administratorsComeFromKnownPlaces } from "./access/administrators-come-from-known-places.ts";
import { apiKeysBelongToApplicationsAndEnd } from "./access/api-keys-belong-to-applications-and-end.ts";
import { bucketsNameWhoMayDoWhat } from "./access/buckets-name-who-may-do-what.ts";
import { incompatibleDutiesAreApart } from "./access/incompatible-duties-are-apart.ts";
import { nobodyGathersIncompatibleDuties } from "./access/nobody-gathers-incompatible-duties.ts";
import { nothingIsOpenToEverybody } from "./access/nothing-is-open-to-everybody.ts";
import { rightsGoToGroupsAndApplications } from "./access/rights-go-to-groups-and-applications.ts";
import { workloadsHoldNoWideGrant } from "./access/workloads-hold-no-wide-grant.ts";
import { healthDataAreInProductionOnly } from "./classification/health-data-are-in-production-only.ts";
import { rawAndPseudonymousStayApart } from "./classification/raw-and-pseudonymous-stay-apart.ts";
import { resourcesAreClassified } from "./classification/resources-are-classified.ts";
import { databasesComeThroughLoss } from "./continuity/databases-come-through-loss.ts";
import { failoverStaysInTheJurisdiction } from "./continuity/failover-stays-in-the-jurisdiction.ts";
import { healthBucketsKeepVersionsAndBackupsAreLocked } from "./continuity/health-buckets-keep-versions-and-backups-are-locked.ts";
import { healthDataHaveAnIndependentCopy } from "./continuity/health-data-have-an-independent-copy.ts";
import { noZoneTakesAServiceAlong } from "./continuity/no-zone-takes-a-service-along.ts";
import { regionLossIsCovered } from "./continuity/region-loss-is-covered.ts";
import { restoresAreTried } from "./continuity/restores-are-tried.ts";
import { servicesSpanTwoZones } from "./continuity/services-span-two-zones.ts";
import { stateHasAnOfflineCopy } from "./continuity/state-has-an-offline-copy.ts";
import { blindSpotsAreFew } from "./evidence/blind-spots-are-few.ts";
import { decidingPropertiesAreKnown } from "./evidence/deciding-properties-are-known.ts";
import { lossesAreAgreedTo } from "./evidence/losses-are-agreed-to.ts";
import { sensitiveThingsAreCovered } from "./evidence/sensitive-things-are-covered.ts";
import { thePipelineIsInThePerimeter } from "./evidence/the-pipeline-is-in-the-perimeter.ts";
import { whatNoResourceShowsIsAttested } from "./evidence/what-no-resource-shows-is-attested.ts";
import { dataReachesNoInternet } from "./graph/data-reaches-no-internet.ts";
import { dataRestInTheJurisdictions } from "./graph/data-rest-in-the-jurisdictions.ts";
import { flowsEqualTheDeclared } from "./graph/flows-equal-the-declared.ts";
import { nothingEntersBesideTheDoors } from "./graph/nothing-enters-beside-the-doors.ts";
import { nothingLeavesBesideTheAirlock } from "./graph/nothing-leaves-beside-the-airlock.ts";
import { spacesAreApart } from "./graph/spaces-are-apart.ts";
import { thirdPartiesAreRegistered } from "./graph/third-parties-are-registered.ts";
import { RULE_IDS } from "./ids.ts";
import { controlPlanesAdmitNamedSources } from "./isolation/control-planes-admit-named-sources.ts";
import { dataNetworksLearnNoDefaultRoute } from "./isolation/data-networks-learn-no-default-route.ts";
import { entrancesStandInDmz } from "./isolation/entrances-stand-in-dmz.ts";
import { healthRunsOnEligibleOffers } from "./isolation/health-runs-on-eligible-offers.ts";
import { healthStaysOnListedProducts } from "./isolation/health-stays-on-listed-products.ts";
import { healthVolumesAreEncrypted } from "./isolation/health-volumes-are-encrypted.ts";
import { managedServicesArePrivate } from "./isolation/managed-services-are-private.ts";
import { nodesHaveNoPublicAddress } from "./isolation/nodes-have-no-public-address.ts";
import { nothingJoinsZonesUndeclared } from "./isolation/nothing-joins-zones-undeclared.ts";
import { oneWayOut } from "./isolation/one-way-out.ts";
import { permitsShareNothing } from "./isolation/permits-share-nothing.ts";
import { securityGroupsDropByDefault } from "./isolation/security-groups-drop-by-default.ts";
import { trafficIsEncrypted } from "./isolation/traffic-is-encrypted.ts";
import { vpcsDropByDefault } from "./isolation/vpcs-drop-by-default.ts";
import { customersEncryptHealthDataThemselves } from "./keys/customers-encrypt-health-data-themselves.ts";
import { healthBucketsAreEncryptedWithOwnKeys } from "./keys/health-buckets-are-encrypted-with-own-keys.ts";
import { keepsakesResistDeletion } from "./keys/keepsakes-resist-deletion.ts";
import { keyCustodyIsAttested } from "./keys/key-custody-is-attested.ts";
import { keysAreStrongAndRotate } from "./keys/keys-are-strong-and-rotate.ts";
import { keysLiveWithTheirData } from "./keys/keys-live-with-their-data.ts";
import { oneKeyForEachPurpose } from "./keys/one-key-for-each-purpose.ts";
import { secretsAreSuppliedNotWritten } from "./keys/secrets-are-supplied-not-written.ts";
import { admissionIsDeclared } from "./kubernetes/admission-is-declared.ts";
import { clustersStaySupported } from "./kubernetes/clusters-stay-supported.ts";
import { namespacesDenyByDefault } from "./kubernetes/namespaces-deny-by-default.ts";
import { namespacesEnforcePodSecurity } from "./kubernetes/namespaces-enforce-pod-security.ts";
import { podsAreRestricted } from "./kubernetes/pods-are-restricted.ts";
import { rightsAreLeast } from "./kubernetes/rights-are-least.ts";
import { secretsComeAsFiles } from "./kubernetes/secrets-come-as-files.ts";
import { servicesOpenNoPublicDoor } from "./kubernetes/services-open-no-public-door.ts";
import { healthObjectsStayInStandardClasses } from "./locality/health-objects-stay-in-standard-classes.ts";
import { onlyListedProviders } from "./locality/only-listed-providers.ts";
import { placesAreWritten } from "./locality/places-are-written.ts";
import { resourcesRestInTheJurisdiction } from "./locality/resources-rest-in-the-jurisdiction.ts";
import { stateStaysInThePerimeter } from "./locality/state-stays-in-the-perimeter.ts";
import { telemetryStaysWithListedHosts } from "./locality/telemetry-stays-with-listed-hosts.ts";
import { exposedAndSensitiveThingsAreWatched } from "./logging/exposed-and-sensitive-things-are-watched.ts";
import { logArchivesAreImmutableAndApart } from "./logging/log-archives-are-immutable-and-apart.ts";
import { logsAreKeptAYear } from "./logging/logs-are-kept-a-year.ts";
import { migratedSetsAreCompared } from "./migration/migrated-sets-are-compared.ts";
import { resultsLeaveByTheAirlock } from "./migration/results-leave-by-the-airlock.ts";
import { statefulThingsNameTheirExit } from "./migration/stateful-things-name-their-exit.ts";
import { transfersEnd } from "./migration/transfers-end.ts";
import { PROVEN } from "./proven.data.ts";
import { imagesComeFromOwnRegistries } from "./supply-chain/images-come-from-own-registries.ts";
import { nothingEscapesTheGraph } from "./supply-chain/nothing-escapes-the-graph.ts";
import { onlyCanonicalTypes } from "./supply-chain/only-canonical-types.ts";
import { packagesArePinned } from "./supply-chain/packages-are-pinned.ts";
import { trapRules } from "./traps/all.ts";

/** The pack's only list of rules. */
export const rules: readonly Rule[] = [
  resourcesRestInTheJurisdiction,
  healthObjectsStayInStandardClasses,
  onlyListedProviders,
  resourcesAreClassified,
  failoverStaysInTheJurisdiction,
  onlyCanonicalTypes,
  decidingPropertiesAreKnown,
  nodesHaveNoPublicAddress,
  managedServicesArePrivate,
  securityGroupsDropByDefault,
  dataNetworksLearnNoDefaultRoute,
  controlPlanesAdmitNamedSources,
  namespacesEnforcePodSecurity,
  podsAreRestricted,
  servicesOpenNoPublicDoor,
  namespacesDenyByDefault,
  rightsAreLeast,
  clustersStaySupported,
  admissionIsDeclared,
  healthVolumesAreEncrypted,
  nothingEscapesTheGraph,
  transfersEnd,
  migratedSetsAreCompared,
  resultsLeaveByTheAirlock,
  statefulThingsNameTheirExit,
  secretsComeAsFiles,
  imagesComeFromOwnRegistries,
  workloadsHoldNoWideGrant,
  bucketsNameWhoMayDoWhat,
  nothingIsOpenToEverybody,
  healthBucketsAreEncryptedWithOwnKeys,
  keysLiveWithTheirData,
  logsAreKeptAYear,
  keysAreStrongAndRotate,
  keepsakesResistDeletion,
  rightsGoToGroupsAndApplications,
  apiKeysBelongToApplicationsAndEnd,
  healthBucketsKeepVersionsAndBackupsAreLocked,
  administrationEntersByABastion,
  exposedAndSensitiveThingsAreWatched,
  logArchivesAreImmutableAndApart,
  servicesSpanTwoZones,
  noZoneTakesAServiceAlong,
  dataReachesNoInternet,
  nothingEntersBesideTheDoors,
  flowsEqualTheDeclared,
  administratorsComeFromKnownPlaces,
  stateHasAnOfflineCopy,
  blindSpotsAreFew,
  lossesAreAgreedTo,
  thePipelineIsInThePerimeter,
  whatNoResourceShowsIsAttested,
  keyCustodyIsAttested,
  stateStaysInThePerimeter,
  packagesArePinned,
  healthDataHaveAnIndependentCopy,
  regionLossIsCovered,
  oneKeyForEachPurpose,
  secretsAreSuppliedNotWritten,
  customersEncryptHealthDataThemselves,
  spacesAreApart,
  dataRestInTheJurisdictions,
  nothingLeavesBesideTheAirlock,
  placesAreWritten,
  telemetryStaysWithListedHosts,
  healthDataAreInProductionOnly,
  rawAndPseudonymousStayApart,
  permitsShareNothing,
  healthRunsOnEligibleOffers,
  healthStaysOnListedProducts,
  vpcsDropByDefault,
  oneWayOut,
  entrancesStandInDmz,
  trafficIsEncrypted,
  nothingJoinsZonesUndeclared,
  incompatibleDutiesAreApart,
  nobodyGathersIncompatibleDuties,
  databasesComeThroughLoss,
  restoresAreTried,
  sensitiveThingsAreCovered,
  thirdPartiesAreRegistered,
  ...trapRules,
];

/** The rules, when their ids are exactly the committed ones; throws otherwise, naming the difference. */
export function committedRules(list: readonly Rule[] = rules): readonly Rule[] {
  const ids = list.map((r) => r.id).sort(byText);
  const missing = RULE_IDS.filter((id) => !ids.includes(id));
  const strange = ids.filter((id, i) => !RULE_IDS.some((known) => known === id) || ids[i - 1] === id);
  if (missing.length === 0 && strange.length === 0) return list.map((r) => ({ ...r, proven: PROVEN.has(r.id) }));
  throw new Error(
    `the pack's rules are not the committed ones: missing ${missing.join(", ") || "none"}; not listed or double ${strange.join(", ") || "none"}`,
  );
}
