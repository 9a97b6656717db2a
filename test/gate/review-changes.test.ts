import { beforeAll, describe, expect, it } from "vitest";
import { gateTarget, runTarget } from "../../cli/commands/gate.ts";
import { takeLaw } from "../../cli/judge/trusted-place.ts";
import { repoRoot } from "../../cli/paths.ts";
import type { RawEstate, RawObject, RawResource } from "../../judge/facts/raw.ts";
import type { Law } from "../../judge/kit/law.ts";
import { markdown } from "../../judge/review/render/markdown.ts";
import { reviewOf } from "../../judge/review/review.ts";

/** Changes as colleagues send them, to the shipped environment: whoever reads only the comment must learn what became possible. */
let estate: RawEstate;
let law: Law;
beforeAll(async () => {
  ({ estate } = await runTarget(gateTarget({ stack: "rehearsal", program: repoRoot }), 120));
  ({ law } = await takeLaw({ environment: "rehearsal", profile: "fr-health" }));
}, 120_000);

const comment = (head: RawEstate): string => {
  const under = { law, rules: [] };
  const review = reviewOf(
    { name: "main", estate, ...under },
    { name: "change", estate: head, ...under },
    {
      now: "2026-11-23T12:00:00Z",
      trusted: under,
    },
  );
  return markdown({ review, version: "0", artefact: "Pulumi.yaml" });
};

function named(name: string): RawResource {
  const found = estate.resources.find((r) => r.custom && r.name === name);
  if (found === undefined) throw new Error(`the rehearsal has no ${name}`);
  return found;
}
const over = (r: RawResource, inputs: RawObject): RawResource => ({
  ...r,
  inputs: { ...r.inputs, ...inputs },
  outputs: { ...r.outputs, ...inputs },
});
const made = (of: RawResource, name: string, id: string, inputs: RawObject): RawResource => ({
  ...of,
  urn: `${of.urn.slice(0, of.urn.lastIndexOf("::"))}::${name}`,
  name,
  id,
  inputs,
  outputs: inputs,
  propertyDependencies: {},
  dependencies: [],
});
const changed = (swapped: readonly RawResource[], added: readonly RawResource[] = []): RawEstate => ({
  ...estate,
  resources: [...estate.resources.map((r) => swapped.find((s) => s.urn === r.urn) ?? r), ...added],
});

describe("a new research partner", () => {
  const partner = (): RawEstate => {
    const id = "5a1d2c00-0000-4000-8000-00000000aaaa";
    const policy = named("domain-snds-base-tables-policy");
    const document = JSON.parse(String(policy.inputs.policy));
    document.Statement.push({
      Effect: "Allow",
      Principal: { SCW: [`application_id:${id}`] },
      Action: ["s3:GetObject"],
      Resource: [`${String(policy.inputs.bucket)}/*`],
    });
    const key = named("keys-fr-par-snds-base-data");
    const project = named("project-data").id ?? "";
    const rules: readonly RawObject[] = [
      { permissionSetNames: ["ObjectStorageObjectsRead"], projectIds: [project] },
      {
        permissionSetNames: ["KeyManagerKeyDecrypt"],
        projectIds: [project],
        condition: `resource.id == "${String(key.id).split("/").at(-1)}"`,
      },
    ];
    const application = named("identity-app-auditor");
    const grant = named("identity-policy-airlock");
    return changed(
      [over(policy, { policy: JSON.stringify(document) })],
      [
        made(application, "partner", id, { ...application.inputs, name: "partner" }),
        made(grant, "partner-grant", "5a1d2c00-0000-4000-8000-00000000bbbb", {
          ...grant.inputs,
          name: "partner-grant",
          applicationId: id,
          rules,
        }),
      ],
    );
  };

  it("may read one bucket and decrypt with one key, and the comment says that and nothing else", () => {
    const text = comment(partner());
    expect(text).toContain("`Application partner` may `read`: `Bucket domain-snds-base-tables`.");
    expect(text).toContain("`Application partner` may `decrypt with`: `Key keys-fr-par-snds-base-data`.");
    expect(text.match(/^- /gm)).toHaveLength(4);
    expect(text).not.toMatch(/can reach|is lost|new place/);
  });

  it("is the same comment at every rerun", () => expect(comment(partner())).toBe(comment(partner())));
});

