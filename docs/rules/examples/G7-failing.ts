import * as scaleway from "@pulumiverse/scaleway";

// Whoever runs that registry decides what runs here.
new scaleway.containers.Container("portal", {
  region: "fr-par",
  namespaceId: "fr-par/11111111-2222-4333-8444-555555555555",
  image: "ghcr.io/somebody/portal:1",
});
