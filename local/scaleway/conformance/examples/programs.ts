import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A program as it stands in the provider's documentation. */
export interface Example {
  /** `resources/vpc_route 2`: the page, and which of its programs. */
  readonly name: string;
  /** What the page calls its product. */
  readonly product: string;
  readonly program: string;
}

/** Products of the documentation that the local Scaleway has, by the name under which a page stands there. */
export const PRODUCTS = [
  "Account",
  "Audit Trail",
  "Block",
  "Cockpit",
  "Container Registry",
  "File",
  "IAM",
  "IPAM",
  "Instances",
  "Key Manager",
  "Kubernetes",
  "Object",
  "Object Storage",
  "Secrets",
  "VPC",
] as const;
const KINDS = ["resources", "data-sources"] as const;

const BLOCK = /^```(?:terraform|hcl)\n([\s\S]*?)^```/gm;

/** Every program of the pages about these products, in the order of the pages. @param module folder of the provider's module. */
export const examplesOf = (module: string): readonly Example[] =>
  KINDS.flatMap((kind) => {
    const folder = join(module, "docs", kind);
    return readdirSync(folder)
      .filter((file) => file.endsWith(".md"))
      .sort()
      .flatMap((file) => {
        const text = readFileSync(join(folder, file), "utf8");
        const product = /^subcategory: "(.*?)"/m.exec(text)?.[1] ?? "";
        if (!PRODUCTS.some((known) => known === product)) return [];
        return [...text.matchAll(BLOCK)].map(([, program = ""], index) => ({
          name: `${kind}/${file.slice(0, -".md".length)} ${index + 1}`,
          product,
          program,
        }));
      });
  });
