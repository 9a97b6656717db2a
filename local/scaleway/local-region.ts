import type { LocalRegion } from "./core/platform.ts";

/** A region on a command line: its name, or `name=zone,zone`. Default zones: `<name>-1` to `<name>-3`, as real ones have. */
export function parseRegion(text: string): LocalRegion {
  const [name = "", zones = ""] = text.split("=");
  return { name, zones: zones === "" ? [1, 2, 3].map((n) => `${name}-${n}`) : zones.split(",") };
}

export const writeRegion = ({ name, zones }: LocalRegion): string => `${name}=${zones.join(",")}`;
