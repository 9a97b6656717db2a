import type { RunnerArgs } from "@pulumiverse/scaleway/applesilicon/index.js";
import type { ContainerArgs } from "@pulumiverse/scaleway/containers/index.js";
import type { RegistrationArgs } from "@pulumiverse/scaleway/domain/index.js";
import type { ModelArgs } from "@pulumiverse/scaleway/inference/index.js";
import type { DefinitionArgs } from "@pulumiverse/scaleway/job/index.js";
import type { ClusterArgs } from "@pulumiverse/scaleway/kubernetes/index.js";
import type { CertificateArgs } from "@pulumiverse/scaleway/loadbalancers/index.js";
import type { SnsTopicSubscriptionArgs } from "@pulumiverse/scaleway/mnq/index.js";
import type { AlertManagerArgs, ExporterArgs } from "@pulumiverse/scaleway/observability/index.js";
import { type Known, known, mapKnown, unknown } from "../../../kernel/known.ts";
import type { OutletFact, OutletPurpose } from "../fact-space.ts";
import type { Reader } from "../reader.ts";
import { type Decoder, decoder } from "./decoder.ts";

/** Let's Encrypt's directory, which `letsencrypt` certificates are asked of. */
const LETS_ENCRYPT = "acme-v02.api.letsencrypt.org";

const outlet = (
  urn: string,
  purpose: OutletPurpose,
  property: string,
  value: Known<string | undefined>,
): OutletFact => ({ kind: "outlet", urn, purpose, target: { property, value } });

/** The Terraform provider's default for a destination that names no endpoint. */
const DATADOG = "https://api.datadoghq.com";

function exporterOutlets(read: Reader<ExporterArgs>, urn: string): readonly OutletFact[] {
  const found: OutletFact[] = [];
  const datadog = read.object("datadogDestination");
  const otlp = read.object("otlpDestination");
  if (!datadog.known) found.push(outlet(urn, "telemetry", "datadogDestination", datadog));
  else if (datadog.value !== undefined) {
    const endpoint = mapKnown(datadog.value.text("endpoint"), (url) =>
      url === undefined || url === "" ? DATADOG : url,
    );
    found.push(outlet(urn, "telemetry", datadog.value.path("endpoint"), endpoint));
  }
  if (!otlp.known) found.push(outlet(urn, "telemetry", "otlpDestination", otlp));
  else if (otlp.value !== undefined) {
    found.push(outlet(urn, "telemetry", otlp.value.path("endpoint"), otlp.value.text("endpoint")));
  }
  // Whatever it exports to: an exporter of which nobody says where is none that may be let pass.
  return found.length > 0 ? found : [outlet(urn, "telemetry", "otlpDestination", unknown("otlpDestination"))];
}

function alertOutlets(read: Reader<AlertManagerArgs>, urn: string): readonly OutletFact[] {
  const contacts = read.list("contactPoints");
  if (!contacts.known) return [outlet(urn, "alerts", "contactPoints", contacts)];
  if (contacts.value.length === 0) return [outlet(urn, "alerts", "contactPoints", known(undefined))];
  return contacts.value.map((contact) => outlet(urn, "alerts", contact.path("email"), contact.text("email")));
}

function issuerOutlet(read: Reader<ClusterArgs>, urn: string): readonly OutletFact[] {
  const config = read.object("openIdConnectConfig");
  if (!config.known) return [outlet(urn, "identity", "openIdConnectConfig", config)];
  if (config.value === undefined) return [];
  const issuer = config.value.text("issuerUrl");
  // The API answers a cluster without sign-in with empty fields.
  if (issuer.known && (issuer.value ?? "") === "") return [];
  return [outlet(urn, "identity", config.value.path("issuerUrl"), issuer)];
}

/** The deprecated name of a container's image counts as the new one does. */
function imageOutlet(read: Reader<ContainerArgs>, urn: string): readonly OutletFact[] {
  const image = read.text("image");
  if (!image.known || image.value !== undefined) return [outlet(urn, "image", "image", image)];
  const old = read.text("registryImage");
  return old.known && old.value === undefined ? [] : [outlet(urn, "image", "registryImage", old)];
}

/** Hosts that types of Scaleway name in their inputs; a type may have a further decoder beside. */
export const outletDecoders: readonly Decoder[] = [
  decoder<ExporterArgs>("scaleway:observability/exporter:Exporter", (read, { urn }) => exporterOutlets(read, urn)),
  decoder<AlertManagerArgs>("scaleway:observability/alertManager:AlertManager", (read, { urn }) =>
    alertOutlets(read, urn),
  ),
  decoder<ClusterArgs>("scaleway:kubernetes/cluster:Cluster", (read, { urn }) => issuerOutlet(read, urn)),
  decoder<ContainerArgs>("scaleway:containers/container:Container", (read, { urn }) => imageOutlet(read, urn)),
  decoder<DefinitionArgs>("scaleway:job/definition:Definition", (read, { urn }) => [
    outlet(urn, "image", "imageUri", read.text("imageUri")),
  ]),
  decoder<ModelArgs>("scaleway:inference/model:Model", (read, { urn }) => [
    outlet(urn, "model", "url", read.text("url")),
  ]),
  decoder<RunnerArgs>("scaleway:applesilicon/runner:Runner", (read, { urn }) => [
    outlet(urn, "jobs", "url", read.text("url")),
  ]),
  decoder<CertificateArgs>("scaleway:loadbalancers/certificate:Certificate", (read, { urn }) => [
    outlet(
      urn,
      "certificate",
      "letsencrypt",
      mapKnown(read.present("letsencrypt"), (asked) => (asked ? LETS_ENCRYPT : undefined)),
    ),
  ]),
  decoder<SnsTopicSubscriptionArgs>("scaleway:mnq/snsTopicSubscription:SnsTopicSubscription", (read, { urn }) => [
    outlet(urn, "webhook", "endpoint", read.text("endpoint")),
  ]),
  // A registrar and, for most top-level domains, a registry outside the EU learn the owner's contacts.
  decoder<RegistrationArgs>("scaleway:domain/registration:Registration", (read, { urn }) => [
    outlet(
      urn,
      "identity",
      "domainNames",
      mapKnown(read.texts("domainNames"), (names) => names[0]),
    ),
  ]),
  ...(["saml:Saml", "scim:Scim"] as const).map((name) =>
    // Who signs in is decided by an identity provider that no input names.
    decoder<object>(`scaleway:iam/${name}`, (_, { urn }) => [
      outlet(urn, "identity", "type", known("an identity provider that the resource does not name")),
    ]),
  ),
];
