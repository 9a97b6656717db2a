import { createHash } from "node:crypto";

/** Longest name of a namespace (RFC 1123 label). */
const LONGEST = 63;

/**
 * Namespace of a research space. Names of spaces are at most 24 characters, so none is cut today; a longer one would keep its
 * beginning and end in a digest of the whole, so that two that begin alike never share a namespace.
 */
export function workspaceNamespace(space: string): string {
  const whole = `space-${space}`;
  if (whole.length <= LONGEST) return whole;
  const digest = createHash("sha256").update(whole).digest("hex").slice(0, 8);
  return `${whole.slice(0, LONGEST - 9).replace(/-+$/, "")}-${digest}`;
}

/** Name of a domain's catalogue in Trino and Polaris: SQL takes no dash. */
export const catalogName = (domain: string): string => `domain_${domain.replaceAll("-", "_")}`;
