import type { Service } from "./service.ts";

/** Attainable tests that ask for something that the local Scaleway cannot give, each with its reason. */
export const IMPOSSIBLE: Readonly<Partial<Record<Service, Readonly<Record<string, string>>>>> = {
  registry: {
    TestAccDataSourceImageTag_Basic: "pushes an image with a Docker daemon when it runs live",
  },
};
