/** What every rule must say of itself, for tests that are about how it judges. */
export const PLAIN_RULE = {
  title: "t",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["ISO:A.8.9"],
  rationale: "r",
  remedy: "f",
} as const;
