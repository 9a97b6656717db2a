import { isRecord, type Props } from "../../../plugins/engine/values.ts";
import { recordAt } from "./manifest.ts";
import { type Path, sealAt, secretPaths, secretTexts } from "./secrets.ts";

/** What the state keeps of an object, beside the object. */
export const MANAGER = "__fieldManager";
const SECRET_DATA: readonly Path[] = [["data"], ["stringData"]];

/** Without the book-keeping of the API server, which changes with every write. */
export function tidy(live: Props): Props {
  const { managedFields: _managed, ...metadata } = recordAt(live, "metadata");
  return { ...live, metadata };
}

export const outputsOf = (live: Props, manager: string, inputs: Props): Props => ({
  ...sealed(tidy(live), secretPaths(inputs)),
  [MANAGER]: manager,
});

export const sealed = (object: Props, paths: readonly Path[]): Props =>
  sealAt(object, [...paths, ...(object.kind === "Secret" && object.apiVersion === "v1" ? SECRET_DATA : [])]);

export function hidden(inputs: Props): readonly string[] {
  const own =
    inputs.kind === "Secret" ? Object.values({ ...recordAt(inputs, "data"), ...recordAt(inputs, "stringData") }) : [];
  return [...secretTexts(inputs), ...own.filter((v): v is string => typeof v === "string" && v.length > 3)];
}

/** What an update is expected to leave: the last outputs under the new inputs. */
export function overlaid(before: Props, inputs: Props): Props {
  const merged = Object.entries(inputs).map(([key, value]): [string, unknown] => {
    const old = before[key];
    return [key, isRecord(old) && isRecord(value) ? overlaid(old, value) : value];
  });
  return { ...before, ...Object.fromEntries(merged) };
}
