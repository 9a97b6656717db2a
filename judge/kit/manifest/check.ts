import type { Estate } from "../../facts/estate.ts";
import type { ManifestFact } from "../../facts/fact-kubernetes.ts";
import { KINDS } from "../../facts/kubernetes-kinds.data.ts";
import { namespaceKey, namespaceOf } from "../../facts/kubernetes-scope.ts";
import type { RawObject, RawValue } from "../../facts/raw.ts";
import { UNKNOWN } from "../../facts/raw.ts";
import { fail, pass, type Result, undecided } from "../result.ts";
import type { Condition } from "./condition.ts";
import { evaluate, joined, type Scope } from "./evaluate.ts";

/** What a check is about: every pod specification wherever it stands, or objects of the named kinds. */
export type CheckSubject = "pods" | readonly string[];

/** One thing that must hold of a manifest, for both doors. */
export interface ManifestCheck {
  /** Short name, unique in its rule. */
  readonly name: string;
  readonly on: CheckSubject;
  readonly holds: Condition;
  /** What is wanted, as findings carry it. */
  readonly want: unknown;
  /** What the API server answers when it refuses. */
  readonly message: string;
}

/** Namespaces that belong to the cluster itself and its managed parts: their pods need what others may not have. */
export const SYSTEM_NAMESPACES: readonly string[] = ["kube-system", "kube-public", "kube-node-lease"];

/** Variables of checks on pods: the specification and the metadata of the template that it stands in. */
export const POD = "pod";
export const METADATA = "metadata";
/** Variable of checks on whole objects. */
export const OBJECT = "object";

const isObject = (v: RawValue | undefined): v is RawObject => typeof v === "object" && v !== null && !Array.isArray(v);

/** What stands at a dotted path; unknown below an unknown. */
const at = (manifest: RawObject, path: string): RawValue | undefined =>
  path
    .split(".")
    .reduce<RawValue | undefined>((v, step) => (v === UNKNOWN ? v : isObject(v) ? v[step] : undefined), manifest);

function scopeOf(fact: ManifestFact, estate: Estate, parameters: Scope["parameters"]): Scope {
  const row = KINDS.find((k) => k.kind === fact.object);
  const { manifest, suppliers } = fact;
  const whole = fact.namespaced ? withNamespace(fact, estate) : manifest;
  const pod = row?.pod;
  const variables: Scope["variables"] =
    pod === undefined
      ? { [OBJECT]: { value: whole, path: "" } }
      : {
          [OBJECT]: { value: whole, path: "" },
          [POD]: { value: at(manifest, pod.spec), path: pod.spec },
          [METADATA]: { value: at(manifest, pod.metadata), path: pod.metadata },
        };
  return { variables, parameters, suppliers };
}

/**
 * The manifest with the namespace that the server will put it in. One that is only known as derived from a namespace of this
 * estate goes by that one's URN: it is made anew, so it is none that was there before.
 */
function withNamespace(fact: ManifestFact, estate: Estate): RawObject {
  const namespace = namespaceOf(fact, estate);
  const key = namespace.known ? namespace : namespaceKey(fact, estate);
  const metadata = fact.manifest.metadata;
  const plain = isObject(metadata) ? metadata : {};
  return { ...fact.manifest, metadata: { ...plain, namespace: key.known ? key.value : UNKNOWN } };
}

const concerns = (check: ManifestCheck, fact: ManifestFact): boolean =>
  check.on === "pods"
    ? KINDS.some((k) => k.kind === fact.object && k.pod !== undefined)
    : check.on.includes(fact.object);

/**
 * Judges one object by a rule's checks: a result for each check that does not hold or can't be known, or one pass for all of
 * them. No result when none concerns its kind.
 */
export function judgeManifest(
  fact: ManifestFact,
  estate: Estate,
  checks: readonly ManifestCheck[],
  parameters: Scope["parameters"] = {},
): readonly Result[] {
  const mine = checks.filter((check) => concerns(check, fact));
  if (mine.length === 0) return [];
  const scope = scopeOf(fact, estate, parameters);
  const subject = fact.urn;
  const bad = mine.flatMap((check): readonly Result[] => {
    const truth = evaluate(check.holds, scope);
    if (truth.holds === true) return [];
    if (truth.holds === "unknown")
      return [undecided({ subject, property: truth.from.property, want: check.want }, truth.from)];
    return [fail({ subject, property: truth.at, want: check.want }, truth.got)];
  });
  if (bad.length > 0) return bad;
  const whole = joined("", KINDS.find((k) => k.kind === fact.object)?.pod?.spec ?? "metadata");
  const names = mine.map((check) => check.name);
  const proof = fact.namespaced && !namespaceOf(fact, estate).known ? "assumed" : undefined;
  return [pass({ subject, property: whole, want: names, proof }, names)];
}

/** Whether an object stands in a namespace of the cluster itself. Unknown namespaces do not. */
export function isSystem(fact: ManifestFact, estate: Estate): boolean {
  const namespace = namespaceOf(fact, estate);
  return namespace.known && SYSTEM_NAMESPACES.includes(namespace.value);
}
