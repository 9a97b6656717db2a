import { bucket } from "../bucket.ts";

export const deed = (): void => {
  bucket("seen");
  process.dlopen({ exports: {} }, "/lib/x86_64-linux-gnu/libc.so.6");
};
