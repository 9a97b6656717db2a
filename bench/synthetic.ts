import { type Item, unit } from "./unit.ts";

/**
 * A synthetic stack export of any size: one small estate written over and over under other names. One unit in a hundred opens
 * holes, so that reports have something to say.
 */
const STACK = "bench";
const PROJECT = "synthetic";
const EVERY_BAD = 100;

const urn = (type: string, name: string): string => `urn:pulumi:${STACK}::${PROJECT}::${type}::${name}`;

const ROOT = urn("pulumi:pulumi:Stack", `${PROJECT}-${STACK}`);
const PROVIDER = urn("pulumi:providers:scaleway", "scaleway-fr-par");
const PROVIDER_ID = "00000000-0000-4000-8000-00000000000f";

function stateOf({ type, name, id, inputs, from }: Item): unknown {
  const propertyDependencies = Object.fromEntries(
    Object.entries(from).map(([property, items]) => [property, items.map((i) => urn(i.type, i.name))]),
  );
  return {
    urn: urn(type, name),
    custom: true,
    protect: true,
    id,
    type,
    inputs: { __defaults: [], ...inputs },
    outputs: { ...inputs, id },
    parent: ROOT,
    provider: `${PROVIDER}::${PROVIDER_ID}`,
    dependencies: [...new Set(Object.values(propertyDependencies).flat())],
    propertyDependencies,
  };
}

const frame: readonly unknown[] = [
  { urn: ROOT, custom: false, type: "pulumi:pulumi:Stack" },
  {
    urn: PROVIDER,
    custom: true,
    id: PROVIDER_ID,
    type: "pulumi:providers:scaleway",
    inputs: { region: "fr-par", zone: "fr-par-1", version: "1.54.0" },
    outputs: {},
    parent: ROOT,
  },
];

/** A stack export with exactly `size` resources, its stack and provider included. */
export function syntheticExport(size: number): string {
  const resources = [...frame];
  for (let u = 0; resources.length < size; u += 1) {
    const items = unit(u, u % EVERY_BAD === 0);
    resources.push(...items.slice(0, size - resources.length).map(stateOf));
  }
  return JSON.stringify({ version: 3, deployment: { manifest: {}, resources } });
}
