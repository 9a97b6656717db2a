import { RULE_IDS, type RuleId } from "../../../policy-packs/bastide/rules/ids.ts";
import { type MoreCases, type RuleCases, withMore } from "../../harness/rule-cases.ts";
import { iam01, iam05, iam06 } from "./access.ts";
import { cls01 } from "./classification.ts";
import { clusterSpaces } from "./cluster-spaces.ts";
import { dr04 } from "./continuity.ts";
import { dr02, g03, key02, key04, key07 } from "./copies.ts";
import { dr05, dr07, g06 } from "./coverage.ts";
import { iam02, iam03 } from "./credentials.ts";
import { key05, key06 } from "./custody.ts";
import { g05, iam04 } from "./duties.ts";
import { net04, net06, net07, net08, net09 } from "./edges.ts";
import { g1, g2, g13 } from "./graph.ts";
import { g4 } from "./graph-places.ts";
import { g8, g9 } from "./graph-spaces.ts";
import { net01, net02, net03, net05 } from "./isolation.ts";
import { key01, key03 } from "./keys.ts";
import { k8s04, net10 } from "./kubernetes.ts";
import { iso04, k8s03, k8s07, k8s08 } from "./kubernetes-clusters.ts";
import { k8s01, k8s02 } from "./kubernetes-pods.ts";
import { k8s05, k8s06 } from "./kubernetes-rights.ts";
import { loc01, loc03, loc05 } from "./locality.ts";
import { mig01, mig02, mig03, mig04 } from "./migration.ts";
import { moreAccess } from "./more-access.ts";
import { moreAdmission } from "./more-admission.ts";
import { moreBastions } from "./more-bastions.ts";
import { moreClassification } from "./more-classification.ts";
import { moreClusters } from "./more-clusters.ts";
import { moreContinuity } from "./more-continuity.ts";
import { moreEvidence } from "./more-evidence.ts";
import { moreGraph } from "./more-graph.ts";
import { moreHealth } from "./more-health.ts";
import { moreKeys } from "./more-keys.ts";
import { moreLogging } from "./more-logging.ts";
import { moreMigration } from "./more-migration.ts";
import { moreNetworks } from "./more-networks.ts";
import { morePlaces } from "./more-places.ts";
import { morePods } from "./more-pods.ts";
import { moreRights } from "./more-rights.ts";
import { moreSpaces } from "./more-spaces.ts";
import { moreSupplyChain } from "./more-supply-chain.ts";
import { moreTraps } from "./more-traps.ts";
import { dr03, evd02, obs01, sup03 } from "./others.ts";
import { loc02, loc04 } from "./places.ts";
import { dr06, evd04, evd05, g11, g12, iam07, key08, loc06, sup02 } from "./program.ts";
import { cls02, cls03, iso01, iso02, iso03 } from "./spaces.ts";
import { sup01, sup04 } from "./supply-chain.ts";
import { g7 } from "./third-parties.ts";
import {
  trp01,
  trp02,
  trp03,
  trp04,
  trp05,
  trp06,
  trp07,
  trp08,
  trp09,
  trp10,
  trp11,
  trp12,
  trp13,
  trp14,
  trp15,
  trp16,
  trp17,
  trp18,
  trp19,
  trp20,
} from "./traps.ts";
import { iam08, obs02, obs03 } from "./watch.ts";
import { workloadWays } from "./workload-ways.ts";
import { dr01, g10 } from "./zones.ts";

/** Cases of every rule: one without them does not compile. */
const BASE: Readonly<Record<RuleId, RuleCases>> = {
  "CLS-01": cls01,
  "DR-01": dr01,
  "DR-05": dr05,
  "DR-07": dr07,
  G5: g05,
  G6: g06,
  "IAM-04": iam04,
  "DR-02": dr02,
  G3: g03,
  "KEY-02": key02,
  "KEY-04": key04,
  "KEY-07": key07,
  G10: g10,
  "IAM-08": iam08,
  "OBS-02": obs02,
  "OBS-03": obs03,
  "DR-04": dr04,
  "IAM-02": iam02,
  "IAM-03": iam03,
  "KEY-05": key05,
  "KEY-06": key06,
  "DR-06": dr06,
  "EVD-04": evd04,
  "EVD-05": evd05,
  G11: g11,
  G12: g12,
  "IAM-07": iam07,
  "KEY-08": key08,
  "LOC-06": loc06,
  "SUP-02": sup02,
  "DR-03": dr03,
  "EVD-02": evd02,
  G1: g1,
  G13: g13,
  G2: g2,
  G4: g4,
  G8: g8,
  G9: g9,
  "IAM-01": iam01,
  "IAM-05": iam05,
  "IAM-06": iam06,
  "ISO-04": iso04,
  "K8S-01": k8s01,
  "K8S-02": k8s02,
  "K8S-03": k8s03,
  "K8S-04": k8s04,
  "K8S-05": k8s05,
  "K8S-06": k8s06,
  "K8S-07": k8s07,
  "K8S-08": k8s08,
  "KEY-01": key01,
  "KEY-03": key03,
  "LOC-01": loc01,
  "LOC-03": loc03,
  "LOC-05": loc05,
  "MIG-01": mig01,
  "MIG-02": mig02,
  "MIG-03": mig03,
  "MIG-04": mig04,
  "NET-01": net01,
  "NET-02": net02,
  "NET-03": net03,
  "NET-05": net05,
  "NET-10": net10,
  "OBS-01": obs01,
  "SUP-01": sup01,
  "SUP-04": sup04,
  "SUP-03": sup03,
  "CLS-02": cls02,
  "CLS-03": cls03,
  "ISO-01": iso01,
  "ISO-02": iso02,
  "ISO-03": iso03,
  "LOC-02": loc02,
  "LOC-04": loc04,
  "NET-04": net04,
  "NET-06": net06,
  "NET-07": net07,
  "NET-08": net08,
  "NET-09": net09,
  "TRP-01": trp01,
  "TRP-02": trp02,
  "TRP-03": trp03,
  "TRP-04": trp04,
  "TRP-05": trp05,
  "TRP-06": trp06,
  "TRP-07": trp07,
  "TRP-08": trp08,
  "TRP-09": trp09,
  "TRP-10": trp10,
  "TRP-11": trp11,
  "TRP-12": trp12,
  "TRP-13": trp13,
  "TRP-14": trp14,
  "TRP-15": trp15,
  "TRP-16": trp16,
  "TRP-17": trp17,
  "TRP-18": trp18,
  "TRP-19": trp19,
  "TRP-20": trp20,
  G7: g7,
};

/** Narrow places, by area; each rule in one of them at most. */
const INSIDE_CLUSTERS: Partial<Record<RuleId, MoreCases>> = clusterSpaces;
const MORE: Readonly<Partial<Record<RuleId, MoreCases>>> = {
  ...moreAccess,
  ...moreAdmission,
  ...moreBastions,
  ...moreClassification,
  ...moreContinuity,
  ...moreEvidence,
  ...moreHealth,
  ...moreKeys,
  ...moreClusters,
  ...morePods,
  ...moreRights,
  ...moreTraps,
  ...moreLogging,
  ...morePlaces,
  ...moreNetworks,
  ...moreGraph,
  ...moreSpaces,
  ...moreMigration,
  ...moreSupplyChain,
};

export const CASES: Readonly<Record<RuleId, RuleCases>> = Object.fromEntries(
  RULE_IDS.map((id) => [id, withMore(withMore(withMore(BASE[id], MORE[id]), INSIDE_CLUSTERS[id]), workloadWays[id])]),
) as Record<RuleId, RuleCases>;
