import type { Route } from "../core/routes.ts";
import { keyRoutes as iamKeyRoutes } from "./iam/keys.ts";
import { policyRoutes } from "./iam/policies.ts";
import { principalRoutes } from "./iam/principals.ts";
import { ipamRoutes } from "./ipam/routes.ts";
import { keyRoutes } from "./key-manager/keys.ts";
import { privateNetworkRoutes } from "./vpc/private-networks.ts";
import { vpcListRoutes } from "./vpc/vpcs.ts";

/** Routes of every service that this Scaleway has; the others answer 501. */
export const ROUTES: readonly Route[] = [
  ...principalRoutes,
  ...policyRoutes,
  ...iamKeyRoutes,
  ...keyRoutes,
  ...vpcListRoutes,
  ...privateNetworkRoutes,
  ...ipamRoutes,
];
