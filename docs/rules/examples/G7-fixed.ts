import * as scaleway from "@pulumiverse/scaleway";

new scaleway.containers.Container("portal", {
  region: "fr-par",
  namespaceId: "fr-par/11111111-2222-4333-8444-555555555555",
  image: "rg.fr-par.scw.cloud/research/portal:1",
});
