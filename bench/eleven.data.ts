/** Rules that `opa/rules.rego` says once more, in canonical order. */
export const ELEVEN: readonly string[] = [
  "KEY-01",
  "KEY-05",
  "LOC-01",
  "NET-01",
  "NET-04",
  "NET-05",
  "NET-06",
  "NET-10",
  "TRP-01",
  "TRP-03",
  "TRP-10",
];
