import type { Route } from "../core/routes.ts";
import type { WireRequest } from "../core/wire.ts";
import { readAddress, regionOfHost } from "../s3/address.ts";
import { S3Error } from "../s3/errors.ts";
import { OPERATIONS } from "../s3/operations.data.ts";
import { parseQuery } from "../s3/query.ts";
import { route as s3Operation } from "../s3/router.ts";

/** What a request means, in the words of the API reference. */
export interface Operation {
  /** First part of the path, or `s3`. */
  readonly service: string;
  /** Method and path of the reference with unnamed placeholders, `GET /vpc/v2/regions/{}/vpcs/{}`; an S3 operation's name. */
  readonly name: string;
  /** Region or zone; undefined for what is global. */
  readonly locality: string | undefined;
  readonly writes: boolean;
}

const READS = new Set(["GET", "HEAD", "OPTIONS"]);
const PLACEHOLDER = /\{[^}]*\}|:[A-Za-z_]+/g;

/** One spelling for `{region}`, `{region_name}` and `:region`: what a placeholder is called tells no operations apart. */
export const operationName = (text: string): string =>
  /^[A-Z]+ \//.test(text) ? text.replace(PLACEHOLDER, "{}") : text;

const serviceOfPath = (path: string): string => path.split("/")[1] ?? "";
const localityOfPath = (path: string): string | undefined => /\/(?:regions|zones)\/([^/]+)/.exec(path)?.[1];

export interface Operations {
  of(request: WireRequest): Operation;
  /** Every service and operation that there is, for checking what a file names. */
  readonly services: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
}

export function operationsOf(routes: readonly Pick<Route, "method" | "path">[]): Operations {
  const table = routes.map(({ method, path }) => ({
    method,
    name: `${method} ${path.replace(PLACEHOLDER, "{}")}`,
    pattern: new RegExp(`^${path.replace(/[.]/g, "\\.").replace(PLACEHOLDER, "[^/]+")}$`),
  }));
  const ofApi = ({ method, path }: WireRequest): Operation => ({
    service: serviceOfPath(path),
    name: table.find((row) => row.method === method && row.pattern.test(path))?.name ?? `${method} ${path}`,
    locality: localityOfPath(path),
    writes: !READS.has(method),
  });
  return {
    of: (request) => {
      const region = regionOfHost(request.host);
      return region === undefined
        ? ofApi(request)
        : { service: "s3", name: s3Name(request), locality: region, writes: !READS.has(request.method) };
    },
    services: new Set([...routes.map(({ path }) => serviceOfPath(path)), "s3"]),
    names: new Set([...table.map(({ name }) => name), ...Object.keys(OPERATIONS)]),
  };
}

function s3Name({ host, path, method, rawQuery, headers }: WireRequest): string {
  try {
    return s3Operation({ address: readAddress(host, path), method, query: parseQuery(rawQuery), headers });
  } catch (error) {
    // No operation of S3: the service refuses it, whatever it is called here.
    if (error instanceof S3Error) return `${method} ?`;
    throw error;
  }
}
