/** One step of a way: from where to where, and the resource that opens it. */
interface Step {
  readonly from: string;
  readonly to: string;
  readonly by: string;
}

/** Every node and every opening resource of a way, in order, each once. */
export const pathOf = (path: readonly Step[]): readonly string[] => [
  ...new Set(path.flatMap(({ from, by, to }) => [from, by, to])),
];
