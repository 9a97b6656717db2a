import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gateTarget, runTarget } from "../../cli/commands/gate.ts";
import { takeLaw } from "../../cli/judge/trusted-place.ts";
import { reportFor } from "../../cli/judge/verdict-of.ts";
import { repoRoot } from "../../cli/paths.ts";
import type { RawEstate, RawObject, RawResource } from "../../judge/facts/raw.ts";
import { topologyPage } from "../../judge/reports/topology/page.ts";
import { type Browser, openBrowser, screenshotFile } from "../harness/chromium.ts";

/** The map as people meet it: in a browser, clicked, typed into, read by a screen reader's rules, on paper, and very large. */
const NOW = "2026-11-23T12:00:00.000Z";
const folder = mkdtempSync(join(tmpdir(), "bastide-map-"));
let browser: Browser;
let page: Page;
const asked: string[] = [];

const changed = (r: RawResource, change: RawObject): RawResource => ({
  ...r,
  inputs: { ...r.inputs, ...change },
  outputs: { ...r.outputs, ...change },
});

/** The rehearsal with one hole in it: nodes with public addresses, let out by their group, so that data has a way out through them. */
const holed = (estate: RawEstate): RawEstate => ({
  ...estate,
  resources: estate.resources.map((r): RawResource => {
    if (r.type.endsWith(":Pool") && r.name.endsWith("fr-par-general-1")) return changed(r, { publicIpDisabled: false });
    return r.type.endsWith(":SecurityGroup") ? changed(r, { outboundDefaultPolicy: "accept" }) : r;
  }),
});

async function write(stack: string, change: (estate: RawEstate) => RawEstate): Promise<string> {
  const { estate } = await runTarget(gateTarget({ stack, program: repoRoot }), 120);
  const bench = await takeLaw({ environment: stack, profile: "fr-health" });
  const other = change(estate);
  const report = reportFor({ estate: other, bench, now: NOW, all: false, artefact: "Pulumi.yaml" });
  const file = join(folder, `${stack}.html`);
  writeFileSync(file, topologyPage(other, report));
  return pathToFileURL(file).href;
}

