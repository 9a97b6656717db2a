import { HELD_KEYS, readHeldKeys } from "../../stacks/held-keys.ts";
import type { Estate } from "../facts/estate.ts";
import type { ManifestFact, PodFact } from "../facts/fact-kubernetes.ts";
import { placed } from "../facts/kubernetes-scope.ts";
import { type RawObject, type RawValue, SECRET, UNKNOWN } from "../facts/raw.ts";
import { accountNode, placesIn, secretNode } from "./cluster-places.ts";
import { credentialsOf, OUTSIDE, SOMEBODY } from "./members.ts";
import type { Ground } from "./model.ts";

/**
 * Kubernetes Secrets that the estate speaks of, and whose credential each holds.
 *
 * Modelled: Secrets of the estate, by the API keys that their content is derived from; tokens of service accounts; Secrets that are delivered by
 * somebody else and declared (`stacks/held-keys.ts`); and those that a pod mounts though nobody says what they hold: anybody's
 * key, unresolved. Not modelled: Secrets that no object here names, and what a literal content means.
 */
export interface HeldSecret {
  readonly node: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
  readonly holds: readonly Held[];
}

export interface Held {
  /** Principal or service account that its reader can act as. */
  readonly as: string;
  readonly by: string;
  readonly property: string;
  readonly ground: Ground;
}

const TOKEN_TYPE = "kubernetes.io/service-account-token";
const TOKEN_OF = "kubernetes.io/service-account.name";

export function clusterSecrets(estate: Estate): readonly HeldSecret[] {
  const places = placesIn(estate);
  const found = new Map<string, HeldSecret>();
  const add = (at: Omit<HeldSecret, "node">): void => {
    const node = secretNode(at.cluster, at.namespace, at.name);
    const before = found.get(node);
    found.set(node, { ...at, node, holds: [...(before?.holds ?? []), ...at.holds] });
  };
  for (const object of estate.facts("manifest")) {
    const { namespaces, sure } = places.at(object);
    const { cluster } = object;
    if (object.object === "Secret" && !object.patch) {
      const name = object.name.known ? (object.name.value ?? object.urn) : object.urn;
      for (const namespace of namespaces) {
        add({ cluster, namespace, name, holds: contentOf(object, namespace, estate).map((h) => loosen(h, sure)) });
      }
    }
    const told = object.annotations.value.known ? object.annotations.value.value[HELD_KEYS] : undefined;
    if (told === undefined) continue;
    for (const [name, application] of readHeldKeys(told)) {
      const declared: Omit<Held, "as"> = { by: object.urn, property: "metadata.annotations", ground: "assumed" };
      const holds = application === undefined ? [] : [{ ...declared, as: applicationNamed(application, estate) }];
      for (const namespace of namespaces) add({ cluster, namespace, name, holds });
    }
  }
  for (const { fact, object } of placed("pod", estate)) {
    for (const { name, property } of secretsOfPod(fact)) {
      for (const namespace of places.at(object).namespaces) {
        if (found.has(secretNode(object.cluster, namespace, name))) continue;
        const holds = [{ as: SOMEBODY, by: object.urn, property, ground: "unresolved" as const }];
        add({ cluster: object.cluster, namespace, name, holds });
      }
    }
  }
  return [...found.values()];
}

const loosen = (held: Held, sure: boolean): Held => (sure ? held : { ...held, ground: "unresolved" });

/** Names of Secrets that a pod mounts or reads into its environment. */
export function secretsOfPod({ containers, volumes }: Pick<PodFact, "containers" | "volumes">): readonly {
  readonly name: string;
  readonly property: string;
}[] {
  const mounted = volumes.known
    ? volumes.value.flatMap(({ at, source }) =>
        source.known && source.value.kind === "secret"
          ? source.value.names.flatMap((name) =>
              name.known && name.value !== undefined ? [{ name: name.value, property: at }] : [],
            )
          : [],
      )
    : [];
  const read = containers.known
    ? containers.value.flatMap(({ secretVariables }) =>
        secretVariables.known
          ? secretVariables.value.flatMap(({ secret: { property, value } }) =>
              value.known && value.value !== undefined ? [{ name: value.value, property }] : [],
            )
          : [],
      )
    : [];
  return [...mounted, ...read];
}

/** Whom the content of a Secret of the estate is the credential of. */
function contentOf(object: ManifestFact, namespace: string, estate: Estate): readonly Held[] {
  const { manifest, suppliers, urn, cluster } = object;
  const annotations = object.annotations.value;
  const token = manifest.type === TOKEN_TYPE && annotations.known ? annotations.value[TOKEN_OF] : undefined;
  const ofToken: readonly Held[] =
    token === undefined
      ? []
      : [{ as: accountNode(cluster, namespace, token), by: urn, property: "type", ground: "stated" }];
  const contents = (["data", "stringData"] as const).flatMap((property): readonly Held[] => {
    const behind = suppliers[property] ?? [];
    const owners = behind.flatMap((key) => credentialsOf(key, estate));
    if (owners.length > 0) return owners.map((as) => ({ as, by: urn, property, ground: "stated" as const }));
    // Made of something that is not an API key of this estate, or not shown: it may be one all the same.
    const hidden = behind.length > 0 || isHidden(manifest[property]);
    return hidden ? [{ as: SOMEBODY, by: urn, property, ground: "unresolved" }] : [];
  });
  return [...ofToken, ...contents];
}

const isObject = (value: RawValue): value is RawObject => typeof value === "object" && value !== null;

function isHidden(value: RawValue | undefined): boolean {
  if (value === undefined) return false;
  if (value === UNKNOWN || value === SECRET) return true;
  return isObject(value) && Object.values(value).some(isHidden);
}

const APPLICATION = "scaleway:iam/application:Application";

/** The application of a name; one that the file does not hold is one by its name. */
function applicationNamed(name: string, estate: Estate): string {
  const found = estate.facts("principal").find(({ urn }) => {
    const resource = estate.resource(urn);
    return resource?.canonicalType === APPLICATION && resource.raw.inputs.name === name;
  });
  return found?.urn ?? `${OUTSIDE}${name}`;
}
