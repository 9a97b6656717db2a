import { type RawEstate, type RawResource, type RawValue, SECRET, UNKNOWN } from "../../judge/facts/raw.ts";
import { SECRET_MARK, stackExport, type Wire } from "./engine-files.ts";

/** Stack exports of an estate, one text for each of its stacks, as if everything in it had been applied. */
export function stateFilesOf(estate: RawEstate): readonly string[] {
  const stacks = [...new Set(estate.resources.map((r) => stackOf(r.urn)))];
  const providers = new Map(estate.resources.filter(isProvider).map((r) => [r.urn, String(r.id)]));
  return stacks.map((stack) =>
    stackExport(
      estate.resources.filter((r) => stackOf(r.urn) === stack).map((r) => written(r, providers)),
      {},
      { secrets_providers: { type: "passphrase", state: {} } },
    ),
  );
}

const stackOf = (urn: string): string => urn.split("::")[0] ?? urn;
const isProvider = (r: RawResource): boolean => r.type.startsWith("pulumi:providers:");

/** An answer that the door could not know has come by then, and nothing is judged by it; an input must be known already. */
function plain(value: RawValue, at: string): unknown {
  if (value === UNKNOWN && at.includes(" outputs")) return "answered";
  if (value === UNKNOWN) throw new Error(`nothing unknown stands in a state: ${at}`);
  if (value === SECRET) return { ...SECRET_MARK, ciphertext: "v1:AAAA:AAAA" };
  if (Array.isArray(value)) return value.map((part: RawValue, i) => plain(part, `${at}[${i}]`));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part, `${at}.${name}`)]));
}

function written(r: RawResource, providers: ReadonlyMap<string, string>): Wire {
  const outputs = { ...r.inputs, ...r.outputs };
  const provider = r.provider === undefined ? undefined : `${r.provider}::${providers.get(r.provider) ?? "p"}`;
  const { protect, retainOnDelete, replaceOnChanges } = r.options;
  return {
    urn: r.urn,
    type: r.type,
    custom: r.custom,
    ...(r.custom ? { id: String(r.id) } : {}),
    inputs: plain(r.inputs, `${r.urn} inputs`),
    outputs: plain(outputs, `${r.urn} outputs`),
    ...(r.parent === undefined ? {} : { parent: r.parent }),
    ...(provider === undefined ? {} : { provider }),
    dependencies: r.dependencies,
    propertyDependencies: r.propertyDependencies,
    protect: protect.visible && protect.value,
    retainOnDelete: retainOnDelete.visible && retainOnDelete.value,
    replaceOnChanges: replaceOnChanges.visible ? replaceOnChanges.value : [],
    ...(r.external === true ? { external: true } : {}),
  };
}
