import type { Platform } from "../../core/platform.ts";

/** Now, as the Instance API writes it: with an offset in the place of the letter. */
export const instant = (platform: Platform): string => platform.clock.stamp().replace(/Z$/, "+00:00");
