import type { OfficialProbe } from "./parts.ts";
import { versions } from "./versions.ts";

/** A plug-in in TypeScript, run by the pinned Node through a two-line launcher. */
export interface ScriptPart {
  readonly name: string;
  readonly why: string;
  /** Entry file, relative to the repository. */
  readonly entry: string;
  /** `stand-in`: the official one is not to be had from the registries. `first-party`: there is no other. */
  readonly kind: "stand-in" | "first-party";
  /** `with-engine`: the official one is taken from beside an official engine only, since they ship together. */
  readonly official?: OfficialProbe | "with-engine";
}

export const scriptParts: readonly ScriptPart[] = [
  {
    name: "pulumi-language-nodejs",
    why: "language host: lets the engine run TypeScript programs",
    entry: "local/plugins/language-nodejs/main.ts",
    kind: "stand-in",
    official: "with-engine",
  },
  {
    name: "pulumi-analyzer-policy-nodejs",
    why: "policy launcher: lets the engine run TypeScript policy packs",
    entry: "local/plugins/analyzer-policy-nodejs/main.ts",
    kind: "stand-in",
    official: "with-engine",
  },
  {
    name: "pulumi-resource-random",
    why: "random values that stay the same in the state",
    entry: "local/plugins/random/main.ts",
    kind: "stand-in",
    official: {
      args: ["-version"],
      fits: (v) => v[0] === versions.randomMajor,
      want: `${versions.randomMajor}.x`,
    },
  },
  {
    name: "pulumi-resource-kubernetes",
    why: "objects of Kubernetes: server-side apply, readiness, replacement of what is fixed",
    entry: "local/plugins/kubernetes/main.ts",
    kind: "stand-in",
    official: {
      args: ["-version"],
      fits: (v) => v.join(".") === versions.kubernetesSdk,
      want: versions.kubernetesSdk,
    },
  },
  {
    name: "pulumi-resource-bastide",
    why: "HSM keys and audit-trail export jobs, which the Scaleway provider cannot say",
    entry: "plugins/bastide/main.ts",
    kind: "first-party",
  },
];
