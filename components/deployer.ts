import { getOrganization, getProject, type Output, StackReference } from "@pulumi/pulumi";
import type { Key } from "../blueprint/model/common.ts";
import { inputError } from "../kernel/errors.ts";

/** How policies of the foundation name the application that deploys it, which the bootstrap layer makes. */
export const DEPLOYER: Key = "bootstrap-deployer";

/** Output of the bootstrap stack that holds its id. */
const OUTPUT = "deployerApplicationId";

/**
 * Id of the deployer, from the bootstrap stack of the same environment. Told missing before anything else is registered: an
 * error thrown inside an `apply` would come too late, and once for every resource that waits for it. A value that is not
 * known yet (the offline gate has applied nothing) is not missing.
 */
export async function deployerOf(environment: string): Promise<Output<string>> {
  const stack = `${environment}.bootstrap`;
  const reference = new StackReference(stack, { name: `${getOrganization()}/${getProject()}/${stack}` });
  // Asked for by name: the outputs as a whole are secret, because one of them is.
  const id: Output<unknown> = reference.getOutput(OUTPUT);
  let isKnown = false;
  const text = id.apply((value) => {
    isKnown = true;
    return String(value);
  });
  const { value } = await reference.getOutputDetails(OUTPUT);
  if (!isKnown || typeof value === "string") return text;
  throw inputError("the bootstrap layer comes first", [
    {
      code: "stack.bootstrap-missing",
      path: stack,
      got: `no output ${OUTPUT}`,
      want: "an applied bootstrap stack",
      fix: `apply ${stack} before ${environment}.foundation`,
    },
  ]);
}
