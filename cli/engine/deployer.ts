import { z } from "zod";
import { stackName } from "../targets.ts";
import { type EngineContext, openStack } from "./stack.ts";
import { parseState, type StateResource } from "./state-file.ts";

/**
 * The context of the foundation in a local run: with the deployer's own key, as on a real account, so that a right which the
 * deployer lacks is missed here first. There a person copies the key from the bootstrap's outputs; here it is read from them
 * and goes into the engine's environment only. Before the bootstrap is applied there is no such key, and nothing to apply.
 */
export async function asDeployer(environment: string, owner: EngineContext): Promise<EngineContext> {
  const bootstrap = openStack(stackName(environment, "bootstrap"), owner);
  const told = await bootstrap.command(["stack", "output", "--json", "--show-secrets"]);
  if (told.code !== 0) return owner;
  const outputs = outputsSchema.safeParse(JSON.parse(told.stdout));
  if (!outputs.success) return owner;
  const { deployerAccessKeys: access, deployerSecretKeys: secret } = outputs.data;
  const name = longestValid(parseState(await bootstrap.exportState()).resources, access);
  const [accessKey, secretKey] = [access[name ?? ""], secret[name ?? ""]];
  if (accessKey === undefined || secretKey === undefined) return owner;
  return { ...owner, env: { ...owner.env, SCW_ACCESS_KEY: accessKey, SCW_SECRET_KEY: secretKey } };
}

const outputsSchema = z.object({
  deployerAccessKeys: z.record(z.string(), z.string()),
  deployerSecretKeys: z.record(z.string(), z.string()),
});

/** Of the overlapping keys, the one that expires last. */
function longestValid(
  resources: readonly StateResource[],
  accessKeys: Readonly<Record<string, string>>,
): string | undefined {
  const until = (accessKey: string | undefined): string => {
    const value = resources.find((r) => r.id === accessKey)?.outputs?.expiresAt;
    return typeof value === "string" ? value : "";
  };
  return Object.keys(accessKeys)
    .sort((a, b) => until(accessKeys[a]).localeCompare(until(accessKeys[b])))
    .at(-1);
}
