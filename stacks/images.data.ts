/** An image of the data platform: where upstream publishes it, in which version and under which licence. */
export interface ImageFact {
  readonly name: string;
  /** Repository upstream, tag aside. */
  readonly upstream: string;
  readonly version: string;
  /** SPDX expression of the main program in it. */
  readonly licence: string;
}

/**
 * Every image that the platform runs. Versions are what the manifests were written for; whether upstream still serves them is
 * for `bastide images mirror` to find out, which also takes their digests. Read 2026-11 from the projects' own release pages
 * as far as they could be had; unverified otherwise.
 */
export const IMAGES = [
  { name: "squid", upstream: "docker.io/ubuntu/squid", version: "6.13-25.04_beta", licence: "GPL-2.0-or-later" },
  { name: "envoy", upstream: "docker.io/envoyproxy/envoy", version: "v1.35.3", licence: "Apache-2.0" },
  { name: "scw", upstream: "docker.io/scaleway/cli", version: "2.43.0", licence: "Apache-2.0" },
  { name: "kubectl", upstream: "registry.k8s.io/kubectl", version: "v1.34.1", licence: "Apache-2.0" },
  { name: "postgresql", upstream: "docker.io/library/postgres", version: "17.6-bookworm", licence: "PostgreSQL" },
  { name: "polaris", upstream: "docker.io/apache/polaris", version: "1.1.0-incubating", licence: "Apache-2.0" },
  { name: "trino", upstream: "docker.io/trinodb/trino", version: "476", licence: "Apache-2.0" },
  { name: "spark", upstream: "docker.io/apache/spark", version: "4.0.1-python3", licence: "Apache-2.0" },
  { name: "mlflow", upstream: "ghcr.io/mlflow/mlflow", version: "v3.4.0", licence: "Apache-2.0" },
  { name: "notebook", upstream: "quay.io/jupyter/pyspark-notebook", version: "2025-09-30", licence: "BSD-3-Clause" },
  { name: "rclone", upstream: "docker.io/rclone/rclone", version: "1.71.1", licence: "MIT" },
  {
    name: "otel-collector",
    upstream: "docker.io/otel/opentelemetry-collector-contrib",
    version: "0.137.0",
    licence: "Apache-2.0",
  },
] as const satisfies readonly ImageFact[];

export type ImageName = (typeof IMAGES)[number]["name"];
