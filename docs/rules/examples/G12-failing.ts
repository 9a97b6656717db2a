import * as pulumi from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";

for (const stack of ["network", "keys", "identity"]) new pulumi.StackReference(stack, { name: `organization/other/${stack}` });
new scaleway.network.Vpc("environment", { region: "fr-par" });
