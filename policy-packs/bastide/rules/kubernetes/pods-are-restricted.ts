import { judgeManifest, type ManifestCheck } from "../../../../judge/kit/manifest/check.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";
import { POD_SECURITY } from "./pod-security.ts";
import { volumeChecks } from "./volumes.ts";

export const restrictedChecks: readonly ManifestCheck[] = [...POD_SECURITY, ...volumeChecks];

export const podsAreRestricted = resourceRule({
  id: "K8S-02",
  title: "pod specifications meet Pod Security `restricted`, in every controller and every sort of container",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: [
    "CIS:5.2.2",
    "CIS:5.2.3",
    "CIS:5.2.4",
    "CIS:5.2.5",
    "CIS:5.2.6",
    "CIS:5.2.7",
    "CIS:5.2.8",
    "CIS:5.2.9",
    "CIS:5.2.11",
    "CIS:5.2.12",
    "CIS:5.6.2",
    "CIS:5.6.3",
    "PSS:baseline",
    "PSS:restricted",
    "NSA:pod",
  ],
  rationale:
    "A pod that reaches its node reaches every other pod there, with its data and tokens. The API server's own admission looks " +
    "at pods alone: a controller with a bad template is accepted and then makes none, unseen.",
  remedy:
    "Set `runAsNonRoot: true` and `seccompProfile: {type: RuntimeDefault}` on the pod; on every container, init containers too, " +
    "`allowPrivilegeEscalation: false` and `capabilities: {drop: [ALL]}`; no host namespace, path, port or probe host.",
  judgeOne: (resource, estate) =>
    resource.facts.flatMap((fact) => (fact.kind === "manifest" ? judgeManifest(fact, estate, restrictedChecks) : [])),
});
