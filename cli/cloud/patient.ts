import { Errors } from "@scaleway/sdk-client";
import pRetry from "p-retry";

/** Half a second, then twice as long each time: about a quarter of a minute in all. */
const RETRIES = 5;
const FIRST_WAIT_MS = 500;

/** Busy, broken or cut off may be otherwise the next time; refused stays refused. */
const mayPass = (error: unknown): boolean =>
  !(error instanceof Errors.ScalewayError) || error.status === 429 || error.status >= 500;

/** A call that gives the same when it is sent twice, sent until it is answered. @throws what the last attempt did. */
export const patiently = <T>(call: () => Promise<T>, firstWaitMs = FIRST_WAIT_MS): Promise<T> =>
  pRetry(call, { retries: RETRIES, minTimeout: firstWaitMs, shouldRetry: ({ error }) => mayPass(error) });

/** A delete that is sent again may have been done the first time: then nothing is there, and that is what was wanted. */
export function deletedPatiently(call: () => Promise<void>, firstWaitMs = FIRST_WAIT_MS): Promise<void> {
  let again = false;
  return patiently(async () => {
    try {
      await call();
    } catch (error) {
      if (again && error instanceof Errors.ScalewayError && error.status === 404) return;
      again = true;
      throw error;
    }
  }, firstWaitMs);
}
