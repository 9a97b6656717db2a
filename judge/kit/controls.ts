/** The strongest word that may stand between a rule of ours and a clause of each framework (docs/controls §0). */
const RELATIONS: Readonly<Record<string, string>> = {
  SNC: "mirrors",
  HDS: "mirrors",
  SRM: "contract",
  GDPR: "implements part of",
  EHDS: "implements part of",
  ISO: "implements part of",
  NIS2: "implements part of",
  IR: "implements part of",
  RCF: "implements part of",
  SNDS24: "implements part of",
  ADM: "guidance",
  SSH: "guidance",
  INT: "guidance",
  JRN: "guidance",
  TLS: "guidance",
  CRY: "guidance",
  CNILG: "guidance",
  CIS: "guidance",
  PSS: "guidance",
  NSA: "guidance",
  CSF: "guidance",
};

/** `framework:clause`; a `?` at the end marks a clause whose text we have not read. */
export type ControlRef = `${string}:${string}`;

export const isKnownFramework = (ref: string): boolean => (ref.split(":")[0] ?? "") in RELATIONS;

/** A reference with its relation word, e.g. `SNC:13.2.a mirrors`, as findings carry it. */
export function relation(ref: ControlRef): string {
  const word = RELATIONS[ref.split(":")[0] ?? ""];
  return word === undefined ? `${ref} unrelated` : `${ref} ${word}`;
}
