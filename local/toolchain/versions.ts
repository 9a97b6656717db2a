/**
 * Every version that the toolchain pins. The Go versions are pinned a second time, with checksums, in `go/<part>/go.mod`
 * and `go.sum`; `test/toolchain/versions.test.ts` holds both equal.
 */
export const versions = {
  /** Lowest Go release that builds the sources, `major.minor`. */
  go: "1.26",
  /** Engine and command line. An official one is accepted from this version on, below the next major. */
  engine: "3.255.0",
  /** The Pulumi package that the bridged plug-in stands in for: equal to the npm package's. */
  scaleway: "1.54.0",
  /** Scaleway's Terraform provider inside it: the one that npm's package was generated from. */
  scalewayUpstream: "2.80.0",
  /** Major version of the `random` package; an official plug-in of this major is accepted. */
  randomMajor: 4,
  /** The `kubernetes` package that the stand-in plug-in stands in for: an official one of this version is accepted. */
  kubernetesSdk: "4.34.2",
  /** API server of the local Kubernetes; its 30 staging modules are replaced by the `v0` of the same minor and patch. */
  kubernetes: "1.35.0",
  /** Its store: the release whose client that API server is compiled with. */
  etcd: "3.6.5",
  /** Player of its nodes. */
  kwok: "0.8.0",
  /** Client of image registries. */
  crane: "0.22.1",
  /** Registry of the local run. */
  registry: "3.1.2",
  /** What the bench of the judge compares with. */
  opa: "1.22.2",
} as const;
