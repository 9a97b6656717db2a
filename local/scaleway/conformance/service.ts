import { ATTAINABLE } from "./attainable.data.ts";

/** A service of the provider, by the name of its folder there. */
export type Service = keyof typeof ATTAINABLE;

export const isService = (name: string): name is Service => Object.hasOwn(ATTAINABLE, name);

export const SERVICES: readonly Service[] = Object.keys(ATTAINABLE).filter(isService);
