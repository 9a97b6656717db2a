import { type Known, known, mapKnown } from "../../../kernel/known.ts";
import type { Reader } from "../reader.ts";
import { type Decoder, decoder } from "./decoder.ts";

/** The parts of Kubernetes objects that are judged; source: Kubernetes API reference 1.35. */
interface ServiceArgs {
  readonly metadata?: Metadata;
  readonly spec?: { readonly type?: string; readonly externalIPs?: readonly string[] };
}
interface IngressArgs {
  readonly metadata?: Metadata;
  readonly spec?: { readonly ingressClassName?: string };
}
interface IngressClassArgs {
  readonly metadata?: Metadata;
}
interface Metadata {
  readonly name?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Before `ingressClassName`, the class was an annotation, which controllers still honour. */
const CLASS_ANNOTATION = "kubernetes.io/ingress.class";

function annotations(read: Reader<ServiceArgs> | Reader<IngressArgs>): Known<Readonly<Record<string, string>>> {
  const metadata = read.object("metadata");
  return metadata.known ? (metadata.value?.map("annotations") ?? known({})) : metadata;
}

function className(read: Reader<IngressArgs>): Known<string | undefined> {
  const spec = read.object("spec");
  const field = spec.known ? (spec.value?.text("ingressClassName") ?? known(undefined)) : spec;
  if (!field.known || field.value !== undefined) return field;
  return mapKnown(annotations(read), (all) => all[CLASS_ANNOTATION]);
}

export const kubernetesApiDecoders: readonly Decoder[] = [
  decoder<ServiceArgs>("kubernetes:core/v1:Service", (read, { urn }) => {
    const spec = read.object("spec");
    const type = spec.known ? (spec.value?.text("type") ?? known("ClusterIP")) : spec;
    const external = spec.known ? (spec.value?.texts("externalIPs") ?? known([])) : spec;
    return [
      {
        kind: "service",
        urn,
        type: { property: "spec.type", value: type },
        annotations: { property: "metadata.annotations", value: annotations(read) },
        externalIps: { property: "spec.externalIPs", value: external },
      },
    ];
  }),

  decoder<IngressArgs>("kubernetes:networking.k8s.io/v1:Ingress", (read, { urn }) => [
    { kind: "ingress", urn, className: { property: "spec.ingressClassName", value: className(read) } },
  ]),

  decoder<IngressClassArgs>("kubernetes:networking.k8s.io/v1:IngressClass", (read, { urn }) => {
    const metadata = read.object("metadata");
    const name = metadata.known ? (metadata.value?.text("name") ?? known(undefined)) : metadata;
    return [{ kind: "ingress-class", urn, name }];
  }),
];
