import * as scaleway from "@pulumiverse/scaleway";

// The same work on an Instance, which the contract's conditions speak of.
new scaleway.instance.Server("pseudonymise", {
  zone: "fr-par-1",
  type: "POP2-2C-8G",
  tags: ["data-class=health-raw", "tier=compute", "env=prod", "owner=registry"],
});
