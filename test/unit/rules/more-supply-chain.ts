import { UNKNOWN } from "../../../judge/facts/raw.ts";
import type { RuleId } from "../../../policy-packs/bastide/rules/ids.ts";
import { container, IMAGE, K, pod } from "../../harness/kubernetes.ts";
import { raw, urnOf } from "../../harness/raw.ts";
import type { MoreCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

const registry = raw(T.registry, "research", { name: "rehearsal-images", region: "fr-par" });
const serverless = (image: string | typeof UNKNOWN | undefined) =>
  raw(T.container, "c", { region: "fr-par", ...(image === undefined ? {} : { image }) });
const inContainer = urnOf(T.container, "c");
const inPod = urnOf(K.pod, "p");
const digest = `@sha256:${"ab".repeat(32)}`;
const vpc = raw(T.vpc, "v", { region: "fr-par" });
const pinned = { lockFile: "package-lock.json", ranges: [], withoutChecksum: [] };
const ranges = Array.from({ length: 21 }, (_, i) => `package-${i}@^1.0.0`);
const release = (inputs: Record<string, string | number>) => raw(K.release, "c", { chart: "x", ...inputs });
const charted = urnOf(K.release, "c");
const command = raw("command:local:Command", "c", { create: "true" });

export const moreSupplyChain = {
  "SUP-01": {
    failing: [
      {
        name: "a serverless container that names no image",
        resources: [registry, serverless(undefined)],
        on: inContainer,
        property: "image",
        got: null,
      },
      {
        name: "a public image by digest, whoever sees no registry",
        resources: [pod({ containers: [container({ image: `docker.io/library/spark${digest}` })] })],
        on: inPod,
        property: "spec.containers[0].image",
      },
    ],
    undecided: [
      { name: "a serverless image that is not known", resources: [registry, serverless(UNKNOWN)], on: inContainer },
      { name: "a serverless image, and no registry in sight", resources: [serverless(IMAGE)], on: inContainer },
      {
        name: "a registry whose place is not known",
        resources: [raw(T.registry, "research", { name: "rehearsal-images", region: UNKNOWN }), serverless(IMAGE)],
        on: inContainer,
      },
      {
        name: "a registry that the provider names",
        resources: [raw(T.registry, "research", { region: "fr-par" }), serverless(IMAGE)],
        on: inContainer,
      },
      {
        name: "an image that may be of the registry whose name is not known",
        resources: [
          registry,
          raw(T.registry, "other", { name: UNKNOWN, region: "fr-par" }),
          serverless(`rg.fr-par.scw.cloud/later/spark${digest}`),
        ],
        on: inContainer,
      },
    ],
  },
  "SUP-02": {
    passing: [
      {
        name: "a lock file, named",
        resources: [vpc],
        on: "stack",
        property: "packages.lockFile",
        program: { packages: pinned },
        got: "package-lock.json",
      },
      {
        name: "a chart of a version with pre-release and build, by its later API",
        resources: [raw("kubernetes:helm.sh/v10:Chart", "c", { version: "v10.20.30-rc.1" }, { custom: false })],
        on: urnOf("kubernetes:helm.sh/v10:Chart", "c"),
        property: "version",
      },
      {
        name: "a chart of a build",
        resources: [release({ version: "1.2.3+build.77" })],
        on: charted,
        property: "version",
      },
    ],
    failing: [
      {
        name: "more ranges than are told",
        resources: [vpc],
        on: "stack",
        property: "packages.ranges",
        program: { packages: { ...pinned, ranges } },
        got: ranges.slice(0, 20),
      },
      {
        name: "a chart of this version or that",
        resources: [release({ version: "1.2.3 || 1.3.0" })],
        on: charted,
        property: "version",
        got: "1.2.3 || 1.3.0",
      },
      {
        name: "a chart of at least a version",
        resources: [release({ version: ">=1.2.3" })],
        on: charted,
        property: "version",
      },
      {
        name: "a version that is a number",
        resources: [release({ version: 1 })],
        on: charted,
        property: "version",
        got: null,
      },
    ],
    undecided: [
      {
        name: "a version that somebody computes",
        resources: [vpc, raw(K.release, "c", { version: UNKNOWN }, { dependsOn: { version: [vpc.urn] } })],
        on: charted,
        property: "version",
        from: vpc.urn,
      },
      {
        name: "a version that the program computes",
        resources: [raw(K.release, "c", { version: UNKNOWN })],
        on: charted,
        property: "version",
        from: charted,
      },
    ],
    notApplicable: [
      {
        name: "a resource that is named like a chart",
        resources: [raw("kubernetes:helm.sh/v3:ReleaseNote", "c", {})],
        on: "stack",
      },
    ],
  },
  "SUP-04": {
    passing: [
      {
        name: "packages that are seen through, told once",
        resources: [registry, vpc, raw(T.provider, "p")],
        on: "stack",
        property: "type",
        got: ["scaleway"],
      },
    ],
    failing: [
      {
        name: "a command beside resources that show themselves",
        resources: [registry, command],
        on: command.urn,
        property: "type",
        got: "runs a command on the deployer's machine or a server",
      },
    ],
  },
} as const satisfies Partial<Record<RuleId, MoreCases>>;
