import type { Service } from "./service.ts";

/** Attainable tests that ask for something that no machine without the real Scaleway has, each with its reason. */
export const IMPOSSIBLE: Readonly<Partial<Record<Service, Readonly<Record<string, string>>>>> = {};
