import * as pulumi from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";

new pulumi.StackReference("network", { name: "organization/other/network" });
new scaleway.network.Vpc("environment", { region: "fr-par" });
