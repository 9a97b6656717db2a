import { describe, expect, it } from "vitest";
import { plan } from "../../blueprint/plan.ts";
import { attestationsCheck } from "../../cli/cloud/attestations-check.ts";
import { preflightRequest } from "../../cli/preflight-request.ts";
import { environmentNames, loadEnvironment } from "../../stacks/load.ts";

describe.each(environmentNames)("the attestations of %s", (name) => {
  const environment = loadEnvironment(name);
  const request = (local: boolean) => preflightRequest(environment, plan(environment), local);

  it("are refused on a real account, being examples", () => {
    const { result, got } = attestationsCheck(request(false));
    expect(result).toBe("fault");
    expect(got).toContain("state-copy");
  });

  it("do for the local Scaleway", () => expect(attestationsCheck(request(true)).result).toBe("ok"));

  it("are no fault once nobody's example is among them", () => {
    expect(attestationsCheck({ ...request(false), exampleAttestations: [] }).result).toBe("ok");
  });
});
