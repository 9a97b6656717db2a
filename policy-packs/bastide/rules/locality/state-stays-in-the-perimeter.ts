import type { Estate } from "../../../../judge/facts/estate.ts";
import { stateBuckets } from "../../../../judge/facts/state-buckets.ts";
import type { Law } from "../../../../judge/kit/law.ts";
import { type About, fail, pass, type Result, undecided, type Weaker } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { judgeHasPolicy, policiesByBucket } from "../access/buckets-name-who-may-do-what.ts";
import { judgeVersions } from "../continuity/health-buckets-keep-versions-and-backups-are-locked.ts";
import { encryptionsByBucket, judgeOwnEncryption } from "../keys/own-encryption.ts";

const WANT = "a file, or a bucket or host of the perimeter";

/** A value as the run has it, else as the settings declare it. */
function found(
  own: string | undefined,
  declared: string | undefined,
): { readonly value: string; readonly proof: Weaker } | undefined {
  if (own !== undefined) return { value: own, proof: undefined };
  return declared === undefined ? undefined : { value: declared, proof: "declared" };
}

function urlOf(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** Scaleway's object storage in a region of the law; the region that the URL names must be the endpoint's. */
function isOurStore(url: URL, law: Law): boolean {
  const endpoint = url.searchParams.get("endpoint") ?? "";
  const host = (urlOf(endpoint.includes("://") ? endpoint : `https://${endpoint}`)?.hostname ?? "").toLowerCase();
  const place = /^(?:[\w-]+\.)?s3\.([a-z0-9-]+)\.scw\.cloud$/.exec(host)?.[1];
  const region = url.searchParams.get("region") ?? place;
  return place !== undefined && place === region && law.regions.some((r) => r.name === place);
}

/** True for a backend that lies in the perimeter. Pulumi's own service, other clouds' buckets and unlisted hosts don't. */
function isOurBackend(text: string, law: Law): boolean {
  const url = urlOf(text);
  if (text.startsWith("file://")) return true;
  if (url === undefined) return false;
  if (url.protocol === "s3:") return isOurStore(url, law);
  return (url.protocol === "https:" || url.protocol === "postgres:") && law.hosts.some((h) => h.host === url.hostname);
}

/** A passphrase stays with who types it; a Vault is the operator's own. Other keys are other clouds'. */
const isOurKey = (provider: string): boolean => provider === "passphrase" || provider.startsWith("hashivault://");

/** Words that URLs carry beside their host may hold credentials: they are not repeated. */
const shown = (text: string): string => text.replace(/\/\/[^@/]*@/, "//…@").split("?")[0] ?? text;

/** A lost or overwritten state orphans everything it knew; whoever reads it knows where all of it is. */
function judgeBuckets(estate: Estate, backends: readonly (string | undefined)[]): readonly Result[] {
  const buckets = stateBuckets(estate, backends);
  if (buckets.length === 0) return [];
  const [encryptions, policies] = [encryptionsByBucket(estate), policiesByBucket(estate)];
  const versions = new Map(estate.facts("bucket-versions").map((fact) => [fact.urn, fact]));
  return buckets.flatMap(({ urn }) => {
    const kept = versions.get(urn);
    return [
      ...judgeOwnEncryption(urn, encryptions, estate),
      judgeHasPolicy(urn, policies),
      ...(kept === undefined ? [] : [judgeVersions(kept)]),
    ];
  });
}

function judgeState(estate: Estate, law: Law): readonly Result[] {
  const { program } = estate;
  const about = (property: string, want: string): About => ({ subject: "stack", property, want });
  const one = (property: string, want: string, value: ReturnType<typeof found>, ok: (v: string) => boolean): Result => {
    if (value === undefined) return undecided(about(property, want), { property, suppliers: [] });
    const base = { ...about(property, want), proof: value.proof };
    return ok(value.value) ? pass(base, shown(value.value)) : fail(base, shown(value.value));
  };
  return [
    ...judgeBuckets(estate, [program.backend, law.state?.backend]),
    one("state.backend", WANT, found(program.backend, law.state?.backend), (v) => isOurBackend(v, law)),
    one(
      "state.secretsProvider",
      "a passphrase, or a Vault",
      found(program.secretsProvider, law.state?.secretsProvider),
      isOurKey,
    ),
  ];
}

export const stateStaysInThePerimeter = rule({
  id: "LOC-06",
  title: "the state rests in the perimeter, encrypted, in versions, its secrets by a passphrase or a Vault",
  severity: "critical",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:19.2.d", "SNC:10.5.d", "GDPR:32.1.a", "GDPR:44", "IR:9.2.c.iv", "ISO:A.5.23", "ISO:A.8.24"],
  rationale:
    "The state holds topology, passwords and keys of everything that was made. Kept with a service abroad, or encrypted by another " +
    "cloud's key, it hands the estate to whoever can compel that service. A bucket of ours that holds it is the one thing that no state can restore: " +
    "it keeps versions, is encrypted by a key of the estate, and its policy names who comes near.",
  remedy:
    "Keep the state in a file or in a bucket of an allowed region (`PULUMI_BACKEND_URL`), encrypt it by a passphrase or Vault, and " +
    "declare both under `state` in the settings. Give its bucket `versioning`, an `aws:kms` default by a key of the estate, and a policy.",
  judge: (estate, law) => (estate.resources.some((r) => r.raw.custom) ? judgeState(estate, law) : []),
});
