import { Errors } from "@scaleway/sdk-client";
import { z } from "zod";
import type { ScalewayApi } from "./api.ts";

/** A region whose API gave no answer, with what came instead. */
export const silentRegion = z.object({ region: z.string(), got: z.string() });
export type SilentRegion = z.infer<typeof silentRegion>;

/**
 * Which of the regions do not answer, each asked for its VPCs until it does or a quarter of a minute is over. Any answer below 500
 * counts: what this key may see there is another question.
 */
export async function silentRegions(regions: readonly string[], api: ScalewayApi): Promise<readonly SilentRegion[]> {
  const asked = await Promise.all(
    regions.map(async (region): Promise<readonly SilentRegion[]> => {
      try {
        await api.get(`/vpc/v2/regions/${region}/vpcs?page_size=1`);
        return [];
      } catch (error) {
        if (error instanceof Errors.ScalewayError && error.status < 500) return [];
        return [{ region, got: error instanceof Error ? error.message : String(error) }];
      }
    }),
  );
  return asked.flat();
}
