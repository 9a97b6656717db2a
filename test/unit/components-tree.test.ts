import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { realise } from "../../components/environment.ts";
import { PLUGIN_VERSIONS } from "../../components/providers.ts";
import { byText } from "../../kernel/order.ts";
import { environmentNames } from "../../stacks/load.ts";
import type { Recorded, Recording } from "../harness/recorder.ts";
import { isMarkedSecret, record } from "../harness/recorder.ts";
import { componentsOf, made, plansOf, recordRehearsal } from "../harness/rehearsal.ts";

const GOLDEN = join(import.meta.dirname, "../golden/urns.rehearsal.json");

/** Where a type says its place, and types whose project follows from what they belong to. */
const GLOBAL = /^scaleway:(iam|account)\/|^random:/;
const ZONAL =
  /^scaleway:(network\/(publicGateway|publicGatewayIp|gatewayNetwork|publicGatewayPatRule):|instance\/|kubernetes\/pool:)/;
const NO_PROJECT =
  /^scaleway:(network\/(acl|route|gatewayNetwork|publicGatewayPatRule):|instance\/privateNic:|kubernetes\/(acl|pool):|secrets\/version:|iam\/(application|group|policy|apiKey):|account\/)|^random:|^bastide:audittrail:/;

/** URNs of one run, for the golden file: identity is frozen, whatever names and tags become. */
const urnsOf = (recording: Recording): readonly string[] => recording.resources.map((r) => r.urn).sort(byText);

const packageOf = (r: Recorded): string => r.type.split(":")[0] ?? "";

