import { createClient } from "@scaleway/sdk-client";
import { toolError } from "../../kernel/errors.ts";
import { deletedPatiently, patiently } from "./patient.ts";

/**
 * The few calls that the wrapper itself makes, through Scaleway's own client: look-ups, preflight, emptying buckets. Each gives the same
 * when it is sent twice, and is sent again when the API is busy or the connection breaks.
 */
export interface ScalewayApi {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly organizationId: string;
  get(path: string): Promise<unknown>;
  delete(path: string): Promise<void>;
  /** @param body default: an empty object. */
  post(path: string, body?: Item): Promise<void>;
  /** All pages of a list. */
  list(path: string, items: string): Promise<readonly Item[]>;
}

export type Item = Readonly<Record<string, unknown>>;

const isItem = (value: unknown): value is Item => value !== null && typeof value === "object" && !Array.isArray(value);

/** Pages are asked for until one comes back short; 100 is the API's largest page. */
const PAGE = 100;

export function scalewayApi(env: Readonly<Record<string, string | undefined>>): ScalewayApi {
  const accessKey = env.SCW_ACCESS_KEY ?? "";
  const secretKey = env.SCW_SECRET_KEY ?? "";
  const organizationId = env.SCW_DEFAULT_ORGANIZATION_ID ?? "";
  const missing = [
    ["SCW_ACCESS_KEY", accessKey],
    ["SCW_SECRET_KEY", secretKey],
    ["SCW_DEFAULT_ORGANIZATION_ID", organizationId],
  ].filter(([, value]) => value === "");
  if (missing.length > 0) {
    throw toolError(
      "credentials are missing",
      missing.map(([name]) => ({
        code: "credentials.missing",
        path: String(name),
        got: "not set",
        want: "a value of the deployer's API key",
        fix: "export it, or use --local",
      })),
    );
  }
  const client = createClient({ accessKey, secretKey, defaultOrganizationId: organizationId });
  const get = (path: string): Promise<unknown> => {
    const [bare = path, query = ""] = path.split("?");
    const urlParams = new URLSearchParams(query);
    return patiently(() => client.fetch({ method: "GET", path: bare, urlParams }, (body: unknown) => body));
  };
  return {
    accessKey,
    secretKey,
    organizationId,
    get,
    delete: (path) =>
      deletedPatiently(async () => {
        await client.fetch({ method: "DELETE", path });
      }),
    post: async (path, body = {}) => {
      const headers = { "content-type": "application/json" };
      await patiently(() => client.fetch({ method: "POST", path, body: JSON.stringify(body), headers }));
    },
    list: async (path, items) => {
      const all: Item[] = [];
      for (let page = 1; ; page += 1) {
        const body = await get(`${path}${path.includes("?") ? "&" : "?"}page=${page}&page_size=${PAGE}`);
        const found = isItem(body) ? body[items] : undefined;
        if (!Array.isArray(found)) throw toolError(`the API's answer to ${path} has no list "${items}"`);
        all.push(...found.filter(isItem));
        if (found.length < PAGE) return all;
      }
    },
  };
}
