import { credentials } from "@grpc/grpc-js";
import engineClients from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engineMessages from "@pulumi/pulumi/proto/engine_pb.js";

export type Warn = (urn: string, message: string) => void;

/**
 * Warnings beside the resource they are about, in the engine's own display. Without an engine (started by hand) they go to
 * stderr; a warning that cannot be delivered does too, and never stops the work it is about.
 * @param engineAddress `host:port`, the plug-in's argument.
 */
export function engineWarnings(engineAddress: string | undefined): Warn {
  const print: Warn = (urn, message) => {
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
