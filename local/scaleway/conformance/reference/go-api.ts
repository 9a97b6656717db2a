import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Scaleway's API as its Go SDK was generated from it: operations, what they take and what they answer. The SDK's files are read
 * as text, for they are all of one form; a function that sends no request is none of the API's.
 */
export interface Operation {
  /** As the reference calls it, e.g. `CreateSecret`. */
  readonly name: string;
  readonly method: string;
  /** With the SDK's names for the parameters, e.g. `/vpc/v2/regions/{Region}/vpcs/{VpcID}`. */
  readonly path: string;
  readonly query: readonly string[];
  /** Fields of the JSON body. */
  readonly takes: readonly string[];
  /** Go type of the answer; undefined where there is none, or none in JSON. */
  readonly answers: string | undefined;
}

export interface Field {
  readonly name: string;
  /** Go type without pointer and slice; of a map, that of its values. */
  readonly type: string;
  readonly isMap: boolean;
  /** Filled in by the SDK itself, so that the API need not send it. */
  readonly isOptional: boolean;
}

export interface GoApi {
  readonly operations: readonly Operation[];
  readonly structs: ReadonlyMap<string, readonly Field[]>;
}

/** One API of the SDK, e.g. `secret/v1beta1`, whose sources are in `folder`. */
export function readGoApi(folder: string): GoApi {
  const sources = readdirSync(folder)
    .filter((file) => file.endsWith("_sdk.go"))
    .map((file) => readFileSync(join(folder, file), "utf8"));
  const structs = new Map(sources.flatMap(structsOf));
  return { structs, operations: sources.flatMap((source) => operationsOf(source, structs)) };
}

function structsOf(source: string): (readonly [string, readonly Field[]])[] {
  return [...source.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm)].map(([, name = "", body = ""]) => [
    name,
    [...body.matchAll(/^\t\w+ (\S+) `json:"([^",]+)(,omitempty)?[^"]*"/gm)]
      .filter(([, , tag]) => tag !== "-")
      .map(([, type = "", tag = "", omitted]) => ({
        name: tag,
        type: type.replace(/^\*?map\[string\]/, "").replace(/^[*[\]]+/, ""),
        isMap: type.includes("map["),
        isOptional: omitted !== undefined,
      })),
  ]);
}

const CALL = /Method:\s+"([A-Z]+)",\n\s*Path:\s+(.+),\n/;

function operationsOf(source: string, structs: GoApi["structs"]): Operation[] {
  return source.split(/^func /m).flatMap((text): Operation[] => {
    const [, name, request = ""] = /^\(s \*\w+\) (\w+)\(req \*(\w+)/.exec(text) ?? [];
    const [, method = "", path = ""] = CALL.exec(text) ?? [];
    if (name === undefined || method === "") return [];
    return [
      {
        name,
        method,
        path: templateOf(path),
        query: [...text.matchAll(/AddToQuery\(query, "([^"]+)"/g)].map(([, parameter = ""]) => parameter),
        takes: method === "GET" ? [] : (structs.get(request) ?? []).map((field) => field.name),
        answers: /var resp (\w+)\n/.exec(text)?.[1],
      },
    ];
  });
}

/** `"/vpcs/" + fmt.Sprint(req.VpcID) + "/x"` as `/vpcs/{VpcID}/x`. */
const templateOf = (expression: string): string =>
  expression
    .split(/\s*\+\s*/)
    .map((part) => (part.startsWith('"') ? part.slice(1, -1) : `{${/req\.(\w+)/.exec(part)?.[1] ?? "parameter"}}`))
    .join("");
