import type { core } from "@pulumi/kubernetes/types/input.js";
import { judgeManifest, type ManifestCheck, OBJECT } from "../../../../judge/kit/manifest/check.ts";
import { allOf, every, not, oneOf, type Place, unset, way } from "../../../../judge/kit/manifest/condition.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";
import { eachContainer } from "./pod-security.ts";

const c = way<core.v1.Container>("c");
const at = (...steps: readonly string[]): Place => ({ from: OBJECT, steps });

export const environmentChecks: readonly ManifestCheck[] = [
  {
    name: "variables",
    on: "pods",
    holds: eachContainer(
      allOf(
        every(c("env"), "e", unset(way<core.v1.EnvVar>("e")("valueFrom", "secretKeyRef"))),
        every(c("envFrom"), "e", unset(way<core.v1.EnvFromSource>("e")("secretRef"))),
      ),
    ),
    want: "a mounted file",
    message: "secrets are mounted as files, not handed over in the environment",
  },
];

/** At the server a store's operator writes the same objects as a program would: only the program can be asked. */
export const secretChecks: readonly ManifestCheck[] = [
  {
    name: "data",
    on: ["Secret"],
    holds: allOf(unset(at("data")), unset(at("stringData"))),
    want: "no data: an outer store supplies it",
    message: "",
  },
  {
    name: "lasting token",
    on: ["Secret"],
    holds: not(oneOf(at("type"), "kubernetes.io/service-account-token")),
    want: "a projected token that expires",
    message: "",
  },
];

export const secretsComeAsFiles = resourceRule({
  id: "K8S-06",
  title: "secrets come from an outer store, as files",
  severity: "medium",
  enforcement: "mandatory",
  waivable: true,
  controls: ["CIS:5.4.1", "CIS:5.4.2", "IR:9.2.c.iv", "ISO:A.5.17"],
  rationale:
    "What a manifest holds is in the program's state and in every backup of it. What is in a process's environment is in its " +
    "children's, in crash reports, and in `kubectl describe`.",
  remedy:
    "Keep the secret in Secret Manager and let the platform's `SecretSync` (or another operator) bring it; mount it as a volume " +
    "and read the file.",
  judgeOne: (resource, estate) =>
    resource.facts.flatMap((fact) =>
      fact.kind === "manifest" ? judgeManifest(fact, estate, [...environmentChecks, ...secretChecks]) : [],
    ),
});
