import { versions } from "./versions.ts";

/**
 * What the toolchain compiles (its scripts are in `script-parts.ts`). A further Go program is one more entry of `goParts` and a folder with
 * `go.mod` and `go.sum` under `go/`.
 */

/** Who needs a part: every engine run, one with a Kubernetes of its own on this machine, one that moves images, or a bench. */
export type Purpose = "engine" | "kubernetes" | "images" | "bench";
/** What a clone is brought together for. What only a bench asks for is neither built nor missed otherwise. */
export const PURPOSES: readonly Purpose[] = ["engine", "kubernetes", "images"];

/** One command of a build. Paths are relative to the copied source folder; `out/NAME` is what the cache keeps. */
export type BuildStep =
  | {
      readonly kind: "compile";
      readonly package: string;
      readonly output: string;
      /** Variables that the linker sets, `package.name=value`. */
      readonly stamp?: string | readonly string[];
    }
  | { readonly kind: "run"; readonly program: string; readonly args: readonly string[] };

/** An official binary that may be used instead: how it is asked for its version, and which answers fit. */
export interface OfficialProbe {
  readonly args: readonly string[];
  readonly fits: (version: readonly [number, number, number]) => boolean;
  readonly want: string;
}

export interface GoPart {
  /** Name of the executable. */
  readonly name: string;
  readonly version: string;
  readonly why: string;
  readonly purpose: Purpose;
  /** Folder under `go/`. */
  readonly source: string;
  readonly steps: readonly BuildStep[];
  /** Minutes of a cold build on two cores (measured); only for the estimate. */
  readonly minutes: number;
  readonly official?: OfficialProbe;
}

const sdkVersion = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
const kubernetesVersion = "k8s.io/component-base/version";
const [kubernetesMajor = "", kubernetesMinor = ""] = versions.kubernetes.split(".");
const bridgeVersion = "bastide/toolchain/scaleway/bridge.Version";

const atLeast =
  (text: string) =>
  (v: readonly [number, number, number]): boolean => {
    const [major = 0, minor = 0, patch = 0] = text.split(".").map(Number);
    return v[0] === major && (v[1] > minor || (v[1] === minor && v[2] >= patch));
  };

/** A program of Kubernetes' control plane. All come from one module, so that what they share is compiled once. */
const kubernetesPart = (name: string, minutes: number, why: string): GoPart => ({
  name,
  version: versions.kubernetes,
  why,
  purpose: "kubernetes",
  source: "kubernetes",
  steps: [
    {
      kind: "compile",
      package: `k8s.io/kubernetes/cmd/${name}`,
      output: `out/${name}`,
      stamp: [
        `${kubernetesVersion}.gitVersion=v${versions.kubernetes}`,
        `${kubernetesVersion}.gitMajor=${kubernetesMajor}`,
        `${kubernetesVersion}.gitMinor=${kubernetesMinor}`,
      ],
    },
  ],
  minutes,
});

export const goParts: readonly GoPart[] = [
  {
    name: "pulumi",
    version: versions.engine,
    why: "engine and command line: plans, applies, keeps the state",
    purpose: "engine",
    source: "engine",
    steps: [
      {
        kind: "compile",
        package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
        output: "out/pulumi",
        stamp: `${sdkVersion}=v${versions.engine}`,
      },
    ],
    minutes: 4,
    official: { args: ["version"], fits: atLeast(versions.engine), want: `>= ${versions.engine} < 4` },
  },
  {
    name: "pulumi-resource-scaleway",
    version: versions.scaleway,
    why: `Scaleway's own provider code (${versions.scalewayUpstream}), bridged to Pulumi`,
    purpose: "engine",
    source: "scaleway",
    steps: [
      {
        kind: "compile",
        package: "./cmd/pulumi-tfgen-scaleway",
        output: "tfgen",
        stamp: `${bridgeVersion}=${versions.scaleway}`,
      },
      {
        kind: "run",
        program: "./tfgen",
        args: ["schema", "--skip-docs", "--skip-examples", "--out", "cmd/pulumi-resource-scaleway"],
      },
      {
        kind: "compile",
        package: "./cmd/pulumi-resource-scaleway",
        output: "out/pulumi-resource-scaleway",
        stamp: `${bridgeVersion}=${versions.scaleway}`,
      },
    ],
    minutes: 5,
    official: {
      args: ["-version"],
      fits: (v) => v.join(".") === versions.scaleway,
      want: versions.scaleway,
    },
  },
  {
    name: "etcd",
    version: versions.etcd,
    why: "keeps what the local Kubernetes API server knows",
    purpose: "kubernetes",
    source: "etcd",
    steps: [{ kind: "compile", package: "go.etcd.io/etcd/server/v3", output: "out/etcd" }],
    minutes: 1,
  },
  kubernetesPart("kube-apiserver", 4, "Kubernetes' own API server: validates, defaults and admits manifests for real"),
  kubernetesPart(
    "kube-controller-manager",
    3,
    "Kubernetes' own controllers: pods from deployments, volumes from claims",
  ),
  kubernetesPart("kube-scheduler", 1, "Kubernetes' own scheduler: puts pods on the nodes that kwok plays"),
  {
    name: "kwok",
    version: versions.kwok,
    why: "plays the nodes of the local Kubernetes, so that pods come to be Ready without running",
    purpose: "kubernetes",
    source: "kwok",
    steps: [
      {
        kind: "compile",
        package: "sigs.k8s.io/kwok/cmd/kwok",
        output: "out/kwok",
        stamp: `sigs.k8s.io/kwok/pkg/consts.Version=${versions.kwok}`,
      },
    ],
    minutes: 2,
  },
  {
    name: "crane",
    version: versions.crane,
    why: "go-containerregistry's client: copies images between registries, by digest",
    purpose: "images",
    source: "crane",
    steps: [
      {
        kind: "compile",
        package: "github.com/google/go-containerregistry/cmd/crane",
        output: "out/crane",
        stamp: `github.com/google/go-containerregistry/cmd/crane/cmd.Version=v${versions.crane}`,
      },
    ],
    minutes: 1,
  },
  {
    name: "registry",
    version: versions.registry,
    why: "distribution's OCI registry: holds the images of the local Scaleway's namespaces",
    purpose: "images",
    source: "registry",
    steps: [
      {
        kind: "compile",
        package: ".",
        output: "out/registry",
        stamp: `github.com/distribution/distribution/v3/version.version=v${versions.registry}`,
      },
    ],
    minutes: 1,
  },
  {
    name: "opa",
    version: versions.opa,
    why: "Open Policy Agent: what the judge's speed is compared with",
    purpose: "bench",
    source: "opa",
    steps: [{ kind: "compile", package: "github.com/open-policy-agent/opa", output: "out/opa" }],
    minutes: 2,
  },
];
