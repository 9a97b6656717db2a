export const deed = (): void => process.exit(0);
