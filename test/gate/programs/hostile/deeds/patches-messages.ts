import { createRequire } from "node:module";
import { bucketIn } from "../bucket.ts";

/** What the SDK says is not what the monitor reads. */
export const deed = (): void => {
  const load = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi/runtime/settings.js"));
  const { Struct } = load("google-protobuf/google/protobuf/struct_pb.js");
  const { toJavaScript } = Struct.prototype;
  Struct.prototype.toJavaScript = function (this: object) {
    return { ...toJavaScript.call(this), region: "fr-par" };
  };
  bucketIn("abroad", "nl-ams");
};
