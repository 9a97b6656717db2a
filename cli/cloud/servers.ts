import type { Item, ScalewayApi } from "./api.ts";

const record = (value: unknown): Item => (value !== null && typeof value === "object" ? { ...value } : {});

/** Of a running server the API deletes the volumes as well; of a stopped one the server alone. */
export async function removeServer(at: string, api: ScalewayApi): Promise<void> {
  const server = record(record(await api.get(at)).server);
  if (server.state === "running") return await api.post(`${at}/action`, { action: "terminate" });
  await api.delete(at);
  const zone = at.split("/")[4] ?? "";
  for (const volume of Object.values(record(server.volumes))) {
    const { id, volume_type: kind } = record(volume);
    await api.delete(
      kind === "sbs_volume"
        ? `/block/v1/zones/${zone}/volumes/${String(id)}`
        : `/instance/v1/zones/${zone}/volumes/${String(id)}`,
    );
  }
}

/**
 * Whether a server has the cloud-init that it was asked with. It gets it by a call of its own after it was made, and cannot get it later:
 * a plan would replace it. @param at path of the server.
 */
export async function hasCloudInit(
  at: string,
  inputs: Readonly<Record<string, unknown>>,
  api: Pick<ScalewayApi, "get">,
): Promise<boolean> {
  if (inputs.cloudInit === undefined) return true;
  const { user_data: keys } = record(await api.get(`${at}/user_data`));
  return Array.isArray(keys) && keys.includes("cloud-init");
}
