import * as scaleway from "@pulumiverse/scaleway";

// Only one direction is closed: the provider's default for the other is `accept`.
new scaleway.instance.SecurityGroup("hosts", { zone: "fr-par-1", inboundDefaultPolicy: "drop" });
