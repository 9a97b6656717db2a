import type { Input, Output, Resource } from "@pulumi/pulumi";
import type { Json } from "../../blueprint/model/json.ts";
import { FROM_FOUNDATION, type ObjectSpec, type PartSpec } from "../../blueprint/model/platform.ts";
import { type Site, SovereignComponent } from "../component.ts";
import { classOf } from "./kinds.ts";

/** Outputs of the foundation by path, e.g. `regions.fr-par.apiserverUrl`. */
export type Foundation = (path: string) => Output<string>;

/** What a part says of itself: its manifests speak for themselves. */
interface PartSummary {
  readonly kind: string;
  readonly objects: number;
}

/**
 * One part of the platform in one cluster (`SparkPlatform`, `TrinoPlatform`, `Workspace`, …): the objects of its plan, in order.
 * A namespace comes before what stands in it.
 */
export class PlatformPart extends SovereignComponent<PartSummary> {
  /** What a later part waits for. */
  readonly made: readonly Resource[];

  constructor(spec: PartSpec, foundation: Foundation, site: Site) {
    super(spec.kind, spec.key, { kind: spec.kind, objects: spec.objects.length }, site);
    const made: Resource[] = [];
    let namespace: Resource | undefined;
    for (const object of spec.objects) {
      const resource = this.#object(object, foundation, namespace);
      if (object.manifest.kind === "Namespace") namespace = resource;
      made.push(resource);
    }
    this.made = made;
    this.publish({});
  }

  #object(object: ObjectSpec, foundation: Foundation, namespace: Resource | undefined): Resource {
    return this.child(classOf(object.manifest), object.key, manifestInput(object, foundation) as never, {
      ...(namespace === undefined ? {} : { dependsOn: [namespace] }),
      ...(object.holdsData === true ? { protect: true } : {}),
    });
  }
}

const manifestInput = (object: ObjectSpec, foundation: Foundation): Input<unknown> =>
  resolved(object.manifest, foundation);

/** The manifest with the foundation's values in their places. */
function resolved(value: Json, foundation: Foundation): Input<unknown> {
  if (Array.isArray(value)) return value.map((item) => resolved(item, foundation));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (only !== undefined && entries.length === 1 && only[0] === FROM_FOUNDATION) return foundation(String(only[1]));
  // Plain, with the outputs at its leaves: wrapped whole, one unknown value would hide the manifest from every judge.
  return Object.fromEntries(entries.map(([key, item]) => [key, resolved(item, foundation)]));
}