describe("a refactor that moves the NAT, and in passing opens the filter", () => {
  const refactored = (): RawEstate => {
    const rename = (text: string): string => text.replaceAll("egress-fr-par-gateway", "way-out-fr-par");
    // Names in URNs and dependencies only: what the provider is told stays.
    const renamed = (r: RawResource): RawResource => ({
      ...r,
      urn: rename(r.urn),
      name: rename(r.name),
      ...(r.parent === undefined ? {} : { parent: rename(r.parent) }),
      dependencies: r.dependencies.map(rename),
      propertyDependencies: Object.fromEntries(
        Object.entries(r.propertyDependencies).map(([property, urns]) => [property, urns.map(rename)]),
      ),
    });
    const acl = named("network-fr-par-acl-v4");
    const rules = Array.isArray(acl.inputs.rules) ? acl.inputs.rules : [];
    const any = { protocol: "TCP", source: "10.0.0.0/8", destination: "10.0.0.0/8" };
    const opened = over(acl, { rules: [...rules, { action: "accept", ...any, dstPortLow: 0, dstPortHigh: 0 }] });
    const { resources, ...rest } = changed([opened]);
    return { ...rest, resources: resources.map(renamed) };
  };

  it("names the rule that opened it first, then the pairs that can now talk, and nothing of the new names", () => {
    const text = comment(refactored());
    const list = text.split("\n").filter((line) => line.startsWith("- "));
    expect(list[0]).toContain("`Acl network-fr-par-acl-v4` lets pass `TCP 10.0.0.0/8 to 10.0.0.0/8`");
    expect(text).toMatch(/can reach `PrivateNetwork network-fr-par-data`: `TCP over IPv4`\. <sub>`rules\[\d+\]`/);
    expect(text).toMatch(/`PrivateNetwork network-fr-par-data` by more: `.*TCP over IPv4`, before only `TCP 5432`/);
    expect(text).not.toContain("way-out");
    expect(text).not.toContain("no longer");
    expect(text.length).toBeLessThan(64_000);
  });
});

describe("a monitoring sink, for which the locked log bucket moves", () => {
  const sink = (): RawEstate => {
    const source = named("observability-fr-par-logs");
    const exporter = made(source, "monitoring", "fr-par/exporter", {
      datasourceId: String(source.id),
      exportedProducts: ["all"],
      otlpDestination: { endpoint: "https://otlp.monitoring.example.com" },
      region: "fr-par",
    });
    const type = "scaleway:observability/exporter:Exporter";
    return changed(
      [over(named("observability-fr-par-audit-log"), { region: "nl-ams" })],
      [{ ...exporter, type, urn: exporter.urn.replace(source.type, type) }],
    );
  };

  it("says first what would be lost, then whose logs leave and to whom, then under which law they rest", () => {
    const text = comment(sink());
    const at = (words: string): number => {
      expect(text).toContain(words);
      return text.indexOf(words);
    };
    const loss = at("`Bucket observability-fr-par-audit-log` is replaced by another one: every object in it is lost");
    const leaves = at("logs and metrics at otlp.monitoring.example.com, which the law does not list");
    const rests = at("technical in nl-ams: NL, law of NL and EU, operated by Scaleway");
    expect(loss).toBeLessThan(Math.min(leaves, rests));
    expect(text).toMatch(/### Needs consent: data would be lost/);
    expect(text).toMatch(/new place for what comes of `Bucket domain-/);
  });
});

describe("nothing", () => {
  it("is said of a change that means nothing", () => {
    const bucket = named("domain-pmsi-tables");
    const text = comment(changed([over(bucket, { tags: { ...Object(bucket.inputs.tags), owner: "somebody" } })]));
    expect(text).toContain("nothing changed in meaning");
    expect(text).not.toContain("\n- ");
  });
});
