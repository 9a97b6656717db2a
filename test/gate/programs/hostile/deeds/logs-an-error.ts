import * as pulumi from "@pulumi/pulumi";
import { bucket } from "../bucket.ts";

export const deed = (): void => {
  bucket("seen");
  pulumi.log.error("the engine stops at this");
};
