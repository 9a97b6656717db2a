import * as scaleway from "@pulumiverse/scaleway";
import type { RegistrySpec } from "../blueprint/model/storage.ts";
import { type Site, SovereignComponent } from "./component.ts";
import { Named } from "./named.ts";
import type { Projects } from "./projects.ts";

/** Image namespaces of one region, never public. The type takes no tags. */
export class Registry extends SovereignComponent<RegistrySpec> {
  constructor(spec: RegistrySpec, deps: { readonly projects: Projects }, site: Site) {
    super("Registry", `registry-${spec.region}`, spec, site);
    const namespaces = Named.from("registry namespace", spec.namespaces, (namespace) =>
      this.child(
        scaleway.registry.Namespace,
        namespace.key,
        {
          name: namespace.name,
          isPublic: false,
          projectId: deps.projects.id(spec.project),
          region: spec.region,
        },
        // It holds the images that the platform runs by digest.
        { protect: true },
      ),
    );
    this.publish({ endpoints: namespaces.record((namespace) => namespace.endpoint) });
  }
}
