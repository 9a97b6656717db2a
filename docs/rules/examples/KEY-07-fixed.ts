import * as random from "@pulumi/random";
import * as scaleway from "@pulumiverse/scaleway";

const password = new random.RandomPassword("catalogue", { length: 32, special: true });
new scaleway.databases.Instance("catalogue", {
  region: "fr-par",
  nodeType: "DB-DEV-S",
  engine: "PostgreSQL-16",
  userName: "catalogue",
  password: password.result,
});
