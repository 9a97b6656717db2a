import { stringify } from "yaml";

/**
 * How kwok plays a node's part: nodes are Ready, pods that the scheduler placed come to be Running and Ready with an address, pods of
 * Jobs then end well without having done anything, and deleted pods go. Nothing is pulled and nothing runs.
 */
const stage = (name: string, kind: "Node" | "Pod", when: readonly unknown[], next: unknown): string =>
  stringify({
    apiVersion: "kwok.x-k8s.io/v1alpha1",
    kind: "Stage",
    metadata: { name },
    spec: { resourceRef: { apiGroup: "v1", kind }, selector: { matchExpressions: when }, next },
  });

const DELETED = ".metadata.deletionTimestamp";
const READY = '.status.conditions.[] | select( .type == "Ready" ) | .status';

const NODE_STATUS = `{{ $now := Now }}
conditions:
- lastHeartbeatTime: {{ $now | Quote }}
  lastTransitionTime: {{ $now | Quote }}
  message: played by kwok
  reason: KubeletReady
  status: "True"
  type: Ready
`;

const CONDITIONS = ["Initialized", "Ready", "ContainersReady"]
  .map((type) => `- lastTransitionTime: {{ $now | Quote }}\n  status: "True"\n  type: ${type}\n`)
  .join("");

const RUNNING = `{{ $now := Now }}
conditions:
${CONDITIONS}containerStatuses:
{{ range .spec.containers }}
- image: {{ .image | Quote }}
  imageID: ""
  name: {{ .name | Quote }}
  ready: true
  restartCount: 0
  started: true
  state:
    running:
      startedAt: {{ $now | Quote }}
{{ end }}
phase: Running
hostIP: {{ NodeIPWith .spec.nodeName | Quote }}
podIP: {{ PodIPWith .spec.nodeName ( or .spec.hostNetwork false ) ( or .metadata.uid "" ) ( or .metadata.name "" ) ( or .metadata.namespace "" ) | Quote }}
startTime: {{ $now | Quote }}
`;

const ENDED = `{{ $now := Now }}
conditions:
- lastTransitionTime: {{ $now | Quote }}
  status: "False"
  reason: PodCompleted
  type: Ready
containerStatuses:
{{ range .spec.containers }}
- image: {{ .image | Quote }}
  imageID: ""
  name: {{ .name | Quote }}
  ready: false
  restartCount: 0
  started: false
  state:
    terminated:
      exitCode: 0
      finishedAt: {{ $now | Quote }}
      reason: Completed
      startedAt: {{ $now | Quote }}
{{ end }}
phase: Succeeded
`;

export const STAGES: string = [
  stage("node-ready", "Node", [{ key: READY, operator: "NotIn", values: ["True"] }], { statusTemplate: NODE_STATUS }),
  stage(
    "pod-ready",
    "Pod",
    [
      { key: DELETED, operator: "DoesNotExist" },
      { key: ".status.podIP", operator: "DoesNotExist" },
    ],
    { statusTemplate: RUNNING },
  ),
  stage(
    "pod-ends",
    "Pod",
    [
      { key: DELETED, operator: "DoesNotExist" },
      { key: ".status.phase", operator: "In", values: ["Running"] },
      { key: ".metadata.ownerReferences.[].kind", operator: "In", values: ["Job"] },
    ],
    { statusTemplate: ENDED },
  ),
  stage("pod-goes", "Pod", [{ key: DELETED, operator: "Exists" }], { finalizers: { empty: true }, delete: true }),
].join("---\n");
