import { z } from "zod";
import { type Frame, MAX_FRAMES } from "./frames.ts";

/** A file of the program, as reports show it: no way out of its folder, nothing that moves a cursor. */
export const programFile = z.string().regex(/^(?!\/)(?!(?:.*\/)?\.\.?\/)[^\p{C}]{1,300}$/u);

interface Registered {
  readonly type: string;
  readonly frames: readonly Frame[];
}

/** From so many types on, a line that makes resources is a helper: who called it is the construct. */
const HELPER_TYPES = 3;

/**
 * Which line of the program is a resource's construct. A base class that makes every resource of a program would be named for
 * all of them, so lines that make several types are passed over, from the inside out, as long as there is a caller.
 */
export function constructLines(all: readonly Registered[]): { of(r: Registered): Frame | undefined } {
  const helpers = new Set<string>();
  const construct = ({ frames }: Registered): Frame | undefined =>
    frames.find((frame) => !helpers.has(at(frame))) ?? frames[0];
  for (let pass = 0; pass < MAX_FRAMES; pass += 1) {
    const types = new Map<string, Set<string>>();
    for (const r of all) {
      const frame = construct(r);
      if (frame === undefined) continue;
      const made = types.get(at(frame)) ?? new Set();
      types.set(at(frame), made.add(r.type));
    }
    const found = [...types].filter(([line, made]) => made.size >= HELPER_TYPES && !helpers.has(line));
    if (found.length === 0) break;
    for (const [line] of found) helpers.add(line);
  }
  return { of: construct };
}

const at = ({ file, line }: Frame): string => `${file}:${line}`;
