import type { Known } from "../../kernel/known.ts";
import type { Base, Reading } from "./fact-base.ts";

/** Where images come from, and who runs one outside of clusters. */

export interface RegistryFact extends Base<"image-registry"> {
  readonly name: Known<string | undefined>;
}

export interface ImageUseFact extends Base<"image-use"> {
  readonly image: Reading<string | undefined>;
}

export type SupplyFact = RegistryFact | ImageUseFact;
