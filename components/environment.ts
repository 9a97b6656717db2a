import type { Input } from "@pulumi/pulumi";
import type { Blueprint } from "../blueprint/model/blueprint.ts";
import { inputError } from "../kernel/errors.ts";
import { LAYERS, type Layer } from "../stacks/vocabulary.ts";
import { Bootstrap } from "./bootstrap.ts";
import { deployerOf } from "./deployer.ts";
import { Foundation } from "./foundation.ts";
import { Providers } from "./providers.ts";

/** Outputs of a stack: what the next layer, or a person, reads. */
export type StackOutputs = Readonly<Record<string, Input<unknown>>>;

/** The environment and layer that a stack's name says, `<environment>.<layer>`. Anything else is an input error. */
export function parseStackName(stack: string): { readonly environment: string; readonly layer: Layer } {
  const dot = stack.lastIndexOf(".");
  const layer = LAYERS.find((known) => known === stack.slice(dot + 1));
  if (dot > 0 && layer !== undefined) return { environment: stack.slice(0, dot), layer };
  throw inputError("a stack's name says what it is", [
    {
      code: "stack.name",
      path: "stack",
      got: stack,
      want: `<environment>.<layer>, the layer one of ${LAYERS.join(", ")}`,
      fix: "select or create a stack such as rehearsal.foundation",
    },
  ]);
}

/** Makes the resources of one layer. */
export const realise = async (blueprint: Blueprint, layer: Layer): Promise<StackOutputs> => REALISERS[layer](blueprint);

const REALISERS: Readonly<Record<Layer, (blueprint: Blueprint) => StackOutputs | Promise<StackOutputs>>> = {
  bootstrap: ({ environment, bootstrap: spec }) => {
    const { organizationId } = environment;
    const providers = new Providers(organizationId, [spec.region], ["bastide"]);
    const made = new Bootstrap(spec, { organizationId }, { providers: providers.of(spec.region) });
    return {
      deployerApplicationId: made.deployerId,
      stateBucket: made.stateBucket,
      // For whoever runs the next layers: `pulumi stack output --show-secrets`.
      deployerAccessKeys: made.deployerKeys.record((key) => key.accessKey),
      deployerSecretKeys: made.deployerKeys.record((key) => key.secretKey),
    };
  },
  foundation: async ({ environment, foundation: spec }) => {
    const deployerId = await deployerOf(environment.name);
    const providers = new Providers(environment.organizationId, environment.regions, ["random", "bastide"]);
    const made = new Foundation(spec, { environment, providers, deployerId });
    return {
      environment: environment.name,
      profile: environment.profile,
      advisories: [...environment.advisories],
      regions: made.regions.record((region) => ({
        vpcId: region.network.vpcId,
        clusterId: region.cluster.id,
        apiserverUrl: region.cluster.apiserverUrl,
        bastionAddress: region.bastion.gateway.address,
      })),
    };
  },
  platform: ({ environment }) => {
    throw inputError("the platform layer is not part of this release", [
      {
        code: "stack.platform",
        path: `${environment.name}.platform`,
        got: "platform",
        want: "bootstrap or foundation",
        fix: "apply the foundation; the data platform on its clusters is a later issue",
      },
    ]);
  },
};
