import {
  ComponentResource,
  type CustomResource,
  type CustomResourceOptions,
  type Input,
  type ProviderResource,
  type Resource,
} from "@pulumi/pulumi";
import type { Key } from "../blueprint/model/common.ts";
import type { Declaration } from "../kernel/declaration.ts";

/** Where a component stands in the tree, and the explicit providers that its children inherit: never a default one. */
export interface Site {
  readonly parent?: Resource;
  readonly providers: readonly ProviderResource[];
  /** What must exist before anything in the component: its children wait with it. */
  readonly after?: readonly Resource[];
}

/** Options of a child, less those that the base class owns. */
export type ChildOptions = Omit<
  CustomResourceOptions,
  "parent" | "provider" | "aliases" | "pluginDownloadURL" | "version" | "id" | "urn"
>;

type ResourceClass<Args, R extends CustomResource> = new (
  name: string,
  args: Args,
  options?: CustomResourceOptions,
) => R;

/**
 * Base of every component. It sends its spec, and the symbolic form of values that its children compose from ids, to the
 * engine as its inputs, which is what a preview's file shows; and publishes both again among its outputs, because a stack
 * policy sees only the outputs of a component that registered some. Children are made in the constructor, never
 * inside an `apply`, so that each is in the first preview.
 */
export abstract class SovereignComponent<Spec extends object> extends ComponentResource {
  readonly #spec: Spec;
  readonly #declared: readonly Declaration[];
  readonly #providers: readonly ProviderResource[];

  /** `kind` is the last part of the type token, `key` the frozen logical name; `spec` is JSON without any secret. */
  protected constructor(kind: string, key: Key, spec: Spec, site: Site, declared: readonly Declaration[] = []) {
    super(
      `bastide:components:${kind}`,
      key,
      { spec, declared },
      {
        providers: [...site.providers],
        ...(site.parent === undefined ? {} : { parent: site.parent }),
        ...(site.after === undefined ? {} : { dependsOn: [...site.after] }),
      },
    );
    this.#spec = spec;
    this.#declared = declared;
    this.#providers = site.providers;
  }

  /**
   * A resource of this component under its frozen name. Its provider is the one of its package that the component carries;
   * the download address that the SDK would write into the registration is blanked, for nothing is fetched at run time.
   */
  protected child<Args, R extends CustomResource>(
    make: ResourceClass<Args, R>,
    key: Key,
    args: Args,
    options: ChildOptions = {},
  ): R {
    return new make(key, args, { ...options, parent: this, pluginDownloadURL: "" });
  }

  /** Site of a component right below this one, with the same providers. */
  protected get inside(): Site {
    return { parent: this, providers: this.#providers };
  }

  /** Ends the constructor: outputs (ids and addresses, no secret), the spec and the declared forms. */
  protected publish(outputs: Readonly<Record<string, Input<unknown>>>): void {
    this.registerOutputs({ ...outputs, spec: this.#spec, declared: this.#declared });
  }
}
