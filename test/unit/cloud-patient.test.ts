import { Errors } from "@scaleway/sdk-client";
import { describe, expect, it } from "vitest";
import { deletedPatiently, patiently } from "../../cli/cloud/patient.ts";

const refused = (status: number): Errors.ScalewayError => new Errors.ScalewayError(status, { message: "no" });

/** Fails with each of these in turn, then answers. */
function failing(...errors: readonly Error[]) {
  let calls = 0;
  return {
    calls: () => calls,
    call: async (): Promise<string> => {
      const error = errors[calls];
      calls += 1;
      if (error !== undefined) throw error;
      return "done";
    },
  };
}

describe("a call that gives the same when it is sent twice", () => {
  it.each([
    ["a busy API", refused(429)],
    ["a broken one", refused(502)],
    ["a broken connection", new TypeError("fetch failed")],
  ])("is sent again after %s", async (_, error) => {
    const it = failing(error, error);
    expect(await patiently(it.call, 1)).toBe("done");
    expect(it.calls()).toBe(3);
  });
  it.each([400, 401, 403, 404, 409, 412])("is not sent again after a refusal with %i", async (status) => {
    const it = failing(refused(status));
    await expect(patiently(it.call, 1)).rejects.toThrow();
    expect(it.calls()).toBe(1);
  });
  it("ends with what the last attempt said", async () => {
    const it = failing(...Array.from({ length: 9 }, (_, i) => refused(500 + i)));
    await expect(patiently(it.call, 1)).rejects.toMatchObject({ status: 505 });
    expect(it.calls()).toBe(6);
  });
});

describe("a delete", () => {
  const deleting = (it: ReturnType<typeof failing>) =>
    deletedPatiently(async () => {
      await it.call();
    }, 1);
  it("whose answer was lost is done when nothing is there any more", async () => {
    await expect(deleting(failing(new TypeError("fetch failed"), refused(404)))).resolves.toBeUndefined();
  });
  it("of what never was there is refused", async () => {
    await expect(deleting(failing(refused(404)))).rejects.toMatchObject({ status: 404 });
  });
});
