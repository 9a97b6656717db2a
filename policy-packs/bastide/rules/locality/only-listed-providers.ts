import type { Estate } from "../../../../judge/facts/estate.ts";
import type { ProviderFact } from "../../../../judge/facts/fact.ts";
import { decide, fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { sortedUnique } from "../../../../kernel/order.ts";

/** The API that Scaleway's provider speaks to when nothing else is set. */
const OFFICIAL_API = /^https:\/\/api\.scaleway\.com\/?$/;

/** Where the Scaleway SDK says that its plug-in is published; the others name no server. */
const OFFICIAL_SOURCE = "github://api.github.com/pulumiverse";

/** A listed name on somebody else's code is a plug-in that nobody listed. */
function judgePlugin({ urn, package: name, plugin }: ProviderFact): readonly Result[] {
  const about = { subject: urn, property: "pluginDownloadURL", want: "the package's own plug-in" };
  if (plugin.wrapsAnother) return [fail({ ...about, property: "parameterization" }, "another plug-in under this name")];
  const allowed = name === "scaleway" ? [undefined, OFFICIAL_SOURCE] : [undefined];
  return plugin.source.known && plugin.source.value === undefined
    ? []
    : [decide(about, plugin.source, (url) => allowed.includes(url))];
}

function judgeProvider(provider: ProviderFact, listed: readonly string[]): readonly Result[] {
  const about = { subject: provider.urn, property: "type", want: listed };
  if (!listed.includes(provider.package)) return [fail(about, provider.package)];
  const plugin = judgePlugin(provider);
  if (provider.package !== "scaleway") return [pass(about, provider.package), ...plugin];
  const { property, value } = provider.apiUrl;
  const official = { subject: provider.urn, property, want: "https://api.scaleway.com, or none" };
  return [
    pass(about, provider.package),
    ...plugin,
    decide(official, value, (url) => url === undefined || url === "" || OFFICIAL_API.test(url)),
  ];
}

/** Resources of packages that nobody listed; those of listed packages are told once, together. */
function judgePackages(estate: Estate, listed: readonly string[]): readonly Result[] {
  const custom = estate.resources.filter((r) => r.raw.custom && !r.type.startsWith("pulumi:providers:"));
  const foreign = custom.filter((r) => !listed.includes(r.package));
  const want = listed;
  if (foreign.length > 0) return foreign.map((r) => fail({ subject: r.urn, property: "type", want }, r.package));
  const packages = sortedUnique(custom.map((r) => r.package));
  return packages.length === 0 ? [] : [pass({ subject: "stack", property: "type", want }, packages)];
}

/**
 * Default providers are made by the engine from the stack's configuration, and some doors don't show them: a preview's file
 * names one that is not in it, the offline gate knows the configuration that it would be made of.
 */
function judgeHidden({ resources, resource, program }: Estate): readonly Result[] {
  const want = "https://api.scaleway.com, or none";
  const custom = resources.filter((r) => r.raw.custom && r.package === "scaleway" && !isProvider(r.type));
  const hidden = sortedUnique(custom.flatMap(({ raw }) => raw.provider ?? [])).filter((urn) => !resource(urn));
  const unseen = hidden.map((urn) =>
    undecided({ subject: "stack", property: "providers", want, path: [urn] }, { property: "apiUrl", suppliers: [urn] }),
  );
  const configured = program.config?.["scaleway:apiUrl"];
  if (configured === undefined || !custom.some(({ raw }) => raw.provider === undefined)) return unseen;
  const about = { subject: "stack", property: "config.scaleway:apiUrl", want };
  return [...unseen, OFFICIAL_API.test(configured) ? pass(about, configured) : fail(about, configured)];
}

const isProvider = (type: string): boolean => type.startsWith("pulumi:providers:");

export const onlyListedProviders = rule({
  id: "LOC-05",
  title: "only listed provider plug-ins, speaking to the official API",
  severity: "critical",
  enforcement: "mandatory",
  waivable: false,
  controls: ["SNC:15.1.a", "HDS:06", "NIS2:21.2.d", "ISO:A.5.19", "ISO:A.5.21", "GDPR:28.2", "CSF:SOV-5"],
  rationale:
    "A plug-in runs with the deployer's rights and sends what it is given to whom it likes; another cloud in the program is a way " +
    "out of the jurisdiction, and an `apiUrl` of somebody else's reads every secret on its way.",
  remedy:
    "Remove the resource and its package, or have the plug-in listed with its jurisdiction and a reason; leave `apiUrl` unset.",
  judge: (estate, law) => {
    const listed = law.plugins.map((p) => p.name).sort();
    return [
      ...estate.facts("provider").flatMap((p) => judgeProvider(p, listed)),
      ...judgePackages(estate, listed),
      ...judgeHidden(estate),
    ];
  },
});
