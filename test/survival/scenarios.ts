import { createHash } from "node:crypto";
import { VICTIMS, type Victim } from "./processes.ts";
import type { Size } from "./world.ts";

/** A moment at which somebody is killed: when so many parts of a calm run's calls were answered, and some milliseconds later. */
export interface Kill {
  readonly name: string;
  readonly size: Size;
  readonly victim: Victim;
  /** 0 to 1. */
  readonly share: number;
  readonly delayMs: number;
}

/** A number in [0, 1) that follows from the text alone. */
const draw = (text: string): number => createHash("sha256").update(text).digest().readUInt32BE() / 2 ** 32;

/**
 * The kills of a seed, victims in turn: the same ones every time.
 * @param of what is killed, where it is no `up`: a part of the name.
 */
export function kills(seed: string, size: Size, count: number, of = ""): readonly Kill[] {
  return Array.from({ length: count }, (_, index) => {
    const victim = VICTIMS[index % VICTIMS.length] ?? "engine";
    const name = `${size}${of}-${String(index + 1).padStart(2, "0")}-${victim}`;
    return {
      name,
      size,
      victim,
      share: draw(`${seed}/${name}/share`),
      delayMs: Math.floor(draw(`${seed}/${name}/delay`) * 40),
    };
  });
}
