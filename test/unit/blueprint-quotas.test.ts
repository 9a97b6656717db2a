import { describe, expect, it } from "vitest";
import { plan } from "../../blueprint/plan.ts";
import { countQuotas, quotaFaults } from "../../blueprint/quotas.ts";
import { BastideError } from "../../kernel/errors.ts";
import { checkEnvironment, environmentNames } from "../../stacks/load.ts";
import { DEFAULT_QUOTAS } from "../../stacks/quotas.data.ts";
import { NOW, planOf } from "../harness/plans.ts";
import { changed } from "../harness/settings-cases.ts";

const refused = (run: () => unknown): BastideError => {
  try {
    run();
  } catch (error) {
    if (error instanceof BastideError) return error;
    throw error;
  }
  throw new Error("was not refused");
};

const planned = (quotas: Record<string, number>) => () => plan(checkEnvironment(changed({ quotas }), { now: NOW }));

describe("quotas", () => {
  it("a plan beyond the defaults is refused with the list to ask for", () => {
    const error = refused(planned({}));
    expect(error.exit).toBe(2);
    expect(error.faults.map((fault) => [fault.code, fault.path])).toEqual([
      ["plan.quota-exceeded", "quotas.instances:POP2-16C-64G"],
    ]);
    expect(error.faults[0]?.got).toMatch(/^12 needed, 2 by default/);
    expect(error.faults[0]?.fix).toContain("ask Scaleway to raise instances:POP2-16C-64G to 12");
  });

  it("every exceeded quota is in the list, not only the first", () => {
    const error = refused(planned({ buckets: 3, projects: 2, "instances:POP2-16C-64G": 12 }));
    expect(error.faults.map((fault) => fault.path)).toEqual(["quotas.buckets", "quotas.projects"]);
    expect(error.faults[0]?.got).toContain("granted");
  });

  it("a granted limit that is just enough is enough", () => {
    expect(planned({ "instances:POP2-16C-64G": 12 })).not.toThrow();
    expect(refused(planned({ "instances:POP2-16C-64G": 11 })).faults).toHaveLength(1);
  });

  it("an undocumented quota counts as zero until it is granted", () => {
    expect(quotaFaults({ "instances:POP9": 1 }, {})).toHaveLength(1);
    expect(quotaFaults({ "instances:POP9": 1 }, { "instances:POP9": 1 })).toEqual([]);
  });

  it("counts every quota that has a documented default, and instance types as they are used", () => {
    const counted = Object.keys(countQuotas(planOf("rehearsal")));
    expect(
      Object.keys(DEFAULT_QUOTAS).filter((name) => !name.startsWith("instances:") && !counted.includes(name)),
    ).toEqual([]);
  });

  /** The oracle counts things by their shape anywhere in the plan, knowing nothing of its structure. */
  it.each(environmentNames)("of %s agree with a count over the whole plan", (name) => {
    const blueprint = planOf(name);
    const text = JSON.stringify(blueprint);
    const times = (pattern: RegExp): number => [...text.matchAll(pattern)].length;
    const counted = countQuotas(blueprint);
    expect(counted.buckets).toBe(times(/"configKey":/g));
    expect(counted["public-gateways"]).toBe(times(/"attachments":/g));
    expect(counted["gateway-attachments"]).toBe(times(/"pushDefaultRoute":/g));
    expect(counted["api-keys"]).toBe(times(/"expiresAt":/g));
    expect(counted.secrets).toBe(times(/"content":\{/g));
    expect(counted.policies).toBe(times(/"principal":\{/g));
    expect(counted["pat-rules"]).toBe(times(/"patRule":/g));
    expect(counted["private-networks"]).toBe(times(/"ipv4":/g));
  });

  it("200 research spaces need no more buckets, identities or keys than one", () => {
    const [space] = changed({}).workspaces ?? [];
    if (space === undefined) throw new Error("the rehearsal has spaces");
    const spaces = (count: number) =>
      plan(
        checkEnvironment(
          changed({
            workspaces: Array.from({ length: count }, (_, i) => ({
              ...space,
              name: `space-${i}`,
              permit: `DR-${1000 + i}`,
            })),
          }),
          { now: NOW },
        ),
      );
    expect(countQuotas(spaces(200))).toEqual(countQuotas(spaces(1)));
    expect(spaces(200).workspaces).toHaveLength(200);
  });
});