describe.each(["bootstrap", "foundation"] as const)("tree of rehearsal.%s", (layer) => {
  let run: Recording;
  let preview: Recording;
  beforeAll(async () => {
    run = await recordRehearsal(layer);
    preview = await recordRehearsal(layer, true);
  });

  it("keeps every URN", () => {
    const golden: Record<string, readonly string[]> = JSON.parse(readFileSync(GOLDEN, "utf8"));
    expect(urnsOf(run)).toEqual(golden[layer]);
  });

  it("registers the same at a first preview as at an up: nothing is born inside an apply", () => {
    expect(urnsOf(preview)).toEqual(urnsOf(run));
  });

  it("gives each URN once", () => expect(new Set(urnsOf(run)).size).toBe(run.resources.length));

  it("parents every resource: the providers' to the stack, the others to a component", () => {
    const orphans = made(run).filter((r) => !r.parent.includes("bastide:components:"));
    const rootless = run.resources.filter((r) => r.type !== "pulumi:pulumi:Stack" && r.parent === "");
    expect([...orphans, ...rootless].map((r) => r.urn)).toEqual([]);
  });

  it("uses explicit providers of the resource's own region only", () => {
    const wrong = made(run).filter((r) => {
      const provider = run.resources.find((p) => r.provider.startsWith(`${p.urn}::`));
      const place = String(r.inputs.zone ?? r.inputs.region ?? "");
      const ownRegion =
        provider !== undefined &&
        (packageOf(r) !== "scaleway" || place === "" || place.startsWith(String(provider.inputs.region)));
      return !(provider?.type === `pulumi:providers:${packageOf(r)}` && ownRegion);
    });
    expect(wrong.map((r) => `${r.urn} by ${r.provider}`)).toEqual([]);
  });

  it("writes region or zone, and project, on each", () => {
    const unplaced = made(run).filter((r) => {
      const place = ZONAL.test(r.type) ? r.inputs.zone : r.inputs.region;
      return !GLOBAL.test(r.type) && typeof place !== "string";
    });
    const homeless = made(run).filter((r) => !NO_PROJECT.test(r.type) && typeof r.inputs.projectId !== "string");
    const foreign = made(run).filter((r) => /^scaleway:(iam\/(application|group|policy)|account)/.test(r.type));
    expect([...unplaced, ...homeless].map((r) => r.urn)).toEqual([]);
    expect(foreign.filter((r) => typeof r.inputs.organizationId !== "string").map((r) => r.urn)).toEqual([]);
  });

  it("names physical things itself, never by the engine", () => {
    const NAMELESS =
      /publicGatewayIp:|gatewayNetwork:|PatRule:|network\/(acl|route):|ipam\/|kubernetes\/acl|object\/bucket\w|secrets\/version|apiKey:|alertManager|privateNic|^random:/;
    const auto = made(run).filter((r) => !NAMELESS.test(r.type) && typeof r.inputs.name !== "string");
    expect(auto.map((r) => r.urn)).toEqual([]);
  });

  it("tells no public download address and no credential to the engine", () => {
    const providers = run.resources.filter((r) => r.type.startsWith("pulumi:providers:"));
    expect(providers.map((r) => r.type)).toContain("pulumi:providers:scaleway");
    expect(run.resources.filter((r) => r.pluginDownloadURL !== "").map((r) => r.urn)).toEqual([]);
    for (const provider of providers) {
      const allowed = provider.type.endsWith(":scaleway") ? ["organizationId", "region", "zone"] : [];
      expect(Object.keys(provider.inputs).sort()).toEqual(allowed);
    }
  });

  it("publishes spec and declared forms of every component, equal to its inputs", () => {
    const components = componentsOf(run);
    expect(components.length).toBeGreaterThan(1);
    for (const component of components) {
      const outputs = run.published.get(component.urn);
      expect(outputs?.spec, component.urn).toEqual(component.inputs.spec);
      expect(Array.isArray(outputs?.declared), component.urn).toBe(true);
    }
  });

  it("declares the composed values of exactly the resources that have them", () => {
    const subjects = componentsOf(run)
      .flatMap((c) => [run.published.get(c.urn)?.declared].flat())
      .map((d) => (typeof d === "object" && d !== null && "subject" in d ? d.subject : d));
    const composed = made(run)
      .filter((r) => /bucketPolicy:|kubernetes\/acl:/.test(r.type))
      .map((r) => `${r.type}::${r.name}`);
    expect(subjects.sort()).toEqual(composed.sort());
  });

  it("keeps secrets out of specs and outputs, and marked where they are used", () => {
    for (const component of componentsOf(run)) {
      expect(JSON.stringify([component.inputs, run.published.get(component.urn)])).not.toContain("canary");
    }
    const secretive = made(run).filter((r) => Object.values(r.inputs).some(isMarkedSecret));
    expect(secretive.map((r) => r.type)).toEqual(secretive.map(() => "scaleway:secrets/version:Version"));
    const versions = made(run).filter((r) => r.type === "scaleway:secrets/version:Version");
    for (const version of versions) expect(isMarkedSecret(version.inputs.data), version.urn).toBe(true);
    const carriers = made(run).filter((r) => JSON.stringify(r.inputs).includes("canary"));
    expect(carriers.map((r) => r.urn)).toEqual(versions.map((r) => r.urn));
  });
});

it.each(environmentNames)("realises the foundation of %s", async (name) => {
  const plans = plansOf(name);
  const run = await record(() => realise(plans, "foundation"), { stack: `${name}.foundation`, preview: true });
  const places = new Set(made(run).flatMap((r) => (typeof r.inputs.region === "string" ? [r.inputs.region] : [])));
  expect([...places].sort(byText)).toEqual([...plans.blueprint.environment.regions].sort(byText));
  expect(new Set(urnsOf(run)).size).toBe(run.resources.length);
});

it("pins plug-ins to the versions of their npm packages", () => {
  const version = (name: string): unknown => createRequire(import.meta.url)(`${name}/package.json`).version;
  expect(PLUGIN_VERSIONS).toEqual({
    scaleway: version("@pulumiverse/scaleway"),
    random: version("@pulumi/random"),
  });
});
