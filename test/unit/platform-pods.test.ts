import { describe, expect, it } from "vitest";
import { environmentNames } from "../../stacks/load.ts";
import { walk } from "../harness/plans.ts";
import { manifestsOf, platformOf } from "../harness/platform.ts";

/** What a pod of the platform may take of its node, and what it may leave there. */
interface Pod {
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes?: readonly Volume[];
}
interface Container {
  readonly name: string;
  readonly image?: string;
  readonly resources?: { readonly limits?: Readonly<Record<string, string>> };
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}
interface Volume {
  readonly name: string;
  readonly emptyDir?: { readonly medium?: string; readonly sizeLimit?: string };
  readonly ephemeral?: {
    readonly volumeClaimTemplate: { readonly spec: { readonly storageClassName?: string } };
  };
}

const isPod = (value: unknown): value is Pod =>
  typeof value === "object" && value !== null && "containers" in value && Array.isArray(value.containers);

const isStateful = (v: unknown): v is { volumeClaimTemplates: { metadata: { name: string } }[] } =>
  typeof v === "object" && v !== null && "volumeClaimTemplates" in v && Array.isArray(v.volumeClaimTemplates);

const UNITS: Readonly<Record<string, number>> = { Mi: 1, Gi: 1024 };
const mebibytes = (text = "0Mi"): number => Number.parseInt(text, 10) * (UNITS[text.slice(-2)] ?? Number.NaN);

/** Pods of all workloads, and the template of those that Spark makes. */
const podsOf = (name: string): readonly (readonly [string, Pod])[] =>
  manifestsOf(platformOf(name)).flatMap((m) => {
    const title = `${m.kind} ${m.metadata.namespace}/${m.metadata.name}`;
    const data = typeof m.data === "object" && m.data !== null ? Object.entries(m.data) : [];
    const template = data.find(([key]) => key === "executor.yaml")?.[1];
    const made: unknown = template === undefined ? undefined : JSON.parse(String(template)).spec;
    const claims = [...walk(m)].flatMap((v) => (isStateful(v) ? v.volumeClaimTemplates : []));
    const volumes = claims.map(({ metadata }) => ({ name: metadata.name }));
    return [...[...walk(m)].filter(isPod), ...(isPod(made) ? [made] : [])].map(
      (pod) => [title, { ...pod, volumes: [...(pod.volumes ?? []), ...volumes] }] as const,
    );
  });

describe.each(environmentNames)("pods of the platform of %s", (name) => {
  const pods = podsOf(name);

  it("are there", () => expect(pods.length).toBeGreaterThan(10));

  it("are never evicted for filling the room that they were promised on the node's disk", () => {
    const short = pods.flatMap(([title, pod]) => {
      const promised = (pod.volumes ?? [])
        .filter(({ emptyDir }) => emptyDir !== undefined && emptyDir.medium !== "Memory")
        .reduce((sum, { emptyDir }) => sum + mebibytes(emptyDir?.sizeLimit), 0);
      const limit = pod.containers.reduce(
        (sum, { resources }) => sum + mebibytes(resources?.limits?.["ephemeral-storage"]),
        0,
      );
      return promised <= limit ? [] : [`${title}: ${promised} Mi promised, evicted at ${limit}`];
    });
    expect(short).toEqual([]);
  });

  it("mount nothing that they don't declare, and each path once", () => {
    for (const [title, pod] of pods) {
      const declared = new Set((pod.volumes ?? []).map((volume) => volume.name));
      for (const { volumeMounts = [] } of [...(pod.initContainers ?? []), ...pod.containers]) {
        expect(
          volumeMounts.filter((mount) => !declared.has(mount.name)),
          title,
        ).toEqual([]);
        expect(new Set(volumeMounts.map((mount) => mount.mountPath)).size, title).toBe(volumeMounts.length);
      }
    }
  });

  it("spill only to encrypted volumes that go with them", () => {
    const classes = pods.flatMap(([, pod]) =>
      (pod.volumes ?? []).flatMap(({ ephemeral }) => ephemeral?.volumeClaimTemplate.spec.storageClassName ?? []),
    );
    expect(new Set(classes)).toEqual(new Set(["bastide-scratch"]));
  });
});

describe("API keys", () => {
  it("are delivered to every namespace whose pods start from them", () => {
    const manifests = manifestsOf(platformOf("rehearsal"));
    const script = JSON.stringify(manifests.find((m) => m.kind === "CronJob" && m.metadata.name === "secret-sync"));
    const missing = manifests.flatMap((m) => {
      const needed = [...walk(m)].flatMap((v) =>
        typeof v === "object" && v !== null && "secretName" in v ? [String(v.secretName)] : [],
      );
      const byHand = new Set(["credentials-secrets-reader", "credentials-restorer"]);
      return needed
        .filter((secret) => secret.startsWith("credentials-") && !byHand.has(secret))
        .filter((secret) => !script.includes(`${m.metadata.namespace}-${secret.replace("credentials-", "")}.json`))
        .map((secret) => `${m.metadata.namespace}/${secret}`);
    });
    expect(missing).toEqual([]);
  });
});
