import { describe, expect, it } from "vitest";
import { estateOf } from "../../../judge/facts/estate.ts";
import type { RawResource } from "../../../judge/facts/raw.ts";
import { afterLoss } from "../../../judge/graph/loss.ts";
import { app, bucket, bucketUrn, encrypts, grant, key } from "../../harness/grants.ts";
import { testLaw } from "../../harness/law.ts";
import { raw, urnOf } from "../../harness/raw.ts";
import { T } from "../../harness/types.ts";

const law = testLaw({
  regions: ["fr-par", "fr-second", "nl-ams"].map((name) => ({
    name,
    country: "FR",
    jurisdictions: ["FR"],
    operator: "o",
    zones: [`${name}-1`],
  })),
});
const moved = (made: RawResource, region: string): RawResource => ({
  ...made,
  id: `${region}/${made.name}`,
  inputs: { ...made.inputs, region },
});
const copied = [
  app("copier"),
  bucket("b"),
  grant({ applicationId: "copier" }, ["ObjectStorageObjectsRead", "KeyManagerKeyDecrypt"]),
  grant({ applicationId: "copier" }, ["ObjectStorageObjectsWrite"], { projects: ["q"] }),
  moved(bucket("c", { inProject: "q" }), "fr-second"),
];
const left = (resources: readonly RawResource[], lost: string, datum = bucketUrn("b")): readonly string[] =>
  afterLoss(estateOf("state", resources), law, lost, [datum]).flatMap(({ remains }) =>
    remains.map((row) => `${row.as} ${row.at.split("::").at(-1)}`),
  );

describe("after the loss", () => {
  it("of a zone, what is regional is there", () => {
    expect(left(copied, "fr-par-1")).toEqual(["itself b", "copy c"]);
  });

  it("of a region, the copy in the other one is", () => {
    expect(left(copied, "fr-par")).toEqual(["copy c"]);
  });

  it("of a region, nothing is when the copy's key was in it", () => {
    expect(left([...copied, key("k"), encrypts("c", "k")], "fr-par")).toEqual([]);
    expect(left([...copied, moved(key("k"), "fr-second"), encrypts("c", "k")], "fr-par")).toEqual(["copy c"]);
  });

  it("of a region, nothing is without a copy", () => {
    expect(left([bucket("b")], "fr-par")).toEqual([]);
  });

  it("of a region, a name answers with what stands elsewhere", () => {
    const ip = (region: string, address: string) =>
      raw(T.gatewayIp, `ip-${region}`, { zone: `${region}-1` }, { id: `${region}-1/ip`, outputs: { address } });
    const name = raw(T.record, "portal", {
      dnsZone: "example.org",
      name: "portal",
      type: "A",
      data: "203.0.113.1",
      weighteds: [{ ip: "203.0.113.2", weight: 1 }],
    });
    const estate = [name, ip("fr-par", "203.0.113.1"), ip("fr-second", "203.0.113.2")];
    expect(left(estate, "fr-par", urnOf(T.record, "portal"))).toEqual(["answer ip-fr-second"]);
    expect(
      left([name, ip("fr-par", "203.0.113.1"), ip("us-east", "203.0.113.2")], "fr-par", urnOf(T.record, "portal")),
    ).toEqual([]);
  });
});
