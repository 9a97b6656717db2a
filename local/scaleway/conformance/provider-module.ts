import { join } from "node:path";
import { type GoModule, moduleFolder } from "./go-module.ts";

/** The Terraform provider whose acceptance tests judge the local Scaleway; the same version that the toolchain bridges. */
export const PROVIDER = {
  path: "github.com/scaleway/terraform-provider-scaleway/v2",
  version: "v2.80.0",
} as const satisfies GoModule;

export const providerModule = (): Promise<string> => moduleFolder(PROVIDER);

/** Folder of a service's tests inside the module. */
export const serviceFolder = (module: string, service: string): string => join(module, "internal", "services", service);
