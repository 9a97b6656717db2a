import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { workDir } from "./paths.ts";

/**
 * Keeps what Node makes of our sources (types stripped, code compiled), keyed by their content: half of what a short command takes. To be
 * called before anything large is imported. Never an error: where nothing can be written, each start compiles anew. Children of other
 * programs don't inherit it: what a judged program could leave there would be run by the next judge.
 */
export const keepCompiled = (): void => void enableCompileCache(join(workDir, "compiled"));
