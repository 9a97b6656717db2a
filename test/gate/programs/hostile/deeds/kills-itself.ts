export const deed = (): void => {
  process.kill(process.pid, "SIGTERM");
};
