/**
 * Products for which Scaleway publishes conditions of holding health data. Its certificate's list was not read (it is part of the
 * contract): an attestation of the contract adds to this one.
 */
export const HEALTH_PRODUCTS: readonly { readonly product: string; readonly source: string }[] = [
  { product: "object-storage", source: "Scaleway docs: shared responsibility, storage (2025-11-12)" },
  { product: "block-storage", source: "Scaleway docs: shared responsibility, storage (2025-11-12)" },
  { product: "instances", source: "Scaleway docs: shared responsibility, Instances (2026-01-12)" },
  { product: "kubernetes", source: "Scaleway docs: shared responsibility, Kubernetes (2026-05-07)" },
];
