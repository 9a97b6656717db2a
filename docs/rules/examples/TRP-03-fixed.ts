import * as scaleway from "@pulumiverse/scaleway";

const project = new scaleway.account.Project("data");
new scaleway.object.Bucket("records", { name: "records", region: "fr-par", projectId: project.id });
