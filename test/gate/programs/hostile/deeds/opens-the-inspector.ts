import { Session } from "node:inspector";
import { bucket } from "../bucket.ts";

export const deed = (): void => {
  bucket("seen");
  new Session().connect();
};
