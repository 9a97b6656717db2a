import type { Input } from "@pulumi/pulumi";
import type { Blueprint } from "../blueprint/model/blueprint.ts";
import type { PlatformSpec } from "../blueprint/model/platform.ts";
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

/** What is realised: the platform's plan is made when its layer is. */
export interface Plans {
  readonly blueprint: Blueprint;
  readonly platform: () => PlatformSpec;
}

/** Makes the resources of one layer. */
export const realise = async (plans: Plans, layer: Layer): Promise<StackOutputs> => REALISERS[layer](plans);

const REALISERS: Readonly<Record<Layer, (plans: Plans) => StackOutputs | Promise<StackOutputs>>> = {
  bootstrap: ({ blueprint: { environment, bootstrap: spec } }) => {
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
  foundation: async ({ blueprint: { environment, foundation: spec } }) => {
    const deployerId = await deployerOf(environment.name);
    const providers = new Providers(environment.organizationId, environment.regions, ["random", "bastide"]);
    const made = new Foundation(spec, { environment, providers, deployerId });
    return {
      environment: environment.name,
      profile: environment.profile,
      advisories: [...environment.advisories],
      // What the platform layer needs; none of it is a secret.
      volumeKeys: made.volumeKeys,
      accessKeys: made.accessKeys,
      cockpit: made.regions.record((region) => region.observability.pushUrls),
      regions: made.regions.record((region) => ({
        vpcId: region.network.vpcId,
        clusterId: region.cluster.id,
        apiserverUrl: region.cluster.apiserverUrl,
        clusterCa: region.cluster.certificateAuthority,
        bastionAddress: region.bastion.gateway.address,
      })),
    };
  },
  // Loaded when it is asked for: the Kubernetes SDK takes a second that the other layers need not wait.
  platform: async ({ blueprint: { environment }, platform }) =>
    (await import("./platform/platform.ts")).realisePlatform(environment, platform()),
};
