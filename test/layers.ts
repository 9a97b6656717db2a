/** The layers of `npm test`, fastest first. How each one runs stands in `run.ts`; the README's table is made from here. */
export interface LayerInfo {
  readonly name: string;
  readonly about: string;
  /** Minutes on two cores with a warm toolchain cache. */
  readonly minutes: number;
  /** Part of `npm test -- quick`, which needs no toolchain and takes three minutes at most. */
  readonly quick: boolean;
}

export const LAYERS = [
  { name: "types", about: "TypeScript, strict", minutes: 0.2, quick: true },
  { name: "lint", about: "Biome: lint and format", minutes: 0.1, quick: true },
  { name: "unit", about: "pure code, rules, architecture, documents", minutes: 2, quick: true },
  { name: "gate", about: "offline gate and hostile programs", minutes: 2.5, quick: false },
  { name: "browser", about: "the map in a real Chromium: clicked, typed, read, printed", minutes: 0.5, quick: false },
  { name: "toolchain", about: "engine and provider from source", minutes: 1.5, quick: false },
  { name: "conformance", about: "local Scaleway against the provider's tests", minutes: 1.5, quick: false },
  { name: "engine", about: "real engine, pack and plug-ins", minutes: 3.5, quick: false },
  { name: "journey", about: "npm start, refusals, recovery, survival, destroy", minutes: 18, quick: false },
] as const satisfies readonly LayerInfo[];

export type LayerName = (typeof LAYERS)[number]["name"];
