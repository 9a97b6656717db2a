import { beforeAll, describe, expect, it } from "vitest";
import { filledIn, publishedReadme } from "../../local/scaleway/conformance/publish.ts";
import { ACCEPTED, type Accepted } from "../../local/scaleway/conformance/reference/accepted.data.ts";
import { compareWithReference, type Differences } from "../../local/scaleway/conformance/reference/compare.ts";
import type { GoApi } from "../../local/scaleway/conformance/reference/go-api.ts";
import { listening } from "../../local/scaleway/conformance/reference/listening.ts";
import { NOT_BUILT } from "../../local/scaleway/conformance/reference/not-built.data.ts";
import { pinnedSdk, referenceApis } from "../../local/scaleway/conformance/reference/sdk-module.ts";
import { renderReference } from "../../local/scaleway/conformance/reference/table.ts";
import { IMAGE, notePush, TAG } from "../../local/scaleway/services/registry-images.ts";
import { ALL_ROUTES, apiBench, PROJECT_ID, textOf } from "../harness/scaleway-api.ts";

/** Every operation of Scaleway's API reference: answered as it says, or with a reason why not. */
let apis: ReadonlyMap<string, GoApi>;
let differences: Differences;

beforeAll(async () => {
  apis = await referenceApis();
  const { routes, heard } = listening(ALL_ROUTES);
  const bench = apiBench({ routes });
  const ns = await bench.must("POST", "/registry/v1/regions/fr-par/namespaces", { name: "pushed" });
  const namespace = { id: textOf(ns, "id"), region: "fr-par", project_id: PROJECT_ID };
  notePush(bench.platform, { namespace, image: "app", tag: "v1", digest: "sha256:1", size: 1 });
  const known = {
    "iam/v1alpha1/OrganizationID": PROJECT_ID,
    "iam/v1alpha1/QuotumName": "projects",
    "registry/v1/ImageID": bench.platform.collection(IMAGE).all()[0]?.id ?? "",
    "registry/v1/TagID": bench.platform.collection(TAG).all()[0]?.id ?? "",
  };
  ({ differences } = await compareWithReference(apis, routes, heard, bench.call, known));
}, 120_000);

const reasonless = (kind: Accepted["kind"]): readonly string[] =>
  differences[kind].filter((found) => !ACCEPTED.some((row) => row.kind === kind && row.what.test(found)));

describe("the API reference", () => {
  it("is read as a whole", () => {
    const count = [...apis.values()].reduce((sum, { operations }) => sum + operations.length, 0);
    expect(count).toBeGreaterThan(400);
    expect([...apis].filter(([, api]) => api.operations.length === 0 || api.structs.size === 0)).toEqual([]);
  });

  it("is answered, but for operations with a reason", () => {
    const unexplained = differences.unanswered.filter((name) => !NOT_BUILT.some((row) => row.operations.test(name)));
    expect(unexplained).toEqual([]);
  });

  it.each([
    ["every query parameter is looked at", "unheardQuery"],
    ["every field of a body is looked at", "unheardFields"],
    ["every field of an answer is there", "missing"],
    ["no field of an answer is anything else", "unknown"],
    ["every operation was seen to answer", "unseen"],
  ] as const)("%s, but for what has a reason", (_, kind) => {
    expect(reasonless(kind)).toEqual([]);
  });

  it("needs every reason that is given", () => {
    const idle = ACCEPTED.filter(({ kind, what }) => !differences[kind].some((found) => what.test(found)));
    expect(idle.map(({ kind, what }) => `${kind} ${what}`)).toEqual([]);
    const built = NOT_BUILT.filter((row) => !differences.unanswered.some((name) => row.operations.test(name)));
    expect(built.map(({ operations }) => String(operations))).toEqual([]);
  });

  it("is counted in the README (npm run conformance -- --reference)", () => {
    const readme = publishedReadme();
    expect(filledIn(readme, "reference", renderReference(apis, ALL_ROUTES, pinnedSdk().version))).toBe(readme);
  });
});
