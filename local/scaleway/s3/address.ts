import { S3Error } from "./errors.ts";
import { decodePath } from "./query.ts";

/** What a request addresses: the service of a region, a bucket in it, or an object. */
export interface Address {
  readonly region: string;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
}

const HOST = /^(?:(?<bucket>[^:/]+)\.)?s3\.(?<region>[a-z]{2}-[a-z]{3,7})\.scw\.cloud$/;
const MAX_KEY_BYTES = 1024;

/** Region of a host of object storage, `s3.<region>.scw.cloud` alone or after `<bucket>.`; undefined for any other. */
export const regionOfHost = (host: string): string | undefined => HOST.exec(host)?.groups?.region;

/** Virtual-hosted style (`<bucket>.s3…/key`) and path style (`s3…/<bucket>/key`). */
export function readAddress(host: string, path: string): Address {
  const groups = HOST.exec(host)?.groups;
  const region = groups?.region;
  if (region === undefined) throw new S3Error("InvalidURI");
  const hosted = groups?.bucket;
  const rest = path.startsWith("/") ? path.slice(1) : path;
  const slash = rest.indexOf("/");
  const bucket = hosted ?? decodePath(slash < 0 ? rest : rest.slice(0, slash));
  const key = decodePath(hosted === undefined ? (slash < 0 ? "" : rest.slice(slash + 1)) : rest);
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw new S3Error("KeyTooLongError");
  return { region, bucket: bucket === "" ? undefined : bucket, key: key === "" ? undefined : key };
}

/** `/bucket/key`, as error documents name what was asked for. */
export const resourceOf = (address: Pick<Address, "bucket" | "key">): string =>
  `/${address.bucket ?? ""}${address.key === undefined ? "" : `/${address.key}`}`;
