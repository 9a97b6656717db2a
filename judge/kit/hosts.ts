import type { Law } from "./law.ts";

/**
 * The host in a URL, an image reference, a mail address or a bare name, in small letters; `""` for text in which there is
 * none. Credentials before an `@` never count as the host.
 */
export function hostOf(text: string): string {
  const rest = text.trim().replace(/^[a-z][a-z0-9+.-]*:\/\//i, "");
  const authority = rest.split(/[/?#\\]/)[0] ?? "";
  const host = authority.slice(authority.lastIndexOf("@") + 1).replace(/:\d+$/, "");
  return /^[a-z0-9.-]+$/i.test(host) ? host.toLowerCase().replace(/\.$/, "") : "";
}

/** Whether the law lists a host by its very name: a subdomain is somebody else's decision. */
export const isListedHost = (host: string, law: Law): boolean =>
  host !== "" && law.hosts.some((listed) => listed.host.toLowerCase() === host);

/**
 * Endpoints of the platform itself in a region of the law: object storage, registry, Cockpit, control planes. What Scaleway
 * runs under its own domain in a region that is allowed is no third party.
 */
export const isPlatformHost = (host: string, law: Law): boolean =>
  law.regions.some(
    ({ name }) =>
      host.endsWith(`.${name}.scw.cloud`) ||
      host === `rg.${name}.scw.cloud` ||
      host.endsWith(`.${name}.scaleway.com`) ||
      host === `s3.${name}.scw.cloud`,
  );
