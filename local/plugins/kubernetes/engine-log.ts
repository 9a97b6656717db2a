import { credentials } from "@grpc/grpc-js";
import engineClients from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engineMessages from "@pulumi/pulumi/proto/engine_pb.js";
import type { Tell } from "./provider.ts";

/** Warnings beside the resource that they are about, in the engine's own display. One that can't be delivered goes to stderr. */
export function engineWarnings(engineAddress: string | undefined): Tell {
  const print: Tell = (urn, message) => {
    process.stderr.write(`warning: ${urn}: ${message}\n`);
  };
  if (engineAddress === undefined) return print;
  const client = new engineClients.EngineClient(engineAddress, credentials.createInsecure());
  return (urn, message) => {
    const request = new engineMessages.LogRequest();
    request.setSeverity(engineMessages.LogSeverity.WARNING);
    request.setMessage(message);
    request.setUrn(urn);
    client.log(request, (error: unknown) => {
      if (error !== null) print(urn, message);
    });
  };
}
