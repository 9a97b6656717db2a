/** The texts that rules refer to: name, edition and whom they oblige (docs/controls §0). Own words; ids only, no text of theirs. */
export interface Framework {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly addressee: "provider" | "customer" | "both" | "guidance";
}

const FRAMEWORKS: readonly Framework[] = [
  { id: "SNC", name: "ANSSI SecNumCloud", version: "3.2", addressee: "provider" },
  { id: "HDS", name: "HDS reference of the French health hosting scheme", version: "2.0", addressee: "provider" },
  { id: "SRM", name: "Scaleway shared responsibility", version: "2025-2026", addressee: "customer" },
  { id: "GDPR", name: "Regulation (EU) 2016/679", version: "2016", addressee: "both" },
  { id: "EHDS", name: "Regulation (EU) 2025/327", version: "2025", addressee: "both" },
  { id: "ISO", name: "ISO/IEC 27001 Annex A", version: "2022", addressee: "both" },
  { id: "NIS2", name: "Directive (EU) 2022/2555, article 21", version: "2022", addressee: "both" },
  { id: "IR", name: "Implementing Regulation (EU) 2024/2690", version: "2024", addressee: "provider" },
  { id: "RCF", name: "ANSSI ReCyF", version: "2.5", addressee: "both" },
  { id: "SNDS24", name: "SNDS security order of 6 May 2024", version: "2024", addressee: "customer" },
  { id: "ADM", name: "ANSSI PA-022 secure administration", version: "PA-022", addressee: "guidance" },
  { id: "SSH", name: "ANSSI OpenSSH note", version: "", addressee: "guidance" },
  { id: "INT", name: "ANSSI internet interconnection", version: "", addressee: "guidance" },
  { id: "JRN", name: "ANSSI logging", version: "", addressee: "guidance" },
  { id: "TLS", name: "ANSSI TLS", version: "", addressee: "guidance" },
  { id: "CRY", name: "ANSSI cryptographic mechanisms", version: "", addressee: "guidance" },
  { id: "CNILG", name: "CNIL security guide", version: "", addressee: "guidance" },
  { id: "CIS", name: "CIS Kubernetes Benchmark", version: "2.0.1", addressee: "guidance" },
  { id: "PSS", name: "Kubernetes Pod Security Standards", version: "", addressee: "guidance" },
  { id: "NSA", name: "NSA/CISA Kubernetes hardening", version: "1.2", addressee: "guidance" },
  { id: "CSF", name: "EU Cloud Sovereignty Framework", version: "1.2.1", addressee: "guidance" },
];

/** Prefixes that rules may refer to. */
export const FRAMEWORKS_OF_RULES: ReadonlySet<string> = new Set(FRAMEWORKS.map((f) => f.id));

/** The framework of a reference's prefix; an unknown prefix speaks for itself. */
export const frameworkOf = (id: string): Framework =>
  FRAMEWORKS.find((f) => f.id === id) ?? { id, name: id, version: "", addressee: "guidance" };

/** Name and edition, said once. */
export function frameworkText({ name, version }: Framework): string {
  return version === "" || name.includes(version) ? name : `${name} ${version}`;
}
