import type { core, meta } from "@pulumi/kubernetes/types/input.js";
import { allKnown, type Known, known, mapKnown } from "../../../../kernel/known.ts";
import type { ContainerFact, PodFact, SecretUse, VolumeFact, VolumeSource } from "../../fact-kubernetes.ts";
import { type KindRow, POD_KINDS } from "../../kubernetes-kinds.data.ts";
import type { Reader } from "../../reader.ts";
import { type Decoder, decoder } from "../decoder.ts";
import { down, inside, reading } from "./manifest.ts";
import { claimOf } from "./storage.ts";

type Container = core.v1.Container;
/** Ephemeral containers have the properties of the others that are read here. */
type PodSpec = Omit<core.v1.PodSpec, "ephemeralContainers"> & { readonly ephemeralContainers?: readonly Container[] };
type PodTemplate = Omit<core.v1.PodTemplateSpec, "spec"> & { readonly spec?: PodSpec };

interface Holder {
  readonly metadata?: meta.v1.ObjectMeta;
  readonly spec?: PodSpec & Template & { readonly jobTemplate?: { readonly spec?: Template } };
  readonly template?: PodTemplate;
}
interface Template {
  readonly template?: PodTemplate;
}

type Inner<A extends object> = Known<Reader<A> | undefined>;

function partsOf(
  row: KindRow,
  read: Reader<Holder>,
): { readonly spec: Inner<PodSpec>; readonly metadata: Inner<meta.v1.ObjectMeta> } {
  const spec = read.object("spec");
  if (row.kind === "Pod") return { spec, metadata: read.object("metadata") };
  const template =
    row.kind === "PodTemplate"
      ? read.object("template")
      : row.kind === "CronJob"
        ? down(down(down(spec, "jobTemplate"), "spec"), "template")
        : down(spec, "template");
  return { spec: down(template, "spec"), metadata: down(template, "metadata") };
}

function secretVariables(container: Reader<Container>): Known<readonly SecretUse[]> {
  const single = container.list("env");
  const whole = container.list("envFrom");
  if (!single.known) return single;
  if (!whole.known) return whole;
  const variables = single.value.map((entry): Known<readonly SecretUse[]> => {
    const ref = down(entry.object("valueFrom"), "secretKeyRef");
    return mapKnown(ref, (r) =>
      r === undefined ? [] : [{ secret: { property: r.path("name"), value: r.text("name") }, key: r.text("key") }],
    );
  });
  const sets = whole.value.map(
    (entry): Known<readonly SecretUse[]> =>
      mapKnown(entry.object("secretRef"), (r) =>
        r === undefined ? [] : [{ secret: { property: r.path("name"), value: r.text("name") }, key: known(undefined) }],
      ),
  );
  return mapKnown(allKnown([...variables, ...sets]), (all) => all.flat());
}

function containerOf(at: string, container: Reader<Container>): ContainerFact {
  return {
    at,
    name: container.text("name"),
    image: { property: container.path("image"), value: container.text("image") },
    secretVariables: secretVariables(container),
    mounts: mapKnown(container.list("volumeMounts"), (mounts) =>
      mounts.flatMap((m) => {
        const name = m.text("name");
        return name.known ? [name.value] : [undefined];
      }),
    ),
  };
}

const LISTS = ["initContainers", "containers", "ephemeralContainers"] as const;

function containersOf(spec: Reader<PodSpec>): Known<readonly ContainerFact[]> {
  const lists = LISTS.map(
    (list): Known<readonly ContainerFact[]> =>
      mapKnown(spec.list(list), (all) => all.map((c, i) => containerOf(`${spec.path(list)}[${i}]`, c))),
  );
  return mapKnown(allKnown(lists), (all) => all.flat());
}

const NAMED = new Set(["name"]);

