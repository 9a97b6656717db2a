export const deed = (): void => {
  const kept: string[][] = [];
  for (;;) kept.push(Array.from({ length: 1_000_000 }, (_, i) => `${kept.length}-${i}`));
};
