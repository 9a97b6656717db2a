/** Pods that nobody may run, as a look into a cluster tries them: one for each door that stands in their way. */
export interface HostilePod {
  readonly what: string;
  /** Who is to refuse it. */
  readonly by: string;
  /** What a refusal by them says. */
  readonly refused: RegExp;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** What became of one. */
export interface Tried {
  readonly what: string;
  readonly by: string;
  /** The API server's own words. */
  readonly said: string;
}

/** By digest, as ours are: the registry alone is wrong. */
const FOREIGN_IMAGE = `docker.io/library/busybox@sha256:${"0".repeat(64)}`;
const SMALL = { requests: { cpu: "10m", memory: "16Mi" }, limits: { cpu: "10m", memory: "16Mi" } };

/** As Pod Security's `restricted` wants a container. */
const RESTRICTED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  runAsUser: 1000,
  seccompProfile: { type: "RuntimeDefault" },
};

const container = (securityContext: Readonly<Record<string, unknown>>) => ({
  name: "hostile",
  image: FOREIGN_IMAGE,
  resources: SMALL,
  securityContext,
});

export const HOSTILE: readonly HostilePod[] = [
  {
    what: "privileged, on its node's network",
    by: "Pod Security",
    refused: /violates PodSecurity/,
    spec: { hostNetwork: true, containers: [container({ privileged: true })] },
  },
  {
    what: "restricted, with an image of somebody else's registry",
    by: "the platform's own policies",
    refused: /ValidatingAdmissionPolicy .*SUP-01/,
    spec: { containers: [container(RESTRICTED)] },
  },
];
