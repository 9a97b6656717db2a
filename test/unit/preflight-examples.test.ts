import { describe, expect, it } from "vitest";
import { plan } from "../../blueprint/plan.ts";
import { examplesCheck } from "../../cli/cloud/examples-check.ts";
import { preflightRequest } from "../../cli/preflight-request.ts";
import { environmentNames, loadEnvironment } from "../../stacks/load.ts";

describe.each(environmentNames)("what stands for something real in %s", (name) => {
  const environment = loadEnvironment(name);
  const request = (local: boolean) => preflightRequest(environment, plan(environment), local);
  const results = (input: ReturnType<typeof request>) =>
    Object.fromEntries(examplesCheck(input).map(({ check, result }) => [check, result]));

  it("is refused on a real account: synthetic images, and SSH keys that nobody holds", () =>
    expect(results(request(false))).toEqual({ images: "fault", "ssh keys": "fault" }));

  it("does for the local Scaleway", () => expect(results(request(true))).toEqual({ images: "ok", "ssh keys": "ok" }));

  it("is no fault once it is replaced; a comment makes no other key of an example", () => {
    const mine: ReturnType<typeof request> = { ...request(false), imageLock: "mirrored", exampleSshKeys: [] };
    expect(results(mine)).toEqual({ images: "ok", "ssh keys": "ok" });
    const [first] = environment.settings.admin.sshKeys;
    const renamed = { owner: "me", publicKey: `${first?.publicKey} me@my.example` };
    const settings = { ...environment.settings, admin: { ...environment.settings.admin, sshKeys: [renamed] } };
    expect(preflightRequest({ ...environment, settings }, plan(environment), false).exampleSshKeys).toEqual(["me"]);
  });
});
