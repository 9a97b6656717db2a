import { getStack, RunError } from "@pulumi/pulumi";
import { plan, planPlatformLayer } from "./blueprint/plan.ts";
import { parseStackName, realise, type StackOutputs } from "./components/environment.ts";
import { BastideError } from "./kernel/errors.ts";
import { loadEnvironment } from "./stacks/load.ts";

/** The program of every stack: its name says which environment and layer; settings are loaded, planned, then realised. */
export default async function program(): Promise<StackOutputs> {
  try {
    const { environment: name, layer } = parseStackName(getStack());
    const environment = loadEnvironment(name);
    return await realise({ blueprint: plan(environment), platform: () => planPlatformLayer(environment) }, layer);
  } catch (error) {
    // The engine prints the stack of every other error; a fault of the user's input needs none.
    throw error instanceof BastideError ? new RunError(error.message, { cause: error }) : error;
  }
}
