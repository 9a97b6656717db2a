import type { Rule } from "../../../../judge/kit/rule.ts";
import { archivesRestInParis } from "./archives-rest-in-paris.ts";
import { attachmentsSayWhatTheyAnnounce } from "./attachments-say-what-they-announce.ts";
import { backupsStayInTheRegion } from "./backups-stay-in-the-region.ts";
import { balancersHaveNoFurtherAddress } from "./balancers-have-no-further-address.ts";
import { bastionsNameTheirSources } from "./bastions-name-their-sources.ts";
import { bucketKeysAreNamedByBareIds } from "./bucket-keys-are-named-by-bare-ids.ts";
import { bucketPartsCallItByName } from "./bucket-parts-call-it-by-name.ts";
import { clustersTakeNothingAlong } from "./clusters-take-nothing-along.ts";
import { noFalseIsDropped } from "./no-false-is-dropped.ts";
import { nodesWaitForTheirWayOut } from "./nodes-wait-for-their-way-out.ts";
import { nothingLandsInADefaultNetwork } from "./nothing-lands-in-a-default-network.ts";
import { placesAreWrittenOnResources } from "./places-are-written-on-resources.ts";
import { projectsAreWritten } from "./projects-are-written.ts";
import { providersNameRegionAndZone } from "./providers-name-region-and-zone.ts";
import { rotationFollowsItsPeriod } from "./rotation-follows-its-period.ts";
import { routingCannotBeOff } from "./routing-cannot-be-off.ts";
import { silentChangesReplace } from "./silent-changes-replace.ts";
import { startUpTaintsOverwrite } from "./start-up-taints-overwrite.ts";
import { tokenScopesAreWritten } from "./token-scopes-are-written.ts";
import { wallsOutliveTheirDeletion } from "./walls-outlive-their-deletion.ts";

/** Traps of the provider, by number: what `TRP-nn` means never changes. */
export const trapRules: readonly Rule[] = [
  placesAreWrittenOnResources,
  providersNameRegionAndZone,
  projectsAreWritten,
  wallsOutliveTheirDeletion,
  silentChangesReplace,
  bastionsNameTheirSources,
  noFalseIsDropped,
  balancersHaveNoFurtherAddress,
  startUpTaintsOverwrite,
  nodesWaitForTheirWayOut,
  nothingLandsInADefaultNetwork,
  clustersTakeNothingAlong,
  bucketPartsCallItByName,
  bucketKeysAreNamedByBareIds,
  rotationFollowsItsPeriod,
  archivesRestInParis,
  backupsStayInTheRegion,
  tokenScopesAreWritten,
  routingCannotBeOff,
  attachmentsSayWhatTheyAnnounce,
];
