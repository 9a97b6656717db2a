import { createServer } from "node:http";
import { z } from "zod";
import type { Platform } from "../scaleway/core/platform.ts";
import { authenticate } from "../scaleway/services/iam/keys.ts";
import { permissionSetsOf } from "../scaleway/services/iam/permissions.ts";
import { GROUP } from "../scaleway/services/iam/principals.ts";
import { CLUSTER } from "../scaleway/services/k8s/clusters.ts";

/**
 * Who a bearer of a token is, for an API server that asks (a webhook of Kubernetes' `TokenReview`): the secret key of an IAM
 * API key signs its owner in under the groups that its permission sets over the cluster's project give. The cluster's own
 * admin token signs in its administrator, until it is reset.
 */
export interface SignIn {
  /** Where the API server of this cluster asks. */
  urlFor(clusterId: string): string;
  stop(): Promise<void>;
}

export interface Bearer {
  readonly username: string;
  readonly uid: string;
  readonly groups: readonly string[];
}

/** Groups that permission sets give (Scaleway's list of sets names `system:masters`; the others are as its users report them). */
const GROUPS_OF_SETS: Readonly<Record<string, string>> = {
  KubernetesSystemMastersGroupAccess: "system:masters",
  KubernetesFullAccess: "scaleway:cluster-write",
  KubernetesReadOnly: "scaleway:cluster-read",
};

/** Whose the token of a kubeconfig is. */
const ADMINISTRATOR: Bearer = { username: "kubernetes-admin", uid: "1", groups: ["system:masters"] };

export function bearerOf(platform: Platform, clusterId: string, token: string, ip: string): Bearer | undefined {
  const cluster = platform.collection(CLUSTER).find(clusterId);
  if (cluster === undefined) return undefined;
  if (token === cluster.token) return ADMINISTRATOR;
  const caller = authenticate(platform, token);
  if (caller === undefined || caller === "expired") return undefined;
  const request = { ip, userAgent: "", time: new Date(platform.clock.now()) };
  const resource = { id: cluster.id, name: cluster.name, locality: cluster.region };
  const sets = permissionSetsOf(platform, caller, cluster.project_id, { request, resource });
  const granted = caller.isOwner ? ["system:masters"] : [...sets].flatMap((set) => GROUPS_OF_SETS[set] ?? []);
  const memberships = platform
    .collection(GROUP)
    .all()
    .filter((g) => g.application_ids.includes(caller.id) || g.user_ids.includes(caller.id))
    .map((g) => `scaleway:group:${g.id}`);
  return { username: `scaleway:bearer:${caller.id}`, uid: caller.id, groups: [...granted, ...memberships].sort() };
}

const review = z.object({ apiVersion: z.string(), spec: z.object({ token: z.string() }) });

/** @param ip address that calls are taken to come from: conditions of IAM are asked about it. */
export async function startSignIn(platform: Platform, ip: string): Promise<SignIn> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const asked = review.safeParse(parsed(Buffer.concat(chunks).toString("utf8")));
      if (!asked.success) {
        response.writeHead(400).end();
        return;
      }
      const bearer = bearerOf(platform, clusterIn(request.url), asked.data.spec.token, ip);
      const status = bearer === undefined ? { authenticated: false } : { authenticated: true, user: bearer };
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ apiVersion: asked.data.apiVersion, kind: "TokenReview", status }));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    urlFor: (clusterId) => `http://127.0.0.1:${port}/${clusterId}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not a review: the caller refuses it.
    return undefined;
  }
}

/** The API server adds a time limit behind the address that it was given. */
const clusterIn = (url = ""): string => new URL(url, "http://127.0.0.1").pathname.slice(1);
