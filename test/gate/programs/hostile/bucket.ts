import * as scaleway from "@pulumiverse/scaleway";

/** Something to judge, so that an empty ledger is not what a deed is refused for. */
export const bucket = (name: string): scaleway.object.Bucket => bucketIn(name, "fr-par");

export const bucketIn = (name: string, region: string): scaleway.object.Bucket =>
  new scaleway.object.Bucket(name, { region });
