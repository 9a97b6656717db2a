import { afterEach, beforeEach, expect, it } from "vitest";
import { type Bench, JOB_URN, pluginBench } from "../harness/plugin-bench.ts";

const ORGANISATION = "205bdce1-64c0-48ab-899d-868455867ecf";
const INPUTS = {
  name: "audit",
  region: "fr-par",
  organizationId: ORGANISATION,
  s3: { bucket: "audit-log-fr-par", region: "fr-par", prefix: "trail/" },
  tags: ["tier:log"],
};

let bench: Bench;
beforeEach(async () => {
  bench = await pluginBench();
});
afterEach(() => bench.double.close());

it("sends the documented body and keeps what was asked", async () => {
  const { id, outs } = await bench.provider.create(JOB_URN, INPUTS);
  expect(bench.double.seen.at(-1)).toMatchObject({
    method: "POST",
    path: "/audit-trail/v1alpha1/regions/fr-par/export-jobs",
    body: {
      organization_id: ORGANISATION,
      name: "audit",
      s3: { bucket: "audit-log-fr-par", region: "fr-par", prefix: "trail/", project_id: null },
      tags: ["tier:log"],
    },
  });
  expect(id).toMatch(/^fr-par\/[0-9a-f-]{36}$/);
  expect(outs).toMatchObject(INPUTS);
});

it("adopts nothing by its name", async () => {
  const { id } = await bench.provider.create(JOB_URN, INPUTS);
  const again = bench.provider.create(JOB_URN, INPUTS);
  await expect(again).rejects.toThrow(
    `an export job named "audit" exists in fr-par: ${id} (to bucket audit-log-fr-par)`,
  );
  expect(bench.double.jobs.size).toBe(1);
});

it("does not make a second job when the answer to the first is lost", async () => {
  bench.double.instead.push({ method: "POST", answer: { status: 504, afterAll: true } });
  await expect(bench.provider.create(JOB_URN, INPUTS)).rejects.toThrow(/the answer to the creation was lost/);
  expect(bench.double.jobs.size).toBe(1);
});

it("finds its job on whichever page of the list", async () => {
  for (let i = 0; i < 250; i += 1)
    bench.double.jobs.set(`other-${i}`, {
      id: `00000000-0000-4000-8000-${String(i).padStart(12, "0")}`,
      organization_id: ORGANISATION,
      name: `other-${i}`,
      s3: { bucket: "bucket", region: "fr-par", prefix: null, project_id: null },
      tags: [],
    });
  const { id, outs } = await bench.provider.create(JOB_URN, INPUTS);
  const { props, inputs } = await bench.provider.read(id, JOB_URN, outs);
  expect(inputs).toEqual(INPUTS);
  expect(await bench.provider.diff(id, JOB_URN, props, INPUTS)).toMatchObject({ changes: false });
  const imported = await bench.provider.read(id, JOB_URN, {});
  expect(imported.inputs).toEqual(INPUTS);
});

it("shows no drift for a project that the API filled in", async () => {
  const { id, outs } = await bench.provider.create(JOB_URN, INPUTS);
  for (const job of bench.double.jobs.values())
    Object.assign(job, { s3: { ...Object(job.s3), project_id: ORGANISATION } });
  const { props } = await bench.provider.read(id, JOB_URN, outs);
  expect(await bench.provider.diff(id, JOB_URN, props, INPUTS)).toMatchObject({ changes: false });
});

it("takes a job that is not in the list for gone, and deletes twice without complaint", async () => {
  const { id, outs } = await bench.provider.create(JOB_URN, INPUTS);
  await bench.provider.delete(id, JOB_URN, outs);
  await bench.provider.delete(id, JOB_URN, outs);
  expect((await bench.provider.read(id, JOB_URN, outs)).id).toBe("");
});

it.each([
  ["name", "another"],
  ["region", "nl-ams"],
  ["organizationId", "305bdce1-64c0-48ab-899d-868455867ecf"],
  ["s3", { ...INPUTS.s3, prefix: "elsewhere/" }],
  ["tags", []],
])("is replaced, the old one first, for another %s", async (property, value) => {
  const { id, outs } = await bench.provider.create(JOB_URN, INPUTS);
  expect(await bench.provider.diff(id, JOB_URN, outs, { ...INPUTS, [property]: value })).toEqual({
    changes: true,
    replaces: [property],
    deleteBeforeReplace: true,
  });
});

it("tells every fault of its inputs at once", async () => {
  const { failures = [] } = await bench.provider.check(
    JOB_URN,
    {},
    { name: "x", region: "Paris", s3: { bucket: "B" } },
  );
  expect(failures.map((f) => f.property).sort()).toEqual(["organizationId", "region", "s3.bucket", "s3.region"]);
});
