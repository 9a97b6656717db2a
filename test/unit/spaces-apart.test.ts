import { beforeAll, describe, expect, it } from "vitest";
import type { Manifest } from "../../blueprint/model/platform.ts";
import { type Estate, estateOf } from "../../judge/facts/estate.ts";
import type { RawObject, RawResource } from "../../judge/facts/raw.ts";
import { identitiesOf } from "../../judge/graph/acting.ts";
import { pods } from "../../judge/graph/pods.ts";
import { type SpacePod, spacePods } from "../../policy-packs/bastide/rules/graph/spaces.ts";
import { spacesAreApart } from "../../policy-packs/bastide/rules/graph/spaces-are-apart.ts";
import { HELD_KEYS, readHeldKeys } from "../../stacks/held-keys.ts";
import { app, bucket, grant } from "../harness/grants.ts";
import { K } from "../harness/kubernetes.ts";
import { NOW, testLaw } from "../harness/law.ts";
import { platformOf } from "../harness/platform.ts";
import { raw } from "../harness/raw.ts";

/**
 * The 200 spaces of `production`, as their manifests declare them: what two of them have in common. Each thing that a space reaches is listed with
 * all spaces that reach it, so every pair is looked at.
 */
const tokenOf = ({ apiVersion, kind }: Manifest): string =>
  `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;

function platformResources(): readonly RawResource[] {
  const made = platformOf("production").regions.flatMap(({ region, parts }) => {
    const provider = raw(K.provider, `kubernetes-${region}`, {});
    const objects = parts.flatMap((part) => part.objects);
    return [
      provider,
      ...objects.map(({ key, manifest }) => {
        const { apiVersion: _, kind: __, ...body } = manifest;
        // Plain data: what a manifest is made of.
        const inputs: RawObject = JSON.parse(JSON.stringify(body));
        return { ...raw(tokenOf(manifest), key, inputs), provider: provider.urn };
      }),
    ];
  });
  const texts = made.flatMap(({ inputs: { metadata } }) =>
    typeof metadata === "object" && metadata !== null && "annotations" in metadata
      ? JSON.stringify(metadata.annotations)
      : [],
  );
  const named = texts.flatMap((text): readonly (string | undefined)[] => {
    const told: unknown = JSON.parse(text)[HELD_KEYS];
    return typeof told === "string" ? [...readHeldKeys(told).values()] : [];
  });
  return [
    ...made,
    ...[...new Set(named)].flatMap((name) => (name === undefined ? [] : [app(name, undefined, "admin")])),
  ];
}

/** Everything that workloads of a space call outside of it, or act as, with the spaces that do. */
function inCommon(estate: Estate): ReadonlyMap<string, ReadonlySet<string>> {
  const { all, between } = pods(estate);
  const reached = new Map<string, Set<string>>();
  const add = (what: string, permit: string): void => {
    reached.set(what, (reached.get(what) ?? new Set()).add(permit));
  };
  const strangers = all.filter(
    (pod) => pod.namespaceLabels?.known !== true || pod.namespaceLabels.value.permit === undefined,
  );
  const alike = new Map<string, SpacePod>();
  // Pods of one space with the same labels are the same to every policy.
  for (const one of spacePods(estate)) {
    const labels = one.pod.labels.known ? JSON.stringify(one.pod.labels.value) : one.pod.id;
    alike.set(`${one.permit} ${labels}`, one);
    for (const { as } of identitiesOf(one.pod.id, estate)) add(as, one.permit);
  }
  for (const { pod, permit } of alike.values()) {
    for (const to of strangers) if (between(pod, to)?.packets.boxes.length) add(to.id, permit);
  }
  return new Map([...reached].filter(([, permits]) => permits.size > 1));
}

const short = (urn: string): string => urn.split("::").at(-1) ?? urn;

describe("the spaces of production", () => {
  let resources: readonly RawResource[];
  let estate: Estate;
  beforeAll(() => {
    resources = platformResources();
    estate = estateOf("state", resources);
  }, 120_000);

  it("are two hundred, each with workloads", () => {
    const permits = new Map<string, number>();
    for (const { permit } of spacePods(estate)) permits.set(permit, (permits.get(permit) ?? 0) + 1);
    expect(permits.size).toBe(200);
    expect(Math.min(...permits.values())).toBeGreaterThan(1);
  });

  it("have in common what serves all of them and two identities: who signs for each space's gateway, who pulls images", () => {
    expect([...inCommon(estate).keys()].map(short).sort()).toEqual(
      [
        "bastide-production-identity-app-broker",
        "bastide-production-identity-app-image-puller",
        "platform-fr-par-egress-proxy-deployment-egress-proxy",
        "platform-fr-par-database-statefulset-postgresql",
        "platform-fr-par-trino-deployment-catalog",
        "platform-fr-par-trino-deployment-trino-coordinator",
      ].sort(),
    );
  }, 120_000);

  it("hold no key in their own namespaces but the one that pulls images, which a driver may mount into pods that it makes", () => {
    const own = spacePods(estate).filter(({ pod }) => pod.namespace.known && pod.namespace.value.startsWith("space-"));
    const held = new Set(own.flatMap(({ pod }) => identitiesOf(pod.id, estate).map(({ as }) => short(as))));
    expect(own.length).toBeGreaterThan(400);
    expect([...held]).toEqual(["bastide-production-identity-app-image-puller"]);
  });

  it("are apart to the rule as well", () => {
    const results = spacesAreApart.judge(estate, testLaw(), NOW);
    expect(results.filter(({ outcome }) => outcome !== "pass")).toEqual([]);
    expect(results.length).toBeGreaterThan(800);
  }, 120_000);

  it.each<readonly [string, string, () => readonly RawResource[]]>([
    [
      "a gateway that hears another space too",
      "space-project-0002",
      () => [
        planted(K.networkPolicy, "in", "storage-gateway", {
          spec: {
            podSelector: { matchLabels: { "app.kubernetes.io/name": "space-project-0002" } },
            policyTypes: ["Ingress"],
            ingress: [{ from: [inNamespace(ONE)] }],
          },
        }),
        planted(K.networkPolicy, "out", ONE, {
          spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{ to: [inNamespace("storage-gateway")] }] },
        }),
      ],
    ],
    [
      "a driver that reads another space's Secrets",
      "spark-connect",
      () => [
        app("other", permitOf(TWO)),
        bucket("lake", { permit: permitOf(TWO) }),
        grant({ applicationId: "other" }, ["ObjectStorageObjectsRead"]),
        planted(K.configMap, "held", TWO, {}, { [HELD_KEYS]: "own=other" }),
        planted(K.role, "reads", TWO, { rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["list"] }] }),
        planted(K.roleBinding, "reads", TWO, {
          roleRef: { kind: "Role", name: "planted-reads" },
          subjects: [{ kind: "ServiceAccount", name: "spark-connect", namespace: ONE }],
        }),
      ],
    ],
  ])(
    "are not when somebody plants %s",
    (_, blamed, more) => {
      const found = spacesAreApart.judge(estateOf("state", [...resources, ...more()]), testLaw(), NOW);
      const wrong = found.filter(({ outcome }) => outcome === "fail");
      expect(wrong).toHaveLength(1);
      expect(wrong[0]?.subject).toContain(blamed);
    },
    120_000,
  );

  const permitOf = (namespace: string): string =>
    spacePods(estate).find(({ pod }) => pod.namespace.known && pod.namespace.value === namespace)?.permit ?? "";
  const planted = (
    type: string,
    name: string,
    namespace: string,
    rest: RawObject,
    annotations: RawObject = {},
  ): RawResource => ({
    ...raw(type, `planted-${name}`, { metadata: { name: `planted-${name}`, namespace, annotations }, ...rest }),
    provider: resources[0]?.urn,
  });
});

const ONE = "space-project-0001";
const TWO = "space-project-0002";
const inNamespace = (name: string): RawObject => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
});