function sourceOf(volume: Reader<core.v1.Volume>): Known<VolumeSource> {
  const secret = volume.object("secret");
  const claim = volume.object("persistentVolumeClaim");
  const ephemeral = volume.object("ephemeral");
  const projected = volume.object("projected");
  const image = volume.object("image");
  for (const part of [secret, claim, ephemeral, projected, image]) if (!part.known) return part;
  if (secret.known && secret.value !== undefined)
    return known({ kind: "secret", names: [secret.value.text("secretName")] });
  if (claim.known && claim.value !== undefined) {
    const c = claim.value;
    return known({ kind: "claim", claim: { property: c.path("claimName"), value: c.text("claimName") } });
  }
  if (ephemeral.known && ephemeral.value !== undefined) {
    const spec = down(ephemeral.value.object("volumeClaimTemplate"), "spec");
    return known({ kind: "template", claim: claimOf(spec, `${volume.path("ephemeral")}.volumeClaimTemplate.spec`) });
  }
  if (image.known && image.value !== undefined) {
    const i = image.value;
    return known({ kind: "image", image: { property: i.path("reference"), value: i.text("reference") } });
  }
  if (projected.known && projected.value !== undefined)
    return mapKnown(projected.value.list("sources"), (sources) => {
      const secrets = sources.map((s) => s.object("secret"));
      const names = secrets.flatMap((s) => (!s.known ? [s] : s.value === undefined ? [] : [s.value.text("name")]));
      return names.length > 0 ? { kind: "secret", names } : { kind: "other", property: "projected" };
    });
  return known({ kind: "other", property: volume.names().find((name) => !NAMED.has(name)) ?? "" });
}

function volumesOf(spec: Reader<PodSpec>): Known<readonly VolumeFact[]> {
  return mapKnown(spec.list("volumes"), (volumes) =>
    volumes.map((v, i) => ({ at: `${spec.path("volumes")}[${i}]`, name: v.text("name"), source: sourceOf(v) })),
  );
}

/** Whether a volume hands out a token of the pod's account; one for another audience is taken for one of the server's. */
const projectsToken = (spec: Reader<PodSpec>): Known<boolean> => {
  const volumes = spec.list("volumes");
  if (!volumes.known) return volumes;
  const tokens = volumes.value.map((volume): Known<boolean> => {
    const projected = volume.object("projected");
    if (!projected.known || projected.value === undefined) return mapKnown(projected, () => false);
    const sources = projected.value.list("sources");
    if (!sources.known) return sources;
    const all = sources.value.map((source) => source.object("serviceAccountToken"));
    return mapKnown(allKnown(all), (list) => list.some((token) => token !== undefined));
  });
  return tokens.find((token) => token.known && token.value) ?? tokens.find((token) => !token.known) ?? known(false);
};

function podOf(row: KindRow, read: Reader<Holder>, urn: string): PodFact {
  const { spec, metadata } = partsOf(row, read);
  const at = row.pod?.spec ?? "spec";
  // `serviceAccount` is the old name of `serviceAccountName`; the server copies one to the other.
  const account = inside(spec, (s) => s.text("serviceAccountName"), undefined);
  const old = inside(spec, (s) => s.text("serviceAccount"), undefined);
  return {
    kind: "pod",
    urn,
    controller: row.kind,
    at,
    labels: inside(metadata, (m) => m.map("labels"), {}),
    hostNetwork: reading(spec, `${at}.hostNetwork`, (s) => s.flag("hostNetwork"), undefined),
    serviceAccount: {
      property: `${at}.serviceAccountName`,
      value: account.known && account.value === undefined ? old : account,
    },
    mountsToken: reading(
      spec,
      `${at}.automountServiceAccountToken`,
      (s) => s.flag("automountServiceAccountToken"),
      undefined,
    ),
    projectsToken: reading(spec, `${at}.volumes`, projectsToken, false),
    containers: inside(spec, containersOf, []),
    volumes: inside(spec, volumesOf, []),
  };
}

export const podDecoders: readonly Decoder[] = POD_KINDS.flatMap((row) =>
  row.served.map((served) =>
    decoder<Holder>(`kubernetes:${served}:${row.kind}`, (read, { urn }) => [podOf(row, read, urn)]),
  ),
);
