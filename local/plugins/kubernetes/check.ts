import type { CheckFailure } from "@pulumi/pulumi/provider/index.js";
import { isRecord, isUnknown, type Props } from "../../../plugins/engine/values.ts";
import { plainProps } from "../values.ts";
import { NotServed } from "./discovery.ts";
import { nameFaults, refusedType } from "./faults.ts";
import { AUTONAMED, annotationOf, identityOf, recordAt, typeOf, uniqueName, withMetadata } from "./manifest.ts";
import type { MaybeCluster } from "./provider.ts";

export interface Naming {
  readonly name: string;
  readonly seed: Uint8Array;
  /** What the project's own naming rules say; `disabled`: the program must name everything. */
  readonly proposed: { readonly name: string; readonly mode: "propose" | "enforce" | "disabled" } | undefined;
}

/** The inputs with a name and a namespace, and every fault that can be told without the cluster. */
export async function check(
  cluster: MaybeCluster,
  urn: string,
  olds: Props,
  news: Props,
  naming: Naming,
): Promise<{ readonly inputs: Props; readonly failures: readonly CheckFailure[] }> {
  const refused = refusedType(typeOf(urn));
  if (refused !== undefined) throw new Error(refused);
  await cluster?.reached();
  let inputs = news;
  const plainNews = plainProps(news);
  const metadata = recordAt(news, "metadata");
  if (
    plainNews.metadata === undefined ||
    (isRecord(plainNews.metadata) && recordAt(plainNews, "metadata").name === undefined)
  ) {
    const before = plainProps(olds);
    const kept = annotationOf(before, AUTONAMED) === "true" ? identityOf(before).name : "";
    const { proposed } = naming;
    if (proposed?.mode === "disabled")
      return {
        inputs,
        failures: [{ property: "metadata.name", reason: "is required: this project names nothing by itself" }],
      };
    const name = kept || (proposed?.name ?? "") || uniqueName(naming.name, naming.seed);
    inputs = withMetadata(news, {
      ...metadata,
      name,
      annotations: { ...recordAt(metadata, "annotations"), [AUTONAMED]: "true" },
    });
  }
  const identity = identityOf(plainProps(inputs));
  if (
    cluster !== undefined &&
    identity.namespace === undefined &&
    !isUnknown(recordAt(plainNews, "metadata").namespace)
  ) {
    // A kind that is not served yet is taken as it is written.
    const served = await cluster.objects.discovery.served(identity).catch((error: unknown) => {
      if (error instanceof NotServed) return undefined;
      throw error;
    });
    if (served?.namespaced === true) inputs = withMetadata(inputs, { namespace: cluster.defaultNamespace });
  }
  return { inputs, failures: nameFaults(plainProps(inputs)) };
}
