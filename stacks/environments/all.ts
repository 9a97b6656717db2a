import type { SettingsInput } from "../schema.ts";
import { eu } from "./eu.ts";
import { paris } from "./paris.ts";
import { production } from "./production.ts";
import { rehearsal } from "./rehearsal.ts";

/** Every environment that is shipped, in order of size. Add yours here. */
export const ENVIRONMENTS: readonly SettingsInput[] = [rehearsal, paris, eu, production];