let rehearsal: string;
let production: string;
beforeAll(async () => {
  rehearsal = await write("rehearsal", holed);
  production = await write("production", (estate) => ({ ...estate, resources: [...estate.resources, ...spaces(200)] }));
  browser = await openBrowser({ viewport: { width: 1600, height: 1000 } });
  page = browser.context.pages()[0] ?? (await browser.context.newPage());
  page.on("request", (r) => asked.push(r.url()));
  page.on("console", (m) => asked.push(`console: ${m.text()}`));
  page.on("pageerror", (e) => asked.push(`error: ${e.message}`));
  await page.goto(rehearsal);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** One research space each: a principal with the same right on one bucket that no policy narrows. */
function spaces(n: number): readonly RawResource[] {
  const base = {
    custom: true,
    parent: undefined,
    provider: undefined,
    outputs: {},
    propertyDependencies: {},
    dependencies: [],
  };
  const options = {
    protect: { visible: true, value: false },
    retainOnDelete: { visible: false },
    replaceOnChanges: { visible: false },
  } as const;
  const prefix = "urn:pulumi:production.foundation::bastide";
  const bucket = "scaleway:object/bucket:Bucket";
  const shared: RawResource = {
    ...base,
    options,
    urn: `${prefix}::${bucket}::spaces`,
    type: bucket,
    name: "spaces",
    id: "fr-par/spaces",
    inputs: { name: "spaces", region: "fr-par" },
  };
  const people = Array.from({ length: n }, (_, i): readonly RawResource[] => {
    const name = `space-${String(i + 1).padStart(3, "0")}`;
    const id = `00000000-0000-4000-8000-${String(i).padStart(12, "0")}`;
    return [
      {
        ...base,
        options,
        urn: `${prefix}::scaleway:iam/application:Application::${name}`,
        type: "scaleway:iam/application:Application",
        name,
        id,
        inputs: { name },
      },
      {
        ...base,
        options,
        urn: `${prefix}::scaleway:iam/policy:Policy::${name}`,
        type: "scaleway:iam/policy:Policy",
        name,
        id: `p-${id}`,
        inputs: {
          applicationId: id,
          rules: [
            {
              permissionSetNames: ["ObjectStorageObjectsRead"],
              organizationId: "11111111-1111-4111-8111-111111111111",
            },
          ],
        },
      },
    ];
  }).flat();
  return [shared, ...people];
}

/** Runs in the page; a text, because our own compiler knows no browser. */
const inPage = <T>(script: string): Promise<T> => page.evaluate<T>(script);
const focused = (what: string): Promise<string> => inPage<string>(`document.activeElement?.${what} ?? ""`);

const lit = (): Promise<readonly string[]> =>
  page.$$eval(".map [id^=r-].lit", (all) => all.map((e) => e.getAttribute("aria-label") ?? ""));

describe("the page", () => {
  it("asks for nothing and its own script is the only one that runs", async () => {
    expect(asked).toEqual([rehearsal]);
    const policy = await page.getAttribute('meta[http-equiv="Content-Security-Policy"]', "content");
    expect(policy).toMatch(/^default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-[A-Za-z0-9+/=]+'$/);
    const ran = await inPage<unknown>(`(() => {
      const s = document.createElement("script");
      s.textContent = "window.intruder = 1";
      document.body.append(s);
      return window.intruder ?? "nothing ran";
    })()`);
    expect(ran).toBe("nothing ran");
    asked.length = 0;
  });

  it("shows one view at a time, chosen by click or arrow", async () => {
    await page.click("#tab-flows");
    expect(await page.isVisible("#view-flows")).toBe(true);
    expect(await page.isVisible("#view-places")).toBe(false);
    await page.screenshot({ path: screenshotFile("flows") });
    await page.keyboard.press("ArrowRight");
    expect(await focused("id")).toBe("tab-data");
    await page.screenshot({ path: screenshotFile("data"), fullPage: true });
    await page.keyboard.press("Home");
    expect(await page.isVisible("#view-places")).toBe(true);
  });

  it("lights the witness path of a finding that is chosen, and nothing else", async () => {
    const finding = page.locator("[data-finding]").filter({ hasText: "NET-01" }).first();
    await finding.click();
    expect((await lit()).some((label) => label.startsWith("general-1"))).toBe(true);
    expect((await lit()).length).toBeLessThan(10);
    expect(await finding.getAttribute("aria-pressed")).toBe("true");
    await page.screenshot({ path: screenshotFile("finding") });
    await page.keyboard.press("Escape");
    expect(await lit()).toEqual([]);
  });

  it("lights every step of a path that crosses the estate", async () => {
    const crossing = page
      .locator("[data-finding]")
      .filter({ has: page.locator(".path", { hasText: "Acl" }) })
      .first();
    await crossing.click();
    expect(await page.locator(".edge-line.lit").count()).toBeGreaterThan(0);
    await page.keyboard.press("Escape");
  });

  it("tells of a box what it is and whom it can reach", async () => {
    await page.click("#tab-flows");
    await page.locator("#view-flows [aria-label^='admin']").first().click();
    const text = await page.textContent("#detail");
    expect(text).toContain("May go to");
    expect(text).toContain("TCP 5432");
    await page.keyboard.press("Escape");
    expect(await page.isHidden("#detail")).toBe(true);
  });

  it("finds by any part of a name, and Enter goes there", async () => {
    await page.keyboard.press("/");
    await page.keyboard.type("cancer tables");
    expect(await page.locator("#results button").count()).toBeGreaterThan(0);
    await page.screenshot({ path: screenshotFile("search") });
    await page.keyboard.press("Enter");
    expect(await page.textContent("#detail")).toContain("cancer-registry");
    expect(await focused(`getAttribute('aria-label')`)).toContain("cancer-registry");
    await page.keyboard.press("Escape");
  });
});

describe("without a mouse or a screen", () => {
  it("each picture is one stop, and arrows go through its boxes", async () => {
    await page.click("#tab-places");
    const stops = await page.$$eval(
      "#view-places svg.map [id^=r-]",
      (all) => all.filter((e) => Reflect.get(e, "tabIndex") === 0).length,
    );
    expect(stops).toBe(1);
    await page.focus("#tab-places");
    await page.keyboard.press("Tab");
    const first = await focused("id");
    expect(first).toMatch(/^r-/);
    await page.keyboard.press("ArrowDown");
    expect(await focused("id")).not.toBe(first);
    await page.keyboard.press("Enter");
    expect(await page.isVisible("#detail")).toBe(true);
    await page.keyboard.press("Escape");
  });

  it("every control has a role and a name", async () => {
    const nameless = await inPage<
      readonly string[]
    >(`[...document.querySelectorAll("button, input, [role=tab], [role=tabpanel], svg.map, svg.map [id^=r-]")]
      .filter((e) => {
        const by = document.getElementById(e.getAttribute("aria-labelledby") ?? "");
        const label = e.id === "" ? null : document.querySelector('label[for="' + e.id + '"]');
        return (e.getAttribute("aria-label") ?? (by ?? label ?? e).textContent).trim() === "";
      })
      .map((e) => e.outerHTML.slice(0, 120))`);
    expect(nameless).toEqual([]);
  });

  it("says all of it as text", async () => {
    await page.click("#tab-text");
    const text = await page.textContent("#view-text");
    for (const word of ["fr-second", "domain-pmsi-tables", "TCP 5432", "app-broker"]) expect(text).toContain(word);
    await page.click("#tab-places");
  });
});

describe("in other clothes", () => {
  it.each(["light", "dark"] as const)("%s, with enough contrast for its text", async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: screenshotFile(colorScheme) });
    const worst = await inPage<number>(`(() => {
      const channel = (c) =>
        c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4;
      const luminance = (css) => {
        const [r = 0, g = 0, b = 0] = (css.match(/[\\d.]+/g) ?? []).map(Number);
        return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
      };
      const paper = luminance(getComputedStyle(document.body).backgroundColor);
      const ratio = (css) => {
        const ink = luminance(css);
        return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
      };
      const texts = [...document.querySelectorAll("header *, .hint, .legend, aside *")].filter(
        (e) => e.textContent !== "",
      );
      return Math.min(...texts.map((e) => ratio(getComputedStyle(e).color)));
    })()`);
    expect(worst).toBeGreaterThanOrEqual(4.5);
  });

  it("narrow: nothing but pictures and tables is wider than the screen", async () => {
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 420, height: 900 });
    expect(await inPage<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(420);
    await page.screenshot({ path: screenshotFile("narrow"), fullPage: true });
    await page.setViewportSize({ width: 1600, height: 1000 });
  });

  it("on paper: every view, no control", async () => {
    await page.emulateMedia({ media: "print" });
    for (const view of ["places", "flows", "data", "text"]) expect(await page.isVisible(`#view-${view}`)).toBe(true);
    expect(await page.isVisible("[role=tablist]")).toBe(false);
    await page.screenshot({ path: screenshotFile("print"), fullPage: true });
    await page.emulateMedia({ media: "screen" });
  });
});

describe("production with two hundred research spaces", () => {
  it("is no hairball: alike principals are one box that names how many it is, and each can be found", async () => {
    await page.goto(production);
    await page.click("#tab-data");
    const boxes = await page.locator("#view-data svg [id^=r-]").count();
    expect(boxes).toBeLessThan(60);
    await page.screenshot({ path: screenshotFile("production-data"), fullPage: true });
    await page.fill("#search", "space-137");
    await page.keyboard.press("Enter");
    expect(await page.textContent("#detail")).toMatch(/200 (applications|resources)/);
    await page.screenshot({ path: screenshotFile("production-found") });
    await page.click("#tab-places");
    await page.screenshot({ path: screenshotFile("production"), fullPage: true });
    expect(asked.filter((url) => !url.startsWith("file:"))).toEqual([]);
  });
});
