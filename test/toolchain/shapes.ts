/**
 * The one form in which the npm package and the plug-in's schema are compared: names, types in the notation of the SDK's
 * declarations (without `Input` and `Output` wrappers), what must be given, what is secret.
 */
export interface Field {
  /** E.g. `string`, `number[]`, `{[key: string]: string}`, `inputs.network.AclRule[]`. */
  readonly type: string;
  /** As an input: must be given. As an output: is always there. */
  readonly required: boolean;
}

export type Fields = Readonly<Record<string, Field>>;

export interface ResourceShape {
  readonly token: string;
  readonly aliases: readonly string[];
  readonly inputs: Fields;
  readonly outputs: Fields;
  /** Properties that the SDK marks secret when they are given. */
  readonly secretInputs: readonly string[];
  readonly secretOutputs: readonly string[];
  /** Environment variable that stands in for an input which is not given. */
  readonly defaults: Readonly<Record<string, string>>;
}

export interface PackageShape {
  readonly resources: ReadonlyMap<string, ResourceShape>;
  /** Data sources: arguments and results. */
  readonly functions: ReadonlyMap<string, { readonly inputs: Fields; readonly outputs: Fields }>;
  /** Nested types, by `inputs.module.Name` and `outputs.module.Name`. */
  readonly types: ReadonlyMap<string, Fields>;
}
