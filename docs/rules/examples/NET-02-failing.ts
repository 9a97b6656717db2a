import * as scaleway from "@pulumiverse/scaleway";

// No private network: the endpoint is public.
new scaleway.databases.Instance("catalogue", { region: "fr-par", engine: "PostgreSQL-16", nodeType: "db-dev-s" });
