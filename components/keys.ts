import type { Output } from "@pulumi/pulumi";
import type { Key } from "../blueprint/model/common.ts";
import type { KeySpec, KeysSpec } from "../blueprint/model/storage.ts";
import * as bastide from "../plugins/bastide/resources.ts";
import { type Site, SovereignComponent } from "./component.ts";
import { Named } from "./named.ts";
import type { Projects } from "./projects.ts";
import { bareId, tagList } from "./values.ts";

/** The keys of one region, with their protection level said and read back. Buckets and policies name them by bare uuid. */
export class Keys extends SovereignComponent<KeysSpec> {
  readonly bareIds: Named<Output<string>>;

  constructor(spec: KeysSpec, deps: { readonly projects: Projects }, site: Site) {
    super("Keys", `keys-${spec.region}`, spec, site);
    const keys = Named.from("key", spec.keys, (key) =>
      this.child(bastide.Key, key.key, keyArgs(key, deps.projects.id(key.project)), { protect: true }),
    );
    this.bareIds = bareIdsOf(spec.keys, keys);
    this.publish({
      ids: keys.record((key) => key.id),
      protectionLevels: keys.record((key) => key.protectionLevel),
      states: keys.record((key) => key.state),
    });
  }
}

const bareIdsOf = (specs: readonly KeySpec[], keys: Named<bastide.Key>): Named<Output<string>> =>
  new Named(
    "key",
    specs.map((spec): readonly [Key, Output<string>] => [spec.key, bareId(keys.get(spec.key).id)]),
  );

/**
 * External custody is a key without material: it is imported by ceremony from the operator's own HSM, never through a
 * program, whose state would hold it. What Scaleway then keeps is a software key, and is said to be one.
 */
export function keyArgs(spec: KeySpec, projectId: Output<string>): bastide.KeyArgs {
  return {
    name: spec.name,
    description: spec.description,
    usage: spec.usage,
    algorithm: spec.algorithm,
    origin: spec.custody === "external" ? "external" : "scaleway_kms",
    protectionLevel: spec.custody === "hsm" ? "hsm" : "software",
    unprotected: false,
    ...(spec.rotationPeriod === undefined ? {} : { rotationPolicy: { rotationPeriod: spec.rotationPeriod } }),
    tags: tagList(spec.tags),
    projectId,
    region: spec.region,
  };
}
