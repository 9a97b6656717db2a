import type { core, meta } from "@pulumi/kubernetes/types/input.js";
import { type ManifestCheck, METADATA, POD } from "../../../../judge/kit/manifest/check.ts";
import {
  allOf,
  anyOf,
  type Condition,
  entries,
  every,
  has,
  not,
  oneOf,
  type Place,
  some,
  unset,
  unsetOr,
  way,
} from "../../../../judge/kit/manifest/condition.ts";
import { ALLOWED_CAPABILITY, SAFE_SYSCTLS, SELINUX_TYPES, VOLUME_SOURCES } from "./pod-security.data.ts";

/**
 * The Pod Security Standards' level `restricted` of version 1.34, check by check, as conditions on a pod specification. Two
 * relaxations of the standard are left out on purpose: for Windows pods (Kapsule has no such node) and, since 1.35, for pods
 * in a user namespace (`hostUsers: false`). Source: Kubernetes documentation, Pod Security Standards.
 */
const pod = way<core.v1.PodSpec>(POD);
const metadata = way<meta.v1.ObjectMeta>(METADATA);
const c = way<core.v1.Container>("c");
const item = (name: string): Place => ({ from: name, steps: [] });

/** The condition on every container, of whatever sort. */
export const eachContainer = (holds: Condition): Condition =>
  allOf(
    every(pod("containers"), "c", holds),
    every(pod("initContainers"), "c", holds),
    every(pod("ephemeralContainers"), "c", holds),
  );

const check = (name: string, holds: Condition, want: unknown, message: string): ManifestCheck => ({
  name,
  on: "pods",
  holds,
  want,
  message,
});

/** Named as the SDK names them: another word does not compile. */
const SOURCES: readonly (keyof core.v1.Volume & string)[] = VOLUME_SOURCES;

const PROBES = ["livenessProbe", "readinessProbe", "startupProbe"] as const;
const HOOKS = ["postStart", "preStop"] as const;
const noHost = allOf(
  ...PROBES.flatMap((probe) => [unset(c(probe, "httpGet", "host")), unset(c(probe, "tcpSocket", "host"))]),
  ...HOOKS.flatMap((hook) => [unset(hookHost(hook, "httpGet")), unset(hookHost(hook, "tcpSocket"))]),
);
function hookHost(hook: (typeof HOOKS)[number], how: "httpGet" | "tcpSocket"): Place {
  return { from: "c", steps: [...c("lifecycle", hook, how).steps, "host"] };
}

const PROFILES = ["RuntimeDefault", "Localhost"] as const;

export const POD_SECURITY: readonly ManifestCheck[] = [
  check(
    "host namespaces",
    allOf(unsetOr(pod("hostNetwork"), false), unsetOr(pod("hostPID"), false), unsetOr(pod("hostIPC"), false)),
    false,
    "a pod may not share the node's network, processes or IPC",
  ),
  check(
    "privileged",
    eachContainer(unsetOr(c("securityContext", "privileged"), false)),
    false,
    "no privileged container",
  ),
  check(
    "host process",
    allOf(
      unsetOr(pod("securityContext", "windowsOptions", "hostProcess"), false),
      eachContainer(unsetOr(c("securityContext", "windowsOptions", "hostProcess"), false)),
    ),
    false,
    "no process of the host",
  ),
  check(
    "host ports",
    eachContainer(every(c("ports"), "p", unsetOr(way<core.v1.ContainerPort>("p")("hostPort"), 0))),
    null,
    "no port of the host",
  ),
  check("probe hosts", eachContainer(noHost), null, "probes and hooks may not name another host"),
  check(
    "volumes",
    every(pod("volumes"), "v", has(item("v"), ...SOURCES)),
    VOLUME_SOURCES,
    "only volumes that don't reach past the cluster's own storage",
  ),
  check(
    "no new privileges",
    eachContainer(oneOf(c("securityContext", "allowPrivilegeEscalation"), false)),
    false,
    "allowPrivilegeEscalation must be false",
  ),
  check(
    "non-root",
    allOf(
      unsetOr(pod("securityContext", "runAsNonRoot"), true),
      eachContainer(
        anyOf(
          oneOf(c("securityContext", "runAsNonRoot"), true),
          allOf(unset(c("securityContext", "runAsNonRoot")), oneOf(pod("securityContext", "runAsNonRoot"), true)),
        ),
      ),
    ),
    true,
    "runAsNonRoot must be true, for the pod or for every container",
  ),
  check(
    "user",
    allOf(
      not(oneOf(pod("securityContext", "runAsUser"), 0)),
      eachContainer(not(oneOf(c("securityContext", "runAsUser"), 0))),
    ),
    "another user than 0",
    "runAsUser may not be 0",
  ),
  check(
    "capabilities dropped",
    eachContainer(some(c("securityContext", "capabilities", "drop"), "x", oneOf(item("x"), "ALL"))),
    ["ALL"],
    "every container drops ALL capabilities",
  ),
  check(
    "capabilities added",
    eachContainer(every(c("securityContext", "capabilities", "add"), "x", oneOf(item("x"), ALLOWED_CAPABILITY))),
    [ALLOWED_CAPABILITY],
    `no capability but ${ALLOWED_CAPABILITY}`,
  ),
  check(
    "seccomp",
    allOf(
      unsetOr(pod("securityContext", "seccompProfile", "type"), ...PROFILES),
      eachContainer(
        anyOf(
          oneOf(c("securityContext", "seccompProfile", "type"), ...PROFILES),
          allOf(
            unset(c("securityContext", "seccompProfile")),
            oneOf(pod("securityContext", "seccompProfile", "type"), ...PROFILES),
          ),
        ),
      ),
    ),
    PROFILES,
    "seccomp on, for the pod or for every container",
  ),
  check(
    "AppArmor",
    allOf(
      unsetOr(pod("securityContext", "appArmorProfile", "type"), ...PROFILES),
      eachContainer(unsetOr(c("securityContext", "appArmorProfile", "type"), ...PROFILES)),
      entries(
        metadata("annotations"),
        "^container\\.apparmor\\.security\\.beta\\.kubernetes\\.io/",
        "^($|runtime/default$|localhost/)",
      ),
    ),
    PROFILES,
    "AppArmor may not be switched off",
  ),
  check(
    "SELinux",
    allOf(
      unsetOr(pod("securityContext", "seLinuxOptions", "type"), ...SELINUX_TYPES),
      unset(pod("securityContext", "seLinuxOptions", "user")),
      unset(pod("securityContext", "seLinuxOptions", "role")),
      eachContainer(
        allOf(
          unsetOr(c("securityContext", "seLinuxOptions", "type"), ...SELINUX_TYPES),
          unset(c("securityContext", "seLinuxOptions", "user")),
          unset(c("securityContext", "seLinuxOptions", "role")),
        ),
      ),
    ),
    SELINUX_TYPES,
    "no SELinux user or role, and only a container's type",
  ),
  check(
    "proc mount",
    eachContainer(unsetOr(c("securityContext", "procMount"), "Default")),
    "Default",
    "the default /proc",
  ),
  check(
    "sysctls",
    every(pod("securityContext", "sysctls"), "s", oneOf(way<core.v1.Sysctl>("s")("name"), ...SAFE_SYSCTLS)),
    SAFE_SYSCTLS,
    "only sysctls that stay in the pod",
  ),
];
