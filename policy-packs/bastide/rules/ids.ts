/**
 * The committed list of rule ids, apart from the rules themselves: the pack does not start unless both are the same, so that a
 * rule which gets lost, renamed or doubled stops every gate. Ids are those of docs/controls and never change meaning.
 */
export const RULE_IDS = [
  "CLS-01",
  "DR-01",
  "DR-03",
  "DR-04",
  "EVD-02",
  "G10",
  "IAM-01",
  "IAM-02",
  "IAM-03",
  "IAM-05",
  "IAM-06",
  "K8S-01",
  "K8S-02",
  "IAM-08",
  "K8S-04",
  "K8S-05",
  "K8S-06",
  "KEY-01",
  "KEY-03",
  "KEY-05",
  "KEY-06",
  "LOC-01",
  "LOC-03",
  "LOC-05",
  "NET-01",
  "NET-02",
  "NET-03",
  "NET-05",
  "NET-10",
  "OBS-01",
  "OBS-02",
  "OBS-03",
  "SUP-01",
  "SUP-03",
] as const;

export type RuleId = (typeof RULE_IDS)[number];
