/**
 * Object lock: when a version may be deleted, and when its retention may change. Pure; `now` is a parameter, so the manual
 * clock decides. Sources: Scaleway, "Setting up object lock", "Issues while deleting objects"; S3 reference.
 *
 * Laws (tested): before its date nothing lifts a COMPLIANCE retention, by any caller in any number of steps; what time has
 * unlocked stays unlocked; a legal hold locks whatever the retention.
 */
export type LockMode = "GOVERNANCE" | "COMPLIANCE";

export interface Retention {
  readonly mode: LockMode;
  /** Milliseconds since the epoch; locked before this instant. */
  readonly until: number;
}

/** The lock of one version. */
export interface VersionLock {
  readonly retention: Retention | undefined;
  readonly legalHold: boolean;
}

/** Retention that a bucket gives to each new version. Exactly one of the two periods is set. */
export type DefaultRetention =
  | { readonly mode: LockMode; readonly days: number }
  | { readonly mode: LockMode; readonly years: number };

const DAY_MS = 86_400_000;

export const isLockMode = (text: string): text is LockMode => text === "GOVERNANCE" || text === "COMPLIANCE";

const isActive = (retention: Retention | undefined, now: number): retention is Retention =>
  retention !== undefined && now < retention.until;

/** May this version be deleted for good? `bypass`: the caller asks to bypass governance (and may). */
export const mayDelete = (lock: VersionLock, now: number, bypass: boolean): boolean =>
  !lock.legalHold && (!isActive(lock.retention, now) || (lock.retention.mode === "GOVERNANCE" && bypass));

/** May `next` (undefined: none) replace `current`? A lock may always be made longer; a COMPLIANCE one only that. */
export function mayChangeRetention(
  current: Retention | undefined,
  next: Retention | undefined,
  now: number,
  bypass: boolean,
): boolean {
  if (!isActive(current, now)) return true;
  const isExtension = next !== undefined && next.until >= current.until;
  if (current.mode === "COMPLIANCE") return isExtension && next.mode === "COMPLIANCE";
  return isExtension || bypass;
}

/** The retention of a version written at `now` into a bucket with this default. */
export function retentionFrom(rule: DefaultRetention, now: number): Retention {
  if ("days" in rule) return { mode: rule.mode, until: now + rule.days * DAY_MS };
  const until = new Date(now);
  until.setUTCFullYear(until.getUTCFullYear() + rule.years);
  return { mode: rule.mode, until: until.getTime() };
}
