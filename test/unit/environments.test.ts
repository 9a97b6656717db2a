import { describe, expect, it } from "vitest";
import { findRegion, PRODUCTS, publicRegions, regionFitsProfile } from "../../stacks/catalogue.ts";
import { flowsInForce } from "../../stacks/flows.ts";
import { environmentNames, loadEnvironment } from "../../stacks/load.ts";
import { PHASES } from "../../stacks/vocabulary.ts";
import { load, planOf, planOfSettings } from "../harness/plans.ts";
import { changed } from "../harness/settings-cases.ts";

const advisories = (name: string): readonly string[] => planOf(name).environment.advisories;

describe("the shipped environments", () => {
  it("are these, and each loads and plans", () => {
    expect(environmentNames).toEqual(["rehearsal", "paris", "eu", "production"]);
    for (const name of environmentNames) expect(planOf(name).environment.name).toBe(name);
  });

  it("say what no rule can refuse", () => {
    for (const name of environmentNames) expect(advisories(name)).toContain("node egress unfiltered");
    expect(advisories("paris")).toContain("region loss not covered: accepted by risk-owner until 2027-10-31");
    expect(advisories("rehearsal").join("; ")).not.toContain("region loss");
    expect(advisories("eu")).toContain("key custody: software");
    expect(advisories("paris")).toContain("HSM-backed keys unverified: fr-par");
    expect(advisories("rehearsal").join("; ")).toContain("declared by the operator");
  });

  it("take address space that no other takes", () => {
    const spaces = environmentNames.map((name) => load(name).settings.addresses);
    for (const space of ["ipv4", "pods", "services", "ipv6"] as const) {
      expect(new Set(spaces.map((it) => it[space])).size).toBe(environmentNames.length);
    }
  });

  it("hold health data under hardware keys and in France, or none at all", () => {
    for (const name of environmentNames) {
      const { settings, regions } = load(name);
      const health = settings.domains.some((it) => it.dataClass.startsWith("health-"));
      expect(health).toBe(settings.profile === "fr-health");
      if (health)
        expect([settings.keys.custody, ...regions.map((it) => it.country)]).toEqual([
          "hsm",
          ...regions.map(() => "FR"),
        ]);
    }
  });

  it("production has its 200 spaces, each under a prefix of its own", () => {
    const { workspaces } = planOf("production");
    expect(workspaces).toHaveLength(200);
    expect(new Set(workspaces.map((it) => it.store.prefix)).size).toBe(200);
    expect(new Set(workspaces.map((it) => it.permit)).size).toBe(200);
  });

  it("the rehearsal doesn't lapse: it loads ten years from now", () => {
    expect(() => loadEnvironment("rehearsal", { now: "2036-06-01T00:00:00Z" })).not.toThrow();
  });
});

describe("phases", () => {
  const phased = (phase: (typeof PHASES)[number]) =>
    planOfSettings(
      changed({
        phase,
        flows: [],
        windows: [
          {
            name: "old-cloud",
            hosts: ["blobs.old-cloud.example"],
            reason: "Copy of the domains out of the old cloud",
            owner: "data-office",
            phases: ["landing", "parallel"],
            until: "2026-12-31",
          },
        ],
      }),
    );

  it("open a window while it is declared, and never when sealed", () => {
    const open = PHASES.map((phase) =>
      phased(phase).foundation.regions[0]?.egress.allowedHosts.some((it) => it.host === "blobs.old-cloud.example"),
    );
    expect(open).toEqual([true, true, false, false]);
    expect(phased("landing").environment.advisories).toContain("egress window until 2026-12-31: old-cloud");
    expect(phased("sealed").environment.advisories.join("; ")).not.toContain("window");
  });

  it("when sealed, list every opening that the platform forces, and none before", () => {
    const remaining = (phase: (typeof PHASES)[number], flows = changed({}).flows ?? []) =>
      planOfSettings(changed({ phase, flows }))
        .environment.advisories.filter((it) => it.startsWith("opening that remains"))
        .map((it) => it.split(/[ ,(]+/)[3]);
    expect(remaining("cutover")).toEqual([]);
    expect(remaining("sealed")).toEqual(["node-egress", "bastion", "inter-region-link"]);
    expect(remaining("sealed", [])).toEqual(["node-egress", "bastion"]);
  });

  it("limit declared flows, router included", () => {
    const [flow] = changed({}).flows ?? [];
    if (flow === undefined) throw new Error("the rehearsal has a flow");
    const links = PHASES.map(
      (phase) => planOfSettings(changed({ phase, flows: [{ ...flow, phases: ["parallel"] }] })).foundation.links.length,
    );
    expect(links).toEqual([0, 1, 0, 0]);
  });
});

describe("the catalogue", () => {
  it("names a source and a day for every region, and a presence for every product", () => {
    expect(publicRegions.map((it) => it.name)).toEqual(["fr-par", "nl-ams", "pl-waw", "it-mil"]);
    for (const region of publicRegions) {
      expect(region.sources.length).toBeGreaterThan(0);
      for (const source of region.sources) expect(source.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(Object.keys(region.products).sort()).toEqual([...PRODUCTS].sort());
      expect(region.zones).toEqual(region.zones.map((_, i) => `${region.name}-${i + 1}`));
    }
  });

  it("lets each profile into its own regions", () => {
    const fitting = (profile: "fr-health" | "eu") =>
      publicRegions.filter((it) => regionFitsProfile(it, profile)).map((it) => it.name);
    expect(fitting("fr-health")).toEqual(["fr-par"]);
    expect(fitting("eu")).toEqual(["fr-par", "nl-ams", "pl-waw", "it-mil"]);
  });

  it("knows no second French region by itself", () => {
    expect(findRegion("fr-second")).toBeUndefined();
    expect(findRegion("fr-second", load("rehearsal").regions)?.origin).toBe("declared");
  });
});

it("flows are the built-in ones of each region, then the declared ones", () => {
  const names = flowsInForce(["fr-par", "fr-second"], load("rehearsal").settings.flows, "landing").map((it) => it.name);
  expect(names).toHaveLength(13);
  expect(names.at(-1)).toBe("catalogue-standby");
  expect(new Set(names).size).toBe(13);
});
