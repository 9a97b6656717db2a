import * as scaleway from "@pulumiverse/scaleway";

new scaleway.instance.SecurityGroup("hosts", {
  zone: "fr-par-1",
  inboundDefaultPolicy: "drop",
  outboundDefaultPolicy: "drop",
});
