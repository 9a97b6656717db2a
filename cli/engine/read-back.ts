import { z } from "zod";
import { type StateResource, withDeployment } from "./state-file.ts";

/**
 * The provider reads some things back in other words than they were asked for in, and would then replace what it has just
 * found: a server's image by its id where a label was asked for, its cloud-init among the user data. After an adoption the state says
 * them as the program does; what was really read otherwise stays, and the next plan mends it.
 */
const SERVER = "scaleway:instance/server:Server";

const properties = z.record(z.string(), z.unknown());
const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  inputs: properties.optional(),
  outputs: properties.optional(),
});

/** @param asked the creates as the program wrote them. @returns undefined when nothing has to be put right. */
export function inOwnWords(exported: string, asked: readonly StateResource[]): string | undefined {
  const servers = new Map(asked.filter((r) => r.type === SERVER).map((r) => [r.urn, r.inputs ?? {}]));
  if (servers.size === 0) return undefined;
  const inItsWords = (raw: unknown): unknown => {
    const parsed = resource.safeParse(raw);
    const inputs = parsed.success ? servers.get(parsed.data.urn) : undefined;
    return parsed.success && inputs !== undefined ? asAsked(parsed.data, inputs) : raw;
  };
  return withDeployment(exported, ({ resources, ...deployment }) => ({
    ...deployment,
    resources: (resources ?? []).map(inItsWords),
  }));
}

function asAsked(read: z.infer<typeof resource>, inputs: Readonly<Record<string, unknown>>): z.infer<typeof resource> {
  const outputs = { ...read.outputs };
  const userData = properties.safeParse(outputs.userData);
  const { "cloud-init": cloudInit, ...others } = userData.success ? userData.data : {};
  // The bridge keeps beside what it read of which kind each property was, and panics where a map has become nothing.
  const rest = userData.success ? others : (outputs.userData ?? null);
  return {
    ...read,
    inputs: { ...inputs },
    outputs: {
      ...outputs,
      ...(inputs.image === undefined ? {} : { image: inputs.image }),
      ...(inputs.cloudInit === undefined ? {} : { cloudInit: cloudInit ?? null }),
      userData: rest,
    },
  };
}
