import * as scaleway from "@pulumiverse/scaleway";

new scaleway.databases.Instance("catalogue", {
  region: "fr-par",
  nodeType: "DB-DEV-S",
  engine: "PostgreSQL-16",
  userName: "catalogue",
  // In the repository, in every clone of it, and in the state.
  password: "Correct-horse-7",
});
