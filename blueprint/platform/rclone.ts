import type { PlatformContext } from "./context.ts";
import { proxyEnvironment } from "./egress-proxy.ts";
import { S3_LOGIN, type SecretRef, secretFile } from "./secrets.ts";
import type { ContainerWish } from "./workload.ts";

/** Parts of every pod that moves objects with rclone: who signs comes from the environment, where to from a ConfigMap named `rclone`. */
export const remote = (name: string, region: string): string =>
  [
    `[${name}]`,
    "type = s3",
    "provider = Scaleway",
    "env_auth = true",
    `region = ${region}`,
    `endpoint = s3.${region}.scw.cloud`,
    "no_check_bucket = true",
    "",
  ].join("\n");

/** One remote a region, of its name. */
export const remotesOf = (regions: readonly { readonly name: string }[]): string =>
  regions.map(({ name }) => remote(name, name)).join("\n");

/** Shell after which objects are read and written under a customer key; nothing without one. */
export const underKeys = (keys: readonly SecretRef[]): readonly string[] =>
  keys.map(
    ({ file }) =>
      `export RCLONE_S3_SSE_CUSTOMER_ALGORITHM=AES256 RCLONE_S3_SSE_CUSTOMER_KEY_BASE64=$(cat ${secretFile(file)})`,
  );

/** The container, signed in as the application whose credentials the pod mounts. */
export const rclone = (
  context: PlatformContext,
  script: readonly string[],
  { mounts, ...rest }: Omit<ContainerWish, "name" | "image" | "command" | "args" | "env">,
): ContainerWish => ({
  name: "rclone",
  image: context.image("rclone"),
  command: ["/bin/sh", "-euc"],
  args: [[S3_LOGIN, ...script].join("\n")],
  env: { ...proxyEnvironment, RCLONE_CONFIG: "/etc/bastide/rclone.conf" },
  mounts: { config: "/etc/bastide", credentials: "/run/credentials", ...mounts },
  ...rest,
});

export const rcloneVolume = { name: "config", configMap: { name: "rclone" } } as const;
