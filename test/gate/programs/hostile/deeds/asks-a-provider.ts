import * as scaleway from "@pulumiverse/scaleway";

export const deed = async (): Promise<void> => {
  const zone = await scaleway.network.getVpc({ name: "default", region: "fr-par" });
  new scaleway.network.Vpc("copy", { name: zone.name, region: "fr-par" });
};
