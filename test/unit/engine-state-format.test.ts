import { describe, expect, it } from "vitest";
import { STATE_FORMAT } from "../../blueprint/format.ts";
import { takenOver } from "../../cli/engine/state-format.ts";

/** A state with one root component; its spec carries the stamp, or none as before there was one. */
const state = (format: number | undefined, type = "bastide:components:Foundation"): string => {
  const spec = { name: "rehearsal", ...(format === undefined ? {} : { format }) };
  return JSON.stringify({
    version: 3,
    deployment: {
      manifest: { version: "v3" },
      resources: [
        { urn: "urn:stack", type: "pulumi:pulumi:Stack" },
        { urn: "urn:root", type, inputs: { spec, declared: [] }, outputs: { spec, vpcs: {} } },
        { urn: "urn:vpc", type: "scaleway:network/vpc:Vpc", id: "fr-par/1", inputs: { spec: {} } },
      ],
    },
  });
};

describe("a state", () => {
  it.each([
    ["of this version", state(STATE_FORMAT)],
    ["that holds nothing", JSON.stringify({ version: 3, deployment: null })],
    ["that holds nothing of Bastide", state(undefined, "other:components:Root")],
  ])("%s is left alone", (_what, text) => expect(takenOver("s", text)).toBeUndefined());

  it.each(["bastide:components:Foundation", "bastide:components:Bootstrap"])(
    "of before there was a stamp gets it, and nothing else (%s)",
    (type) => expect(JSON.parse(takenOver("s", state(undefined, type)) ?? "")).toEqual(JSON.parse(state(1, type))),
  );

  it("of a newer version is refused with both numbers", () => {
    const fault = expect.objectContaining({ code: "state.newer", got: `format ${STATE_FORMAT + 1}` });
    expect(() => takenOver("s", state(STATE_FORMAT + 1))).toThrow(expect.objectContaining({ faults: [fault] }));
  });

  it("of an older version with no step from it is refused", () => {
    expect(() => takenOver("s", state(-1))).toThrow(
      expect.objectContaining({ faults: [expect.objectContaining({ code: "state.older" })] }),
    );
  });
});
